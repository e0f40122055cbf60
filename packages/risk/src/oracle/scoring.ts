import { abs, type Decimal, greaterThan, integer, max, multiply, subtract } from '@novation/decimal'

/** How a source did in the rounds of an epoch. */
export interface Score {
  readonly source: string
  readonly weight: number
  /** In how many rounds it had a fresh quote, and in how many of them it was off. */
  readonly rounds: number
  readonly off: number
}

/** A source is off where `|price - index| > max(off * index, offSpreads * spread)`: beyond a share of it, and beyond what all differ. */
export const isOff = (
  price: Decimal,
  { index, spread }: { readonly index: Decimal; readonly spread: Decimal },
  { off, offSpreads }: { readonly off: Decimal; readonly offSpreads: Decimal },
): boolean => greaterThan(abs(subtract(price, index)), max(multiply(off, index), multiply(offSpreads, spread)))

/** Worst first: by the share of its rounds in which it was off; ties by name. */
const worstFirst = (a: Score, b: Score): number => b.off * a.rounds - a.off * b.rounds || (a.source < b.source ? -1 : 1)

/** Present is who had a fresh quote in 99 of 100 rounds. */
const isPresent = ({ rounds }: Score, all: number): boolean => rounds * 100 >= all * 99

/**
 * Whose weight counts half for an epoch: who was off in more than `offShare` of the rounds, worst first, and only while those
 * who were present still make the quorum: else liars could stop an index by being halved. `all` is how many rounds there were.
 */
export const halvedOf = (
  scores: readonly Score[],
  all: number,
  { quorum, offShare }: { readonly quorum: number; readonly offShare: Decimal },
): readonly string[] => {
  const halved: string[] = []
  let halves = scores.filter((score) => isPresent(score, all)).reduce((sum, { weight }) => sum + 2 * weight, 0)
  const isAtFault = ({ rounds, off }: Score) => greaterThan(integer(off), multiply(offShare, integer(rounds)))
  for (const score of scores.filter(isAtFault).sort(worstFirst)) {
    const left = isPresent(score, all) ? halves - score.weight : halves
    if (left < 2 * quorum) break
    halves = left
    halved.push(score.source)
  }
  return halved.sort()
}
