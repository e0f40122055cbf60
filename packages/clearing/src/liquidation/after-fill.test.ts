import { add, decimal, format, multiply, subtract } from '@novation/decimal'
import { alice, bob, given, list, listOption, optionMarket, pool, price, type Step, type Wish } from '../kit'
import { healthOf } from '../state/health'
import { liveItems } from '../state/items'
import type { Pool } from '../state/pool'
import type { Liquidation } from '../state/values'
import { afterOf } from './after-fill'

const buffer = '0.1'

/** What alice stands for once so much of each item is taken, as if she were under liquidation for this cause. */
const leftIn = (now: Pool, taken: Readonly<Record<string, string>>, cause?: 'call') => {
  const account = now.accounts.get('alice')
  if (account === undefined) throw new RangeError('there is no alice')
  const health = healthOf(now, account)
  const sale = liveItems(health)
  const after = afterOf(now, account, { cause, terms: { buffer } } as Liquidation, health, sale)
  return { health, left: after(sale.map(({ id }) => decimal(taken[id] ?? '0'))) }
}

/** Three sold, two coins and a half beside them, and a put that was sold: a portfolio. */
const holding = (coins: string, sold: string): readonly (Step | Wish)[] => [
  optionMarket,
  listOption('P80', '80 put'),
  list('PERP', { underlying: 'BTC', lot: '1' }),
  price('PERP', '100'),
  alice.opens('portfolio'),
  alice.holds('1000 USD'),
  alice.holds(`${coins} BTC`),
  bob.holds('1000 USD'),
  alice.sells('1 P80 at 1 to bob'),
  alice.sells(`${sold} PERP at 100 to bob`),
]

describe('what a portfolio stands for once some of it is taken', () => {
  it.each([
    ['a coin and a half', { BTC: '1.5' }, '1', '3'],
    ['two of a position', { PERP: '2' }, '2.5', '1'],
    ['some of both', { BTC: '1.5', PERP: '2' }, '1', '1'],
  ])('is what is required of who holds the rest: %s', (_, taken, coins, sold) => {
    let required = ''
    given(...holding(coins, sold)).then(
      pool((now) => {
        required = format(leftIn(now, {}).health.maintenance)
      }),
    )
    given(...holding('2.5', '3')).then(
      pool((now) => expect(format(leftIn(now, taken).left.requirement)).toBe(required)),
    )
  })

  it('lacks what is missing to its maintenance margin and the buffer; of a call that was missed to its initial margin', () =>
    given(...holding('2.5', '3')).then(
      pool((now) => {
        const { health, left } = leftIn(now, {})
        const target = multiply(add(decimal('1'), decimal(buffer)), health.maintenance)
        expect(format(left.lacks)).toBe(format(subtract(target, health.marked)))
        expect(format(leftIn(now, {}, 'call').left.lacks)).toBe(format(subtract(health.callLine, health.marked)))
      }),
    ))
})
