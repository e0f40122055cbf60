import { isNegative, zero } from '@novation/decimal'
import { type Book, countedOf, type ExpiryBook, movingOf } from './book'
import { toDouble } from './double'
import type { OptionHolding, Side } from './holding'
import type { Row } from './model'
import { reaches } from './sensitivity'
import { basisDown, basisUp, firstRow } from './valuation'

/** How far a value may go when its index moves by a share x within a reach: `(|slope| + kink)*x + curve*x²/2`, for each reach. */
export interface Bend {
  readonly slope: number
  readonly curves: readonly number[]
  readonly kinks: readonly number[]
}

/** How what is held of one expiry answers in every state. */
interface ExpiryBend {
  readonly book: ExpiryBook
  readonly long: number
  readonly short: number
  readonly slopes: Float64Array
  readonly curves: readonly Float64Array[]
  readonly kinks: readonly Float64Array[]
}

const addInto = (sums: Float64Array, factor: number, of: Float64Array | undefined): void => {
  if (of === undefined) return
  for (let i = 0; i < sums.length; i += 1) sums[i] = (sums[i] as number) + factor * (of[i] as number)
}

const expiryBend = ({ valuation, options }: Book, book: ExpiryBook): ExpiryBend => {
  const empty = (): Float64Array => new Float64Array(firstRow + valuation.scenarios.length)
  const [slopes, curves, kinks] = [empty(), reaches.map(empty), reaches.map(empty)]
  const add = (option: OptionHolding): void => {
    const answer = valuation.sensitivity(option)
    const quantity = toDouble(option.quantity)
    addInto(slopes, quantity, answer?.slopes)
    for (let i = 0; i < reaches.length; i += 1) {
      addInto(curves[i] as Float64Array, Math.abs(quantity), answer?.curves[i])
      addInto(kinks[i] as Float64Array, Math.abs(quantity), answer?.kinks[i])
    }
  }
  for (const option of options) if (option.expiry_ms === book.expiry_ms) add(option)
  return { book, long: toDouble(book.term.long), short: toDouble(book.term.short), slopes, curves, kinks }
}

/** What an underlying adds to what an account is worth beyond its line, and how each of its lines would bend that. */
export interface Bends {
  /** The value alone, with no line. */
  readonly value: Bend
  /** Less `scale` times the loss in a row. */
  readonly row: (r: number, row: Row, scale: number) => Bend
  readonly basis: (scale: number) => Bend
  /** Less `scale` times the least that is asked. */
  readonly minimum: (scale: number, least: number) => Bend
}

type Each = (of: ExpiryBend, reach: number) => number

/**
 * How what is held in an underlying answers to its index; `asked` is what is asked beside the scan, which moves with it. A row
 * hedges the value where both are straight; what turns (a row of skew, forwards that part) counts in full beside it.
 */
