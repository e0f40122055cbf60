import { abs, atMost, type Decimal, divideFloor, isZero, multiply, subtract, toNumber } from '@novation/decimal'
import { type Quoted, type Round, roundOf } from './round'

/** The last price that an index ticked at. */
export interface Last {
  readonly price: Decimal
  readonly observedAt: number
}

/** A price that is not believed yet: why, and since when it was observed. */
export interface Candidate {
  readonly price: Decimal
  readonly observedAt: number
  readonly why: 'band' | 'deviation'
}

export interface BreakerTerms {
  readonly quorum: number
  readonly places: number
  /** How far a price may move from the last one to be believed at once, as a share of it; above zero. */
  readonly deviation: Decimal
  /** How long a price further off must stand, for each deviation that it has moved, and how long at most. */
  readonly confirm_ms: number
  readonly confirmMost_ms: number
}

/** Between what prices an index is believed: bounds, or `unknown` where what they hang on cannot be relied on. */
export type Band = { readonly low: Decimal; readonly high: Decimal } | 'unknown' | undefined

/** What a round of quotes does: no price (too few, or too old), a new one, one that is held from now, or as before. */
export type Verdict =
  | { readonly is: 'silent' | 'still-held' }
  | { readonly is: 'ticked'; readonly round: Round }
  | { readonly is: 'held'; readonly candidate: Candidate }

const within = (price: Decimal, of: Decimal, deviation: Decimal): boolean =>
  atMost(abs(subtract(price, of)), multiply(deviation, of))

const isInside = (price: Decimal, band: Band): boolean => {
  if (band === undefined) return true
  return band !== 'unknown' && atMost(band.low, price) && atMost(price, band.high)
}

/** How long a candidate must stand: `confirm_ms * max(1, floor(|candidate - last| / (deviation * last)))`, at most `confirmMost_ms`. */
export const confirmIn_ms = (
  candidate: Decimal,
  last: Decimal | undefined,
  { deviation, confirm_ms, confirmMost_ms }: Omit<BreakerTerms, 'quorum' | 'places'>,
): number => {
  if (last === undefined || isZero(last)) return Math.min(confirm_ms, confirmMost_ms)
  const steps = toNumber(divideFloor(abs(subtract(candidate, last)), multiply(deviation, last), 0))
  return Math.min(confirm_ms * Math.max(1, steps), confirmMost_ms)
}

/**
 * What a round of fresh quotes comes to, beside the last price and what is held. Within `deviation` of the last price,
 * and inside the band, it is the price, and a hold ends. Else it is held: until a quorum of quotes that are newer than the
 * candidate comes within `deviation` of it, inside the band, and was observed long enough after it: then what those
 * newer ones come to is the price. Any other candidate starts the clock anew. A price is never clamped: it is believed or not.
 */
export const judgeRound = (
  quotes: readonly Quoted[],
  terms: BreakerTerms,
  { last, held }: { readonly last?: Last | undefined; readonly held?: Candidate | undefined },
  band?: Band,
): Verdict => {
  const round = roundOf(quotes, terms)
  if (round === undefined || (last !== undefined && round.observedAt < last.observedAt)) return { is: 'silent' }
  const inside = isInside(round.price, band)
  if (inside && (last === undefined || within(round.price, last.price, terms.deviation))) return { is: 'ticked', round }
  if (held !== undefined) {
    const newer = roundOf(
      quotes.filter(({ at }) => at > held.observedAt),
      terms,
    )
    const due = held.observedAt + confirmIn_ms(held.price, last?.price, terms)
    const confirms = newer !== undefined && newer.observedAt >= due && within(newer.price, held.price, terms.deviation)
    if (confirms && isInside(newer.price, band)) return { is: 'ticked', round: newer }
    if (within(round.price, held.price, terms.deviation)) return { is: 'still-held' }
  }
  const candidate = { price: round.price, observedAt: round.observedAt, why: inside ? 'deviation' : 'band' } as const
  return { is: 'held', candidate }
}
