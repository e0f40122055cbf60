import { add, type Decimal, format, isZero, negate } from '@novation/decimal'
import type { Posting } from '@novation/events'
import type { Holder } from './pool'

/** An invariant of the books does not hold: the one thing the ledger must never go past. */
export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant'
}

/** A posting as it is decided and folded: one signed change of what somebody holds of an asset. */
export interface Move {
  readonly of: Holder
  readonly asset: string
  readonly amount: Decimal
}

/** One signed change; a change of nothing is no posting. */
export const post = (of: Holder, asset: string, amount: Decimal): readonly Move[] =>
  isZero(amount) ? [] : [{ of, asset, amount }]

/** `amount` of an asset leaves one holder for another. */
export const transfer = (from: Holder, to: Holder, asset: string, amount: Decimal): readonly Move[] =>
  isZero(amount)
    ? []
    : [
        { of: from, asset, amount: negate(amount) },
        { of: to, asset, amount },
      ]

/** As it stands in an event. */
export const postingOf = ({ of, asset, amount }: Move): Posting => ({
  account: of.name,
  asset,
  amount: format(amount),
})

/** Fails unless the postings sum to exactly zero per asset, instruments included (architecture rule 1). */
export const assertBalanced = (moves: readonly Move[], what: string): void => {
  // No event moves more than a few assets.
  const assets: string[] = []
  const sums: Decimal[] = []
  for (const { asset, amount } of moves) {
    const at = assets.indexOf(asset)
    const sum = sums[at]
    if (sum !== undefined) sums[at] = add(sum, amount)
    else {
      assets.push(asset)
      sums.push(amount)
    }
  }
  for (const sum of sums)
    if (!isZero(sum))
      throw new BrokenInvariant(
        `the postings of ${what} sum to ${format(sum)} ${assets[sums.indexOf(sum)]}, not to zero`,
      )
}
