import {
  add,
  type Decimal,
  divideCeil,
  divideFloor,
  format,
  greaterThan,
  integer,
  isZero,
  multiply,
  zero,
} from '@novation/decimal'

/** A figure over time: its average and its peak. */
export interface Series {
  readonly sum: Decimal
  readonly count: number
  readonly peak: Decimal
}

export const noSeries: Series = { sum: zero, count: 0, peak: zero }

export const extend = ({ sum, count, peak }: Series, value: Decimal): Series => ({
  sum: add(sum, value),
  count: count + 1,
  peak: greaterThan(value, peak) ? value : peak,
})

/** Average (rounded down to so many places) and peak, as decimal strings; nothing where there was no observation. */
export const told = (
  { sum, count, peak }: Series,
  places: number,
): { readonly average: string; readonly peak: string } | undefined =>
  count === 0 ? undefined : { average: format(divideFloor(sum, integer(count), places)), peak: format(peak) }

/** A series that saw nothing so many times more. */
export const extendByZeros = (series: Series, count: number): Series => ({ ...series, count: series.count + count })

const hundredfold = (part: Decimal): Decimal => multiply(part, integer(100))

/** part / whole in percent, rounded down to two places; 0 of nothing. */
export const percentFloor = (part: Decimal, whole: Decimal): Decimal =>
  isZero(whole) ? zero : divideFloor(hundredfold(part), whole, 2)

/** part / whole in percent, rounded up to two places; `whole` is not zero. */
export const percentCeil = (part: Decimal, whole: Decimal): Decimal => divideCeil(hundredfold(part), whole, 2)