export const bendsOf = (book: Book, side: Side, asked: number): Bends => {
  const expiries = book.expiries.map((expiry) => expiryBend(book, expiry))
  const sum = (of: (expiry: ExpiryBend) => number): number => expiries.reduce((total, expiry) => total + of(expiry), 0)
  const moving = toDouble(movingOf(book, side))
  const coins = book.coins.reduce((total, coin) => total + toDouble(countedOf(coin, side)), 0)
  const straight = toDouble(book.delta) + coins - asked
  const bend = (slope: number, curve: Each, kink: Each): Bend => ({
    slope: Math.abs(slope),
    curves: reaches.map((_, i) => sum((expiry) => curve(expiry, i))),
    kinks: reaches.map((_, i) => sum((expiry) => kink(expiry, i))),
  })
  const at = (of: readonly Float64Array[], i: number, state: number): number => of[i]?.[state] ?? 0
  const slopeOfValue = straight + sum(({ slopes }) => slopes[0] ?? 0)
  const value = bend(
    slopeOfValue,
    ({ curves }, i) => at(curves, i, 0),
    ({ kinks }, i) => at(kinks, i, 0),
  )

  /** By how much more an expiry may count where its sum in a row changes sign within a reach. */
  const turning = ({ book: { rows }, slopes, curves, kinks }: ExpiryBend, r: number, i: number): boolean => {
    const [state, x] = [firstRow + r, reaches[i] ?? 0]
    const most = (Math.abs(slopes[state] ?? 0) + at(kinks, i, state)) * x + (at(curves, i, state) * x * x) / 2
    const sumNow = rows[r]
    return sumNow === undefined || Math.abs(toDouble(sumNow)) <= most
  }

  const row = (r: number, { move, volatility, weight }: Row, factor: number): Bend => {
    const scale = factor * toDouble(weight)
    const state = firstRow + r
    if (volatility === 'skew-linear' || volatility === 'skew-absolute') {
      const slope = sum(
        ({ slopes, short }) => Math.abs(slopes[0] ?? 0) + Math.max(1, short) * Math.abs(slopes[state] ?? 0),
      )
      const both =
        (of: 'curves' | 'kinks'): Each =>
        (expiry, i) =>
          at(expiry[of], i, 0) * (1 + scale) + scale * Math.max(1, expiry.short) * at(expiry[of], i, state)
      return bend(Math.abs(slopeOfValue) + scale * slope, both('curves'), both('kinks'))
    }
    const discount = ({ book: { rows }, long, short }: ExpiryBend): number =>
      isNegative(rows[r] ?? zero) ? short : long
    const loss = sum((e) => (e.slopes[0] ?? 0) - discount(e) * (e.slopes[state] ?? 0)) - moving * (toDouble(move) - 1)
    const turned = (e: ExpiryBend, i: number): number => (turning(e, r, i) ? e.short - e.long : 0)
    return bend(
      slopeOfValue - scale * loss,
      (e, i) =>
        Math.abs(1 - scale) * at(e.curves, i, 0) + scale * (discount(e) + turned(e, i)) * at(e.curves, i, state),
      (e, i) =>
        Math.abs(1 - scale) * at(e.kinks, i, 0) +
        scale * (discount(e) + turned(e, i)) * at(e.kinks, i, state) +
        scale * turned(e, i) * Math.abs(e.slopes[state] ?? 0),
    )
  }

  const basis = (scale: number): Bend => {
    const factor = ({ book: { term } }: ExpiryBend): number => scale * toDouble(term.basisFactor)
    const apart = (e: ExpiryBend, state: number): number => Math.abs((e.slopes[0] ?? 0) - (e.slopes[state] ?? 0))
    const more =
      (of: 'curves' | 'kinks'): Each =>
      (e, i) =>
        at(e[of], i, 0) * (1 + factor(e)) + factor(e) * Math.max(at(e[of], i, basisUp), at(e[of], i, basisDown))
    const slope = sum((e) => factor(e) * Math.max(apart(e, basisUp), apart(e, basisDown)))
    return bend(Math.abs(slopeOfValue) + slope, more('curves'), more('kinks'))
  }

  return { value, row, basis, minimum: (scale, least) => ({ ...value, slope: Math.abs(slopeOfValue - scale * least) }) }
}

/** The least share by which the index must move for a value to go that far, at most the widest reach. */
export const shareOf = ({ slope, curves, kinks }: Bend, allowed: number): number => {
  if (!(allowed > 0)) return 0
  const within = reaches.map((reach, i) => {
    const [a, b] = [slope + (kinks[i] ?? 0), curves[i] ?? 0]
    const root = a + Math.sqrt(a * a + 2 * b * allowed)
    const share = root > 0 ? (2 * allowed) / root : reach
    return Math.min(reach, share)
  })
  return Math.max(...within)
}

/** How far a value goes at a share of about so much: to weigh underlyings against each other, not to bound. */
export const movementAt = ({ slope, curves, kinks }: Bend, i: number): number => {
  const x = reaches[i] ?? 0
  return (slope + (kinks[i] ?? 0)) * x + ((curves[i] ?? 0) * x * x) / 2
}
