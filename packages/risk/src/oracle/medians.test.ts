import fc from 'fast-check'
import { lowerMedian, upperMedian, type Weighted } from './medians'

const compare = (a: number, b: number): number => a - b
const of = (...pairs: (readonly [value: number, weight: number])[]): Weighted<number>[] =>
  pairs.map(([value, weight]) => ({ value, weight }))
const both = (items: Weighted<number>[]) => [lowerMedian(items, compare), upperMedian(items, compare)]

describe('weighted medians', () => {
  it('are the middle one where the weight is odd', () => expect(both(of([3, 1], [1, 1], [2, 1]))).toEqual([2, 2]))
  it('lie on both sides where half the weight does', () => expect(both(of([1, 2], [5, 1], [9, 1]))).toEqual([1, 5]))
  it('count weight, not heads', () => expect(both(of([1, 1], [2, 1], [3, 1], [9, 7]))).toEqual([9, 9]))
  it('are of something', () => expect(() => lowerMedian([], compare)).toThrow(RangeError))

  it('have at least half the weight on either side, whatever the order', () => {
    const items = fc.array(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(items, (pairs) => {
        const all = of(...pairs)
        const weigh = (where: (value: number) => boolean): number =>
          all.filter(({ value }) => where(value)).reduce((sum, { weight }) => sum + weight, 0)
        const total = weigh(() => true)
        const [lower = 0, upper = 0] = both(all)
        expect(lower).toBeLessThanOrEqual(upper)
        for (const median of [lower, upper]) {
          expect(2 * weigh((value) => value <= median)).toBeGreaterThanOrEqual(total)
          expect(2 * weigh((value) => value >= median)).toBeGreaterThanOrEqual(total)
        }
        expect(2 * weigh((value) => value < lower)).toBeLessThan(total)
        expect(2 * weigh((value) => value > upper)).toBeLessThan(total)
        expect(both([...all].reverse())).toEqual([lower, upper])
      }),
    )
  })
})
