import { sha256 } from '@novation/events'

/** So many digits of a hash for a number: two to the sixteenth steps. */
const digits = 4
const steps = 16 ** digits

const numbersIn = (words: readonly (string | number)[]): readonly number[] =>
  (sha256(words.join(' ')).match(/.{4}/g) ?? []).map((part) => Number.parseInt(part, 16) / steps)

/** A number from 0 to 1 that follows from its words: who has said nothing yet has no dice to lose. */
export const chance = (...words: readonly (string | number)[]): number => numbersIn(words)[0] ?? 0

/** About normal, mean 0 and deviation 1: the sum of twelve even ones (a logarithm would differ between machines). */
export const normal = (...words: readonly (string | number)[]): number =>
  numbersIn(words)
    .slice(0, 12)
    .reduce((sum, each) => sum + each, -6)
