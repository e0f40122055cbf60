import fc from 'fast-check'
import { bucketOf, move, noTriggers, place, remove } from './triggers'

const price = fc.double({ min: 1e-9, max: 1e9, noNaN: true })

describe('triggers', () => {
  it('fire whenever a price leaves the band, however far it goes', () =>
    fc.assert(
      fc.property(price, fc.double({ min: 0, max: 1, noNaN: true }), price, (at, part, next) => {
        const halfWidth = at * part
        const placed = place(noTriggers(at), 'alice', { price: at, halfWidth })
        if (next < at - halfWidth || next > at + halfWidth) expect(move(placed, next).ids).toContain('alice')
      }),
    ))

  it('fire on any path that ends outside the band', () =>
    fc.assert(
      fc.property(
        price,
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.array(fc.double({ min: 0.5, max: 2, noNaN: true })),
        (at, part, steps) => {
          let triggers = place(noTriggers(at), 'alice', { price: at, halfWidth: at * part })
          let now = at
          for (const step of steps) {
            now *= step
            const moved = move(triggers, now)
            // Until they fire the price has stayed inside: then the account is judged again and they are placed anew.
            if (moved.ids.length > 0) return
            triggers = moved.triggers
            expect(Math.abs(now - at)).toBeLessThanOrEqual(at * part)
          }
        },
      ),
    ))

  it('do not fire well inside it', () => {
    const placed = place(noTriggers(100), 'alice', { price: 100, halfWidth: 10 })
    for (const next of [91, 95, 99.99, 100, 100.01, 109]) expect(move(placed, next).ids).toEqual([])
    expect(move(placed, 90).ids).toEqual(['alice'])
    expect(move(placed, 110).ids).toEqual(['alice'])
  })

  it('of a band that reaches zero fire on a rise only', () => {
    const placed = place(noTriggers(100), 'alice', { price: 100, halfWidth: 100 })
    expect(move(placed, 1e-9).ids).toEqual([])
    expect(move(placed, 201).ids).toEqual(['alice'])
  })

  it('of a band of no width fire at every tick', () => {
    const placed = place(noTriggers(100), 'alice', { price: 100, halfWidth: 0 })
    for (const next of [1, 99.999, 100, 100.001, 5000]) expect(move(placed, next).ids).toContain('alice')
  })

  it('are gone once they are removed, or placed elsewhere', () => {
    const placed = place(noTriggers(100), 'alice', { price: 100, halfWidth: 1 })
    expect(move(remove(placed, 'alice'), 1).ids).toEqual([])
    expect(move(place(placed, 'alice', { price: 100, halfWidth: 50 }), 98).ids).toEqual([])
    expect(remove(placed, 'bob')).toBe(placed)
    expect(remove(placed, 'alice').falling.size).toBe(0)
  })

  it('stand in buckets that never fall while the price rises', () =>
    fc.assert(
      fc.property(price, price, (a, b) =>
        expect(bucketOf(Math.min(a, b))).toBeLessThanOrEqual(bucketOf(Math.max(a, b))),
      ),
    ))
})
