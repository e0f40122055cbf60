/** Numbers that look thrown and are not: the same seed gives the same ones, on every machine. */
export interface Random {
  /** At least 0, below 1. */
  readonly next: () => number
  /** A whole number at least 0, below `count`. */
  readonly below: (count: number) => number
  readonly between: (least: number, most: number) => number
  /** About normal, mean 0 and deviation 1: the sum of twelve even ones, which needs no logarithm (those differ between machines). */
  readonly normal: () => number
}

/** The generator sfc32 of PractRand: three words of state and a counter, 32 bits a step. */
export const randomOf = (seed: number): Random => {
  let [a, b, c, counter] = [0, seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0, 1]
  const word = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  // The first steps only mix the seed into all of the state.
  for (let step = 0; step < 16; step += 1) void word()
  const next = (): number => word() / 2 ** 32
  return {
    next,
    below: (count) => Math.floor(next() * count),
    between: (least, most) => least + (most - least) * next(),
    normal: () => {
      let sum = 0
      for (let i = 0; i < 12; i += 1) sum += next()
      return sum - 6
    },
  }
}
