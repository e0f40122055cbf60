/** Numbers that follow from a seed, the same on every machine. */
export interface Dice {
  /** At least 0, below 1. */
  readonly next: () => number
  /** A whole number from `least` to `most`, both included. */
  readonly whole: (least: number, most: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <A>(from: readonly [A, ...A[]]) => A
  /** Dice of their own for one subject, so that what one draws changes nothing for another. */
  readonly for: (subject: string) => Dice
}

/** The same things, in any order. */
export const inAnyOrder = <A>(dice: Dice, things: readonly A[]): readonly A[] =>
  things
    .map((thing) => ({ thing, place: dice.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ thing }) => thing)

/** A 32-bit hash of a text (FNV-1a): seeds the dice of a subject. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** The generator mulberry32: one word of state, good enough to choose among misfortunes. */
export const diceOf = (seed: number, subject = ''): Dice => {
  const origin = hashOf(`${seed}/${subject}`)
  let state = origin
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    pick: (from) => from[whole(0, from.length - 1)] ?? from[0],
    for: (name) => diceOf(seed, `${subject}/${name}`),
  }
}
