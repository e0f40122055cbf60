import fc from 'fast-check'
import {
  abs,
  add,
  atLeast,
  atMost,
  compare,
  decimal,
  equals,
  format,
  greaterThan,
  isNegative,
  isPositive,
  isZero,
  lessThan,
  max,
  min,
  multiply,
  negate,
  subtract,
  sum,
} from '.'
import { scaledInteger, textOf } from './arbitraries'

const scale = 12
const of = (scaled: bigint) => decimal(textOf(scaled, scale))
const written = (scaled: bigint, places = scale) => format(decimal(textOf(scaled, places)))
const order = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0)

describe('arithmetic', () => {
  it('agrees with integers on every operation', () =>
    fc.assert(
      fc.property(scaledInteger, scaledInteger, (a, b) => {
        expect(format(add(of(a), of(b)))).toBe(written(a + b))
        expect(format(subtract(of(a), of(b)))).toBe(written(a - b))
        expect(format(multiply(of(a), of(b)))).toBe(written(a * b, 2 * scale))
        expect(format(negate(of(a)))).toBe(written(-a))
        expect(format(abs(of(a)))).toBe(written(a < 0n ? -a : a))
        expect(isNegative(multiply(of(a), of(b)))).toBe(a * b < 0n)
        expect(isPositive(negate(of(a)))).toBe(a < 0n)
      }),
    ))

  it('agrees with integers on order', () =>
    fc.assert(
      fc.property(scaledInteger, fc.oneof(scaledInteger, fc.constant(null)), (a, other) => {
        const b = other ?? a
        expect(compare(of(a), of(b))).toBe(order(a, b))
        expect([lessThan, atMost, equals, atLeast, greaterThan].map((f) => f(of(a), of(b)))).toEqual([
          a < b,
          a <= b,
          a === b,
          a >= b,
          a > b,
        ])
        expect(format(min(of(a), of(b)))).toBe(written(a < b ? a : b))
        expect(format(max(of(a), of(b)))).toBe(written(a > b ? a : b))
        expect([isNegative, isZero, isPositive].map((f) => f(of(a)))).toEqual([a < 0n, a === 0n, a > 0n])
      }),
    ))

  it('sums any sequence, and nothing to zero', () =>
    fc.assert(
      fc.property(fc.array(scaledInteger), (items) => {
        expect(format(sum(items.map(of)))).toBe(written(items.reduce((a, b) => a + b, 0n)))
      }),
    ))
})
