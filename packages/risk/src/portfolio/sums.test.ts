import { add, decimal, format, multiply, negate, unit, zero } from '@novation/decimal'
import fc from 'fast-check'
import { ofUnits } from './double'
import { sumsOf } from './sums'

const quantity = fc
  .tuple(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), fc.integer({ min: 0, max: 12 }))
  .map(([lots, places]) => multiply(decimal(lots.toString()), unit(places)))
const price = fc.oneof(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }))
const prices = fc.array(price, { minLength: 3, maxLength: 3 }).map((of) => Float64Array.from(of))
const book = fc.array(fc.tuple(quantity, prices), { maxLength: 6 })

const sums = (of: readonly (readonly [ReturnType<typeof decimal>, Float64Array])[]): readonly string[] =>
  sumsOf(
    of.map(([q]) => q),
    of.map(([, p]) => p),
  ).map(format)

describe('sums of quantity times price', () => {
  it('are those of exact decimals, whatever the size', () =>
    fc.assert(
      fc.property(book, (of) => {
        const exact = [0, 1, 2].map((r) =>
          of.reduce((total, [q, p]) => add(total, multiply(q, ofUnits(p[r] ?? 0, 8))), zero),
        )
        expect(sums(of)).toEqual(of.length === 0 ? [] : exact.map(format))
      }),
    ))

  it('have no order, and a book and its mirror cancel', () =>
    fc.assert(
      fc.property(book, (of) => {
        expect(sums([...of].reverse())).toEqual(sums(of))
        const mirror = of.map(([q, p]) => [negate(q), p] as const)
        expect(new Set(sums([...of, ...mirror]))).toEqual(new Set(of.length === 0 ? [] : ['0']))
      }),
    ))
})
