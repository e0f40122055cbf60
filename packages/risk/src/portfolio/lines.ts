import {
  abs,
  add,
  type Decimal,
  greaterThan,
  isNegative,
  isPositive,
  isZero,
  max,
  multiply,
  negate,
  one,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import { type Book, countedOf, discountOf, type ExpiryBook, movingOf, pricesOf } from './book'
import { ofUnits, pricePlaces } from './double'
import type { Holding, Side } from './holding'
import type { Row } from './model'
import type { Scenario } from './rows'
import { base, basisDown, basisUp, firstRow } from './valuation'

/** What was the worst: a row, forwards that part, the least that is asked, or nothing. */
export type Binding =
  | ({ readonly kind: 'row' } & Row)
  | { readonly kind: 'basis' }
  | { readonly kind: 'minimum' }
  | { readonly kind: 'none' }

/** One loss that an underlying may bring, and which part of it each holding makes: the parts sum to it exactly. */
export interface Line {
  readonly binding: Binding
  readonly loss: Decimal
  /** Where a row stands on the steps of a group; undefined of what is no row. */
  readonly index?: number
  readonly part: (holding: Holding) => Decimal
}

export const noLine: Line = { binding: { kind: 'none' }, loss: zero, part: () => zero }

const isSkew = ({ volatility }: Row): boolean => volatility === 'skew-linear' || volatility === 'skew-absolute'

/** An expiry in a row: M - d*X, and of a row of skew what it loses whichever way the smile bends. */
const expiryLoss = (
  expiry: ExpiryBook,
  row: Row,
  r: number,
): { readonly loss: Decimal; readonly d: Decimal; readonly turned: boolean } => {
  const value = expiry.rows[r] ?? zero
  const d = discountOf(expiry.term, value)
  const straight = subtract(expiry.now, multiply(d, value))
  const other = subtract(value, expiry.now)
  if (isSkew(row) && greaterThan(other, straight)) return { loss: other, d: one, turned: true }
  return { loss: straight, d, turned: false }
}

/**
 * `weight * (sum_e (M - d*X) - (sum_linear q*mark + sum_coins counted)*(m - 1))`; in a row of skew of each expiry the larger
 * of M - d*X and X - M.
 */
const rowLine = (book: Book, side: Side, moving: Decimal, row: Scenario, r: number): Line => {
  const rise = subtract(row.move, one)
  const lost = book.expiries.reduce(
    (total, expiry) => add(total, expiryLoss(expiry, row, r).loss),
    isZero(rise) ? zero : negate(multiply(moving, rise)),
  )
  const partOf = (holding: Holding): Decimal => {
    if (holding.kind === 'linear') return negate(multiply(multiply(holding.quantity, holding.mark), rise))
    if (holding.kind === 'coin') return negate(multiply(countedOf(holding, side), rise))
    const expiry = book.expiries.find(({ expiry_ms }) => expiry_ms === holding.expiry_ms)
    if (expiry === undefined) return zero
    const { d, turned } = expiryLoss(expiry, row, r)
    const prices = pricesOf(book.valuation, holding)
    const [now, then] = [ofUnits(prices[base] ?? 0, pricePlaces), ofUnits(prices[firstRow + r] ?? 0, pricePlaces)]
    const each = subtract(now, multiply(d, then))
    return multiply(holding.quantity, turned ? negate(each) : each)
  }
  return {
    binding: { kind: 'row', move: row.move, volatility: row.volatility, weight: row.weight },
    loss: multiply(row.weight, lost),
    index: row.index,
    part: (holding) => multiply(row.weight, partOf(holding)),
  }
}

export const rowLines = (book: Book, side: Side): readonly Line[] => {
  const moving = movingOf(book, side)
  return book.valuation.scenarios.map((row, r) => rowLine(book, side, moving, row, r))
}

/** `sum_e max(0, M - X(up), M - X(down)) * basisFactor`. */
export const basisLine = (book: Book): Line => {
  const worst = new Map(
    book.expiries.map(({ expiry_ms, now, up, down, term }) => {
      const [rising, falling] = [subtract(now, up), subtract(now, down)]
      const state = greaterThan(falling, rising) ? basisDown : basisUp
      const lost = max(rising, falling)
      return [expiry_ms, { state, factor: isPositive(lost) ? term.basisFactor : zero, lost }]
    }),
  )
  return {
    binding: { kind: 'basis' },
    loss: sum([...worst.values()].map(({ factor, lost }) => multiply(factor, lost))),
    part: (holding) => {
      const at = holding.kind === 'option' ? worst.get(holding.expiry_ms) : undefined
      if (holding.kind !== 'option' || at === undefined) return zero
      const prices = pricesOf(book.valuation, holding)
      const each = ofUnits((prices[base] ?? 0) - (prices[at.state] ?? 0), pricePlaces)
      return multiply(multiply(holding.quantity, each), at.factor)
    },
  }
}

/** `(net*|sum q| + gross*sum |q|) * index` over options, perpetuals and futures. */
export const minimumLine = ({ model, options, linear, valuation: { inputs } }: Book): Line => {
  const { minimum } = model
  if (minimum === undefined) return { ...noLine, binding: { kind: 'minimum' } }
  const net = sum([...options, ...linear].map(({ quantity }) => quantity))
  const part = (holding: Holding): Decimal => {
    if (holding.kind === 'coin') return zero
    const leaning = isNegative(net) ? negate(holding.quantity) : holding.quantity
    const each = add(
      multiply(minimum.net, isZero(net) ? zero : leaning),
      multiply(minimum.gross, abs(holding.quantity)),
    )
    return multiply(each, inputs.index)
  }
  return { binding: { kind: 'minimum' }, loss: sum([...options, ...linear].map(part)), part }
}
