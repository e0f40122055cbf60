import { add, atMost, decimal, format, isNegative, max, zero } from '@novation/decimal'
import fc from 'fast-check'
import {
  accepted,
  after,
  alice,
  bob,
  given,
  happened,
  lastingPrices,
  marketWorld,
  pool,
  prepare,
  price,
  rejected,
  settled,
} from '../kit'
import { healthOf } from './health'
import type { Account, Pool } from './pool'
import { profitOf, profitsIn } from './profit'
import { principalOf } from './worth'

const accountOf = (now: Pool, id: string): Account => {
  const account = now.accounts.get(id)
  if (account === undefined) throw new Error(`no account ${id}`)
  return account
}
const profit = (id: string, expected: string) =>
  pool((now) => expect(format(profitOf(now, accountOf(now, id)))).toBe(expected))

/** Alice has sold one of the two that she bought at 50 for 60; bob is on the other side of the second. Cycles begin at 0 and at 12 o'clock. */
const sold = [
  lastingPrices,
  alice.holds('100 USD'),
  bob.holds('1000 USD'),
  alice.bought('2 BTC-PERP at 50 from bob'),
  price('BTC-PERP', '60'),
  alice.sells('1 BTC-PERP at 60 to bob'),
]
/** Then she sells the second too. */
const flat = [...sold, alice.sells('1 BTC-PERP at 60 to bob')]

describe('provisional profit', () => {
  it('is what was made, realised or not, beyond what was paid in', () => given(...sold).then(profit('alice', '20')))

  it('is nothing of who has lost', () => given(...sold).then(profit('bob', '0')))

  it('ends with the cycle after the one it was made in: then it has stood', () => {
    given(...flat, after('13 h'), alice.deposits('1 USD')).then(profit('alice', '20'))
    given(...flat, after('14 h'), alice.deposits('1 USD')).then(profit('alice', '0'))
  })

  it('is as long as it is not realised never anything that has stood', () =>
    given(...sold, after('40 h'), alice.deposits('1 USD')).then(profit('alice', '10')))

  it('is of the instrument in which it was made, also of one that was settled', () => {
    const inBtc = (expected: string) =>
      pool((now) => {
        const account = accountOf(now, 'alice')
        expect(format(profitsIn(now, account, profitOf(now, account)).get('BTC-PERP') ?? zero)).toBe(expected)
      })
    given(...sold).then(inBtc('20'))
    given(...sold, settled('BTC-PERP', '65')).then(inBtc('25'))
  })

  it('and principal are never more than the account is worth at the worst', () => {
    const at = (mark: number) => prepare(marketWorld, [...sold, price('BTC-PERP', String(mark))]).pool
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (mark) => {
        const now = at(mark)
        for (const account of now.accounts.values()) {
          const own = profitOf(now, account)
          expect(isNegative(own)).toBe(false)
          const worth = max(zero, healthOf(now, account).worst)
          expect(atMost(own, worth)).toBe(true)
          expect(atMost(add(own, principalOf(now, account)), worth) || format(own) === '0').toBe(true)
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe('a withdrawal', () => {
  it('leaves what has not stood yet', () => {
    given(...flat)
      .when(alice.withdraws('100 USD'))
      .then(accepted)
    given(...flat)
      .when(alice.withdraws('100.01 USD'))
      .then(rejected('not-matured'))
  })

  it('may be of all once it has', () =>
    given(...flat, after('14 h'))
      .when(alice.withdraws('120 USD'))
      .then(accepted))

  it('counts what a position has lost against what is left', () =>
    given(...flat, alice.bought('1 BTC-PERP at 60 from bob'), price('BTC-PERP', '55'))
      .when(alice.withdraws('96 USD'))
      .then(rejected('not-matured')))

  it('tells a settlement as a gain, with the funding that was due', () =>
    given(...sold)
      .when(settled('BTC-PERP', '65'))
      .then(happened('InstrumentSettled'), profit('alice', '25')))

  it('takes nothing that is made elsewhere for what has stood', () =>
    given(
      ...flat,
      after('14 h'),
      alice.bought('1 BTC-PERP at 60 from bob'),
      price('BTC-PERP', '70'),
      alice.sells('1 BTC-PERP at 70 to bob'),
    )
      .when(alice.withdraws(`${format(decimal('120'))} USD`))
      .then(accepted, profit('alice', '10')))
})
