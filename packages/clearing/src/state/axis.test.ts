import fc from 'fast-check'
import { type Axis, type Band, leave, moveTo, newPlace, place, priceAxis, priceBucket } from './axis'
import type { Account } from './pool'
import { newAccount, newOwner } from './records'

const alice = newAccount('alice', 'cross', newOwner('alice'), 0)
const price = fc.double({ min: 1e-9, max: 1e9, noNaN: true })

/** An axis at the value of the band, with one account placed on it. */
const placed = (band: Band) => {
  const axis = priceAxis<Account>(band.value)
  const at = newPlace(axis, alice)
  place(axis, at, band)
  return { axis, at }
}

const symmetric = (value: number, halfWidth: number): Band => ({ value, down: halfWidth, up: halfWidth })

/** Who must be judged again once the price is there. */
const firedAt = (axis: Axis<Account>, to: number): readonly string[] => {
  const ids = new Set<string>()
  moveTo(axis, to, ({ id }) => void ids.add(id))
  return [...ids]
}

describe('triggers', () => {
  it('fire whenever a price leaves the band, however far it goes', () =>
    fc.assert(
      fc.property(price, price, price, price, (value, down, up, next) => {
        const { axis } = placed({ value, down, up })
        if (next < value - down || next > value + up) expect(firedAt(axis, next)).toEqual(['alice'])
      }),
    ))

  it('fire on any path that ends outside the band', () =>
    fc.assert(
      fc.property(
        price,
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.array(fc.double({ min: 0.5, max: 2, noNaN: true })),
        (at, part, steps) => {
          const { axis } = placed(symmetric(at, at * part))
          let now = at
          for (const step of steps) {
            now *= step
            // Until they fire the price has stayed inside: then the account is judged again and they are placed anew.
            if (firedAt(axis, now).length > 0) return
            expect(Math.abs(now - at)).toBeLessThanOrEqual(at * part)
          }
        },
      ),
    ))

  it('do not fire well inside it', () => {
    for (const next of [91, 95, 99.99, 100.01, 109]) expect(firedAt(placed(symmetric(100, 10)).axis, next)).toEqual([])
    for (const next of [90, 110]) expect(firedAt(placed(symmetric(100, 10)).axis, next)).toEqual(['alice'])
  })

  it('of a band without an edge on one side fire on the other only', () => {
    const falling = { value: 100, down: 10, up: Number.POSITIVE_INFINITY }
    expect(firedAt(placed(falling).axis, 1e9)).toEqual([])
    expect(firedAt(placed(falling).axis, 89)).toEqual(['alice'])
    const rising = symmetric(100, 100)
    expect(firedAt(placed(rising).axis, 1e-9)).toEqual([])
    expect(firedAt(placed(rising).axis, 201)).toEqual(['alice'])
  })

  it('of a band of no width fire at every move', () => {
    for (const next of [1, 99.999, 100.001, 5000])
      expect(firedAt(placed(symmetric(100, 0)).axis, next)).toEqual(['alice'])
  })

  it('are gone once they are left, or placed elsewhere', () => {
    const { axis, at } = placed(symmetric(100, 1))
    place(axis, at, symmetric(100, 50))
    expect(firedAt(axis, 98)).toEqual([])
    leave(axis, at)
    expect(firedAt(axis, 1)).toEqual([])
    expect([axis.falling.size, axis.rising.size]).toEqual([0, 0])
  })

  it('of many accounts stand in chains from which any may leave', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 4 }))), (moves) => {
        const axis = priceAxis<Account>(100)
        const accounts = Array.from({ length: 21 }, (_, i) => newAccount(`a${i}`, 'cross', newOwner(`a${i}`), 0))
        const places = accounts.map((account) => newPlace(axis, account))
        const width = new Map<string, number>()
        for (const [i, down] of moves) {
          const [at, account] = [places[i], accounts[i]]
          if (at === undefined || account === undefined) continue
          place(axis, at, { value: 100, down: down * 10, up: Number.POSITIVE_INFINITY })
          width.set(account.id, down * 10)
        }
        const expected = [...width].flatMap(([id, down]) => (down <= 20 ? [id] : []))
        expect([...firedAt(axis, 79)].sort()).toEqual(expected.sort())
      }),
    ))

  it('stand in buckets that never fall while the price rises', () =>
    fc.assert(
      fc.property(price, price, (a, b) =>
        expect(priceBucket(Math.min(a, b))).toBeLessThanOrEqual(priceBucket(Math.max(a, b))),
      ),
    ))
})
