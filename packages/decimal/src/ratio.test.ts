import fc from 'fast-check'
import {
  addRatios,
  ceilRatio,
  compareRatios,
  decimal,
  divideRatios,
  floorRatio,
  format,
  integer,
  isPositive,
  minRatio,
  multiplyRatios,
  one,
  type Ratio,
  ratio,
  scale,
  subtractRatios,
  whole,
  zero,
} from '.'

const anyInteger = fc.integer({ min: -1e6, max: 1e6 })
const anyRatio = fc
  .tuple(
    anyInteger,
    anyInteger.filter((d) => d !== 0),
  )
  .map(([n, d]) => ratio(integer(n), integer(d)))
const same = (a: Ratio, b: Ratio) => expect(compareRatios(a, b)).toBe(0)
const law = (...check: [(a: Ratio, b: Ratio, c: Ratio) => void]) =>
  fc.assert(fc.property(anyRatio, anyRatio, anyRatio, ...check))

describe('Ratio', () => {
  it('keeps its sign above the line and refuses a denominator of zero', () => {
    expect(ratio(one, integer(-3))).toEqual({ numerator: integer(-1), denominator: integer(3) })
    expect(() => ratio(one, zero)).toThrow(RangeError)
    expect(() => divideRatios(whole(one), whole(zero))).toThrow(RangeError)
  })

  it('is a field: what is added is taken away again, what is multiplied divided', () =>
    law((a, b, c) => {
      same(subtractRatios(addRatios(a, b), b), a)
      if (compareRatios(b, whole(zero)) !== 0) same(divideRatios(multiplyRatios(a, b), b), a)
      same(multiplyRatios(a, addRatios(b, c)), addRatios(multiplyRatios(a, b), multiplyRatios(a, c)))
      expect(isPositive(addRatios(a, b).denominator)).toBe(true)
      expect(isPositive(multiplyRatios(a, b).denominator)).toBe(true)
    }))

  it('is ordered as its cross products are', () =>
    law((a, b, c) => {
      expect(compareRatios(a, b)).toBe(-compareRatios(b, a) + 0)
      expect(compareRatios(addRatios(a, c), addRatios(b, c))).toBe(compareRatios(a, b))
      expect(minRatio(a, b)).toBe(compareRatios(b, a) < 0 ? b : a)
    }))

  it('rounds once, at the end', () => {
    const third = ratio(one, integer(3))
    expect([floorRatio(third, 2), ceilRatio(third, 2), floorRatio(scale(third, integer(-1)), 2)].map(format)).toEqual([
      '0.33',
      '0.34',
      '-0.34',
    ])
    expect(format(floorRatio(scale(third, decimal('0.03')), 2))).toBe('0.01')
  })
})
