import { add, type Decimal, decimal, format, isZero, negate, zero } from '@novation/decimal'
import type { Posting } from '@novation/events'

/** An invariant of the books does not hold: the one thing the ledger must never go past. */
export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant'
}

/** One signed change; a change of nothing is no posting. */
export const post = (account: string, asset: string, amount: Decimal): readonly Posting[] =>
  isZero(amount) ? [] : [{ account, asset, amount: format(amount) }]

/** `amount` of an asset leaves one account for another. */
export const transfer = (from: string, to: string, asset: string, amount: Decimal): readonly Posting[] => [
  ...post(from, asset, negate(amount)),
  ...post(to, asset, amount),
]

/** Fails unless the postings sum to exactly zero per asset, instruments included (architecture rule 1). */
export const assertBalanced = (postings: readonly Posting[], what: string): void => {
  const sums = new Map<string, Decimal>()
  for (const { asset, amount } of postings) sums.set(asset, add(sums.get(asset) ?? zero, decimal(amount)))
  for (const [asset, sum] of sums)
    if (!isZero(sum)) throw new BrokenInvariant(`the postings of ${what} sum to ${format(sum)} ${asset}, not to zero`)
}
