import { format } from '@novation/decimal'
import { alice, fund, given, pool, price } from '../kit'
import { judgeAll } from '../proof/snapshot'
import { deficitsOf, shortfallOf } from './shortfall'

// At 80 she is 100 below zero, far from any line of hers, and the fund is far from being too small.
const bankrupt = [
  fund('100000 USD'),
  alice.holds('100 USD'),
  alice.bought('10 BTC-PERP at 100 from bob'),
  price('BTC-PERP', '80'),
]

describe('what those below zero lack', () => {
  it('follows a price that judges none of them', () =>
    given(...bankrupt, price('BTC-PERP', '79.5')).then(
      pool((now) => {
        expect(format(deficitsOf(now))).toBe('105')
        expect(format(shortfallOf(now))).toBe(format(shortfallOf(judgeAll(now))))
      }),
    ))

  it('is nothing once the price is back', () =>
    given(...bankrupt, price('BTC-PERP', '95')).then(
      pool((now) => {
        expect(format(deficitsOf(now))).toBe('0')
        expect(format(shortfallOf(now))).toBe('0')
      }),
    ))
})
