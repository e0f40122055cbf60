import { add, atLeast, atMost, decimal, format, integer, max, min, multiply, unit } from '@novation/decimal'
import fc from 'fast-check'
import { amount } from '../arbitraries'
import { slowPrice } from './slow'

const terms = { slow_ms: 15_000, places: 2 }
const of = (price: string, slow: string, dt: number): string =>
  format(slowPrice({ price: decimal(price), slow: decimal(slow), observedAt: 5000 }, 5000 + dt, terms))

describe('the slow price', () => {
  it.each([
    ['16190', '20000', 1000, '19761.875'],
    ['16189', '19761.875', 1000, '19538.5703125'],
    ['16190', '20000', 15_000, '18095'],
    ['16190', '20000', 3_600_000, '18095'],
    ['16190', '20000', 0, '20000'],
    ['100.01', '100', 1, '100.00000067'],
  ])('follows %s from %s in %i ms to %s', (price, slow, dt, then) => expect(of(price, slow, dt)).toBe(then))

  it('lies between what it was and what it follows', () =>
    fc.assert(
      fc.property(amount(1, 900, 2), amount(1, 900, 8), fc.nat(60_000), (price, slow, dt) => {
        const next = slowPrice({ price, slow, observedAt: 0 }, dt, terms)
        expect(atLeast(next, min(price, slow)) && atMost(next, max(price, slow))).toBe(true)
      }),
    ))

  it('is moved over y by a spike of x only once that has stood slow_ms * ln(x / (x - y)), however often it ticks', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 50 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 20, max: 4000 }),
        (x, part, step) => {
          const y = (x * part) / 41
          const spiked = integer(1000 + x)
          const breach = add(integer(1000), multiply(unit(9), integer(Math.round(y * 1e9))))
          let slow = integer(1000)
          let stood = 0
          while (!atLeast(slow, breach)) {
            slow = slowPrice({ price: spiked, slow, observedAt: 0 }, step, terms)
            stood += step
          }
          // The first tick of the spike moves nothing: the time since then is what it has stood.
          expect(stood).toBeGreaterThanOrEqual(terms.slow_ms * Math.log(x / (x - y)) - 1)
        },
      ),
    ))
})
