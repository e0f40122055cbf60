import fc from 'fast-check'
import {
  abs,
  apportion,
  atMost,
  decimal,
  divideFloor,
  equals,
  format,
  integer,
  isZero,
  lessThan,
  multiply,
  negate,
  subtract,
  sum,
  unit,
  zero,
} from '.'
import { textOf } from './arbitraries'

const cents = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map((n) => decimal(textOf(n, 2)))
const weights = fc.array(
  fc.bigInt({ min: 0n, max: 10n ** 9n }).map((n) => decimal(textOf(n, 4))),
  { minLength: 1, maxLength: 12 },
)
const split = (total: string, parts: string[], places = 2) =>
  apportion(decimal(total), parts.map(decimal), places).map(format)

describe('apportion', () => {
  it('gives the units left to the largest remainders, ties to whoever stands first', () => {
    expect(split('100', ['1', '1', '1'])).toEqual(['33.34', '33.33', '33.33'])
    expect(split('0.02', ['1', '1', '1'])).toEqual(['0.01', '0.01', '0'])
    expect(split('1', ['1', '5', '3'], 1)).toEqual(['0.1', '0.6', '0.3'])
  })

  it('splits a loss as it splits the gain', () => {
    expect(split('-100', ['1', '1', '1'])).toEqual(['-33.34', '-33.33', '-33.33'])
  })

  it('gives nothing where there is no weight', () => {
    expect(split('1', ['0', '2', '0'])).toEqual(['0', '1', '0'])
    expect(split('0', ['0', '0'])).toEqual(['0', '0'])
    expect(split('0', [])).toEqual([])
  })

  it('refuses what cannot be split', () => {
    expect(() => split('1', ['0', '0'])).toThrow(RangeError)
    expect(() => split('1', [])).toThrow(RangeError)
    expect(() => split('1', ['2', '-1'])).toThrow(RangeError)
    expect(() => split('0.001', ['1'])).toThrow(RangeError)
  })

  it('sums to exactly the total, each share within one unit of its exact part', () =>
    fc.assert(
      fc.property(cents, weights, (total, parts) => {
        fc.pre(!isZero(sum(parts)))
        const shares = apportion(total, parts, 2)
        expect(equals(sum(shares), total)).toBe(true)
        shares.forEach((share, i) => {
          const rounded = divideFloor(multiply(abs(total), parts[i] ?? zero), sum(parts), 2)
          const extra = subtract(abs(share), rounded)
          expect([zero, unit(2)].some((allowed) => equals(extra, allowed))).toBe(true)
        })
        expect(apportion(negate(total), parts, 2)).toEqual(shares.map(negate))
      }),
    ))

  it('never gives less to a larger weight', () =>
    fc.assert(
      fc.property(cents, weights, (total, parts) => {
        fc.pre(!isZero(sum(parts)))
        const shares = apportion(total, parts, 2).map(abs)
        parts.forEach((a, i) => {
          parts.forEach((b, j) => {
            if (lessThan(a, b)) expect(atMost(shares[i] ?? zero, shares[j] ?? zero)).toBe(true)
          })
        })
      }),
    ))

  it('serves a thousand equal weights in their order', () => {
    const shares = apportion(
      integer(7),
      Array.from({ length: 1000 }, () => integer(1)),
      0,
    )
    expect(shares.map(format).lastIndexOf('1')).toBe(6)
  })
})
