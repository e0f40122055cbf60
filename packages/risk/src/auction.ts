import {
  add,
  atLeast,
  type Decimal,
  divideFloor,
  integer,
  isNegative,
  minRatio,
  multiply,
  one,
  type Ratio,
  ratio,
  scale,
  subtract,
  sum,
  toNumber,
  whole,
  zero,
} from '@novation/decimal'
import { type Weighed, weightsOf } from './weights'

/**
 * How the price of a liquidation falls with time. Discounts are shares of the account's value; the discount falls from
 * `start` to `cutoff` in `fastSeconds`, then to zero in `slowSeconds`: the later the bid, the more of the value is paid
 * to the bidder. In `insolventSeconds` the premium that the fund promises whoever takes the risk rises from zero to all
 * of `premium`, a share of what the positions taken require.
 */
export interface Auction {
  readonly start: Decimal
  readonly cutoff: Decimal
  readonly fastSeconds: number
  readonly slowSeconds: number
  readonly insolventSeconds: number
  readonly premium: Decimal
}

/** Why an account is sold: below maintenance margin, a margin call that was missed, a debit against coins. */
export type Cause = 'breach' | 'call' | 'debit'

/** How an auction stands when somebody bids. */
export interface Moment {
  readonly cause: Cause
  /** W+ of the account. */
  readonly worth: Decimal
  /** R = MM + H+ of the account. */
  readonly requirement: Decimal
  /** t: how long it has been dealt in, by `clock_ms`. */
  readonly elapsed_ms: number
  readonly over: boolean
}

/** An item of an auction, and how long its own clock has run. */
export interface Clocked extends Weighed {
  readonly elapsed_ms: number
}

const nothing = whole(zero)

/**
 * t: how long an auction has run, in milliseconds, from the clocks of the items that are live: their mean by what each
 * requires, rounded down; 0 where nothing is live.
 */
export const clock_ms = (live: readonly Clocked[]): number => {
  if (live.length === 0) return 0
  const weights = weightsOf(live)
  const run = live.reduce(
    (total, { elapsed_ms }, i) => add(total, multiply(weights[i] ?? zero, integer(elapsed_ms))),
    zero,
  )
  return toNumber(divideFloor(run, sum(weights), 0))
}

/** Both phases are over, or the account has been below zero for as long as that may last (`below_ms`: t0, by the same clock). */
export const isOver = (
  { fastSeconds, slowSeconds, insolventSeconds }: Auction,
  worth: Decimal,
  elapsed_ms: number,
  below_ms: number,
): boolean =>
  elapsed_ms >= (fastSeconds + slowSeconds) * 1000 || (isNegative(worth) && below_ms >= insolventSeconds * 1000)

/**
 * d: the share of the value that the account keeps (less the fund's charge), exact and within [0, start]. An account that
 * stands at its requirement or above is sold at `start`, whatever the time; a debit is sold by the clock like a breach.
 */
export const discount = (auction: Auction, { cause, worth, requirement, elapsed_ms, over }: Moment): Ratio => {
  if (cause !== 'debit' && atLeast(worth, requirement)) return whole(auction.start)
  return over ? nothing : falling(auction, elapsed_ms)
}

/** `start - (start - cutoff) * t / fast`, afterwards `max(0, cutoff * (1 - (t - fast) / slow))`; a phase of no seconds is over at once. */
const falling = ({ start, cutoff, fastSeconds, slowSeconds }: Auction, elapsed_ms: number): Ratio => {
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

const within = (start: Decimal, d: Ratio): Ratio => (isNegative(d.numerator) ? nothing : minRatio(d, whole(start)))

/**
 * The share of what is required of the risk taken that a bidder is promised: `premium * min(1, t / insolventSeconds)`, all
 * of it once the auction is over. Nothing is promised for who stands at the requirement, or is sold for another cause.
 */
export const promised = (auction: Auction, { cause, worth, requirement, elapsed_ms, over }: Moment): Ratio => {
  if (cause !== 'breach' || atLeast(worth, requirement)) return nothing
  const full = auction.insolventSeconds * 1000
  const risen = over || elapsed_ms >= full ? whole(one) : ratio(integer(Math.max(0, elapsed_ms)), integer(full))
  return scale(risen, auction.premium)
}
