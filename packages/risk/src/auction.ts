import {
  type Decimal,
  integer,
  isNegative,
  minRatio,
  multiply,
  one,
  type Ratio,
  ratio,
  subtract,
  whole,
  zero,
} from '@novation/decimal'

/**
 * How the price of a liquidation falls with time. Discounts are shares of the account's value; the discount falls from
 * `start` to `cutoff` in `fastSeconds`, then to zero in `slowSeconds`: the later the bid, the more of the value is paid
 * to the bidder. An insolvent account has no value to give: in `insolventSeconds` the share of its maintenance margin
 * that the prefunded layers add for the bidder rises from zero to all of it.
 */
export interface Auction {
  readonly start: Decimal
  readonly cutoff: Decimal
  readonly fastSeconds: number
  readonly slowSeconds: number
  readonly insolventSeconds: number
}

const nothing = whole(zero)
const everything = whole(one)

/**
 * d(t): the share of the value that the account keeps (less the fund's charge), exact and within [0, start].
 * A phase of no seconds is over at once.
 */
export const discount = ({ start, cutoff, fastSeconds, slowSeconds }: Auction, elapsed_ms: number): Ratio => {
  const t = Math.max(0, elapsed_ms)
  const fast = fastSeconds * 1000
  const slow = slowSeconds * 1000
  if (t < fast) {
    const fallen = multiply(subtract(start, cutoff), integer(t))
    return within(start, ratio(subtract(multiply(start, integer(fast)), fallen), integer(fast)))
  }
  if (t - fast >= slow) return nothing
  return within(start, ratio(multiply(cutoff, integer(slow - (t - fast))), integer(slow)))
}

/** The share of the maintenance margin that the bidder for an insolvent account is paid on top: min(1, t / insolventSeconds). */
export const insolventShare = ({ insolventSeconds }: Auction, elapsed_ms: number): Ratio => {
  const t = Math.max(0, elapsed_ms)
  return t >= insolventSeconds * 1000 ? everything : ratio(integer(t), integer(insolventSeconds * 1000))
}

/** How long the auction takes bids before the backstop takes what its margin bears. */
export const auctionLength_ms = ({ fastSeconds, slowSeconds, insolventSeconds }: Auction, solvent: boolean): number =>
  (solvent ? fastSeconds + slowSeconds : insolventSeconds) * 1000

const within = (start: Decimal, d: Ratio): Ratio => (isNegative(d.numerator) ? nothing : minRatio(d, whole(start)))
