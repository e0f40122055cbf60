import { add, multiply, negate, subtract } from './arithmetic'
import type { Decimal } from './big'
import { compare, isNegative, isZero } from './order'
import { divideCeil, divideFloor } from './rounding'
import { one } from './text'

/** An exact fraction, for where a formula divides before it is done: the division waits until the last rounding. */
export type Ratio = { readonly numerator: Decimal; readonly denominator: Decimal }

/** n / d with the sign above the line; throws a RangeError where d is zero. Not reduced: compare with `compareRatios`. */
export const ratio = (n: Decimal, d: Decimal): Ratio => {
  if (isZero(d)) throw new RangeError('a ratio with denominator zero')
  return isNegative(d) ? { numerator: negate(n), denominator: negate(d) } : { numerator: n, denominator: d }
}

export const whole = (a: Decimal): Ratio => ({ numerator: a, denominator: one })

export const addRatios = (a: Ratio, b: Ratio): Ratio => ({
  numerator: add(multiply(a.numerator, b.denominator), multiply(b.numerator, a.denominator)),
  denominator: multiply(a.denominator, b.denominator),
})

export const subtractRatios = (a: Ratio, b: Ratio): Ratio => ({
  numerator: subtract(multiply(a.numerator, b.denominator), multiply(b.numerator, a.denominator)),
  denominator: multiply(a.denominator, b.denominator),
})

export const multiplyRatios = (a: Ratio, b: Ratio): Ratio => ({
  numerator: multiply(a.numerator, b.numerator),
  denominator: multiply(a.denominator, b.denominator),
})

/** Throws a RangeError where b is zero. */
export const divideRatios = (a: Ratio, b: Ratio): Ratio =>
  ratio(multiply(a.numerator, b.denominator), multiply(a.denominator, b.numerator))

export const scale = (r: Ratio, a: Decimal): Ratio => ({
  numerator: multiply(r.numerator, a),
  denominator: r.denominator,
})

export const compareRatios = (a: Ratio, b: Ratio): -1 | 0 | 1 =>
  compare(multiply(a.numerator, b.denominator), multiply(b.numerator, a.denominator))

export const minRatio = (a: Ratio, b: Ratio): Ratio => (compareRatios(b, a) < 0 ? b : a)

/** Toward minus infinity, to at most `places` decimals. */
export const floorRatio = (r: Ratio, places: number): Decimal => divideFloor(r.numerator, r.denominator, places)

/** Toward plus infinity, to at most `places` decimals. */
export const ceilRatio = (r: Ratio, places: number): Decimal => divideCeil(r.numerator, r.denominator, places)
