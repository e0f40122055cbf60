/** The same numbers from 0 to 1 at all times. */
export const numbersFrom = (seed: number) => {
  let state = seed
  return (): number => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0
    return state / 2 ** 32
  }
}
