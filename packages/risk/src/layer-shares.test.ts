import {
  add,
  atMost,
  type Decimal,
  decimal,
  equals,
  format,
  isNegative,
  isPositive,
  min,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import fc from 'fast-check'
import { amount } from './arbitraries'
import { type Claim, layerShares } from './layer-shares'

const shares = (layer: string, claims: Record<string, string | [string, string]>) => {
  const all = Object.entries(claims).map(([id, of]) => {
    const [deficit, drawn] = typeof of === 'string' ? [of, '0'] : of
    return { id, deficit: decimal(deficit), drawn: decimal(drawn) }
  })
  return Object.fromEntries([...layerShares(decimal(layer), all, 2)].map(([id, share]) => [id, format(share)]))
}

describe('the share of a layer', () => {
  it('is by what each lacks, the single units by largest remainder, ties by id', () => {
    expect(shares('700', { a: '500', b: '500' })).toEqual({ a: '350', b: '350' })
    expect(shares('66.68', { c: '33.29', b: '33.29', a: '33.29' })).toEqual({ a: '22.23', b: '22.23', c: '22.22' })
  })

  it('is all that is lacking where the layer reaches, and nothing where it is empty', () => {
    expect(shares('700', { a: '500', b: '50' })).toEqual({ a: '500', b: '50' })
    expect(shares('0', { a: '500' })).toEqual({})
    expect(shares('700', {})).toEqual({})
  })

  it('counts what a layer has paid already, so that who comes first gets no more', () => {
    // had both drawn at once, 700 would have given 350 each: a has had 300 of it
    expect(shares('400', { a: ['200', '300'], b: '500' })).toEqual({ a: '50', b: '350' })
  })

  it('leaves out who has had more than that, and the others share what is left', () =>
    expect(shares('100', { a: ['10', '990'], b: '500', c: '500' })).toEqual({ b: '50', c: '50' }))

  const claims: fc.Arbitrary<readonly Claim[]> = fc
    .array(fc.tuple(amount(0, 300, 2), amount(0, 300, 2)), { maxLength: 7 })
    .map((all) => all.map(([deficit, drawn], i) => ({ id: `a${i}`, deficit: add(deficit, decimal('0.01')), drawn })))

  it('comes to exactly what there is to give, and for nobody to more than is lacking', () =>
    fc.assert(
      fc.property(claims, amount(0, 900, 2), (all, layer) => {
        const given = layerShares(layer, all, 2)
        const lacking = sum(all.map(({ deficit }) => deficit))
        expect(equals(sum(given.values()), all.length === 0 ? zero : min(layer, lacking))).toBe(true)
        for (const { id, deficit } of all) {
          const share = given.get(id) ?? zero
          expect(!isNegative(share) && atMost(share, deficit)).toBe(true)
        }
      }),
    ))

  it('is nothing of the order of the claims', () =>
    fc.assert(
      fc.property(claims, amount(0, 900, 2), (all, layer) => {
        const texts = (of: readonly Claim[]) =>
          [...layerShares(layer, of, 2)].map(([id, share]) => [id, format(share)]).sort()
        expect(texts([...all].reverse())).toEqual(texts(all))
      }),
    ))

  it('is for who draws later, what is kept for it, as if all had drawn at once (but for single units)', () =>
    fc.assert(
      fc.property(amount(1, 300, 2), amount(1, 300, 2), amount(0, 600, 2), (first, second, layer) => {
        const a = { id: 'a', deficit: first, drawn: zero }
        const b = { id: 'b', deficit: second, drawn: zero }
        const together = layerShares(layer, [a, b], 2)
        const paid = together.get('a') ?? zero
        const lacks = subtract(first, paid)
        const again = [{ ...a, deficit: lacks, drawn: paid }, b].filter(({ deficit }) => isPositive(deficit))
        const later = layerShares(subtract(layer, paid), again, 2).get('b') ?? zero
        expect(near(later, together.get('b') ?? zero) || isZeroLack(lacks)).toBe(true)
      }),
    ))
})

const near = (a: Decimal, b: Decimal): boolean =>
  atMost(subtract(a, b), decimal('0.01')) && atMost(subtract(b, a), decimal('0.01'))
const isZeroLack = (lacks: Decimal): boolean => !isPositive(lacks)
