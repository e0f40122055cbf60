import type { Liquidation } from './generated/api'

/** What is known of an auction: its terms, and how long it had been dealt in when that was said. */
export type Auction = Pick<Liquidation, 'elapsed_ms' | 'ends' | 'terms'>

/** How an auction stands at a time, decimals as texts. */
export interface Offered {
  /** How long it has been dealt in by then. */
  readonly elapsed_ms: number
  /** d: the share of its value that the account keeps, rounded down to 18 places. */
  readonly discount: string
  /** Of what the risk taken requires, the share that the fund promises on top, rounded in the same way. */
  readonly premium: string
  readonly isOver: boolean
}

const places = 18
const unit = 10n ** BigInt(places)

/** A decimal in units of the eighteenth place. */
const scaled = (text: string): bigint => {
  const [, sign, digits = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,18}))?$/.exec(text) ?? []
  if (digits === '') throw new RangeError(`${JSON.stringify(text)} is no decimal of at most ${places} places`)
  const value = BigInt(digits + fraction.padEnd(places, '0'))
  return sign === '-' ? -value : value
}

const written = (value: bigint): string => {
  const fraction = String(value % unit)
    .padStart(places, '0')
    .replace(/0+$/, '')
  return fraction === '' ? String(value / unit) : `${value / unit}.${fraction}`
}

const within = (most: bigint, value: bigint): bigint => (value < 0n ? 0n : value > most ? most : value)

/**
 * What a bid brings at `now`, in milliseconds since 1970, by the terms of an auction that were told at `at`, as the ledger works it out while
 * the account stands below what is required of it: the discount falls from `start` to `cutoff` in `fastSeconds`, then to nothing in
 * `slowSeconds`. An auction that cannot be dealt in (it has no `ends`) stands still.
 */
export const offerOf = ({ elapsed_ms, ends, terms }: Auction, at: number, now: number): Offered => {
  const { start, cutoff, fastSeconds, slowSeconds, insolventSeconds } = terms.auction
  const passed = elapsed_ms + (ends === undefined ? 0 : Math.max(0, now - at))
  const [fast, slow, full] = [fastSeconds, slowSeconds, insolventSeconds].map((seconds) => seconds * 1000) as [
    number,
    number,
    number,
  ]
  const [first, second, premium] = [start, cutoff, terms.premium].map(scaled) as [bigint, bigint, bigint]
  const isOver = passed >= fast + slow
  const falling = (): bigint =>
    passed < fast
      ? (first * BigInt(fast) - (first - second) * BigInt(passed)) / BigInt(fast)
      : (second * BigInt(slow - (passed - fast))) / BigInt(slow)
  const risen = isOver || passed >= full ? premium : (premium * BigInt(passed)) / BigInt(full)
  return {
    elapsed_ms: passed,
    discount: written(isOver ? 0n : within(first, falling())),
    premium: written(risen),
    isOver,
  }
}
