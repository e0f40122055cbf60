import {
  add,
  atMost,
  decimal,
  format,
  greaterThan,
  integer,
  multiply,
  subtract,
  sum,
  unit,
  zero,
} from '@novation/decimal'
import fc from 'fast-check'
import { type Claim, layerShares } from './layer-shares'

const claim = (id: string, deficit: string, drawn = '0'): Claim => ({
  id,
  deficit: decimal(deficit),
  drawn: decimal(drawn),
})

const sharesOf = (layer: string, ...claims: readonly Claim[]) =>
  Object.fromEntries([...layerShares(decimal(layer), claims, 2)].map(([id, share]) => [id, format(share)]))

describe('the shares of a prefunded layer', () => {
  it('are in proportion to what is missing', () =>
    expect(sharesOf('90', claim('a', '60'), claim('b', '120'))).toEqual({ a: '30', b: '60' }))

  it('are rounded down to the unit', () =>
    expect(sharesOf('1', claim('a', '1'), claim('b', '1'), claim('c', '1'))).toEqual({
      a: '0.33',
      b: '0.33',
      c: '0.33',
    }))

  it('are what is left of them for whoever has drawn already', () =>
    expect(sharesOf('60', claim('a', '30', '30'), claim('b', '120'))).toEqual({ a: '0', b: '60' }))

  it('are none for whoever has had more than that, and the others share what is left', () =>
    expect(sharesOf('30', claim('a', '10', '90'), claim('b', '20'), claim('c', '40'))).toEqual({ b: '10', c: '20' }))

  it('are nobody’s where nothing is missing', () => expect(sharesOf('10')).toEqual({}))

  const claims = fc.array(
    fc.record({ deficit: fc.integer({ min: 1, max: 100_000 }), drawn: fc.integer({ min: 0, max: 100_000 }) }),
    { minLength: 1, maxLength: 8 },
  )

  it('never come to more than the layer, nor to less than its last units', () =>
    fc.assert(
      fc.property(claims, fc.integer({ min: 0, max: 1_000_000 }), (drawn, cents) => {
        const layer = multiply(integer(cents), unit(2))
        const all = drawn.map(({ deficit, drawn: paid }, i) => ({
          id: `c${i}`,
          deficit: multiply(integer(deficit), unit(2)),
          drawn: multiply(integer(paid), unit(2)),
        }))
        const total = sum(layerShares(layer, all, 2).values())
        expect(atMost(total, layer)).toBe(true)
        expect(greaterThan(add(total, multiply(integer(all.length), unit(2))), layer)).toBe(true)
      }),
    ))

  it('are the same, to the units of rounding, in whatever order they are drawn', () =>
    fc.assert(
      fc.property(
        claims,
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.infiniteStream(fc.nat()),
        (drawn, cents, order) => {
          const draw = (ids: readonly string[]) => {
            let layer = multiply(integer(cents), unit(2))
            let open = drawn.map(({ deficit }, i) => claim(`c${i}`, format(multiply(integer(deficit), unit(2)))))
            for (const id of ids) {
              const share = layerShares(layer, open, 2).get(id) ?? zero
              const one = open.find((at) => at.id === id)
              if (one === undefined) continue
              const paid = greaterThan(share, one.deficit) ? one.deficit : share
              layer = subtract(layer, paid)
              open = open
                .map((at) =>
                  at.id === id ? { id, deficit: subtract(at.deficit, paid), drawn: add(at.drawn, paid) } : at,
                )
                .filter(({ id: name, deficit }) => name !== id || greaterThan(deficit, zero))
            }
            return layer
          }
          const ids = drawn.map((_, i) => `c${i}`)
          const keys = new Map(ids.map((id) => [id, order.next().value as number]))
          const shuffled = [...ids].sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0))
          const [one, other] = [draw(ids), draw(shuffled)]
          const off = subtract(one, other)
          expect(Math.abs(Number(format(off)))).toBeLessThanOrEqual(0.01 * ids.length)
        },
      ),
    ))
})
