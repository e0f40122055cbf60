import {
  after,
  alice,
  assetPrice,
  bob,
  callDebit,
  callMargin,
  carol,
  closeDebit,
  everybodyActs,
  given,
  happened,
  happenedExactly,
  lastingPrices,
  list,
  minutes,
  parameters,
  passed,
  passTime,
  pool,
  price,
  registerAsset,
  type Step,
  setState,
  stated,
  type Wish,
} from '../kit'
import { deadlineOf } from '../state/countdown'
import { nextDue } from '../time/due'

const lots = list('ETH-PERP', { lot: '0.001' })
const eth = assetPrice('ETH', '100')
const sol = assetPrice('SOL', '100')

/** alice has lost 500 in cash to bob, beside so many ETH and SOL of 100 each. */
const owing = (held: string, ...more: readonly (Step | Wish)[]) => [
  lots,
  registerAsset('ETH', 4, { haircut: '0.1' }),
  registerAsset('SOL', 4, { haircut: '0.1' }),
  eth,
  sol,
  bob.holds('2000 USD'),
  ...held.split(' and ').map((amount) => alice.holds(amount)),
  alice.bought('1 ETH-PERP at 5000 from bob'),
  price('ETH-PERP', '4500'),
  alice.sells('1 ETH-PERP at 4500 to bob'),
  carol.holds('100000 USD'),
  callDebit('alice'),
  ...more,
]

/** When a debit of alice fell due, by the events. */
const dueAt = (at: string | undefined) => (world: { readonly happened: readonly { readonly at: string }[] }) =>
  expect(world.happened.find((event) => JSON.stringify(event).includes('"what":"debit"'))?.at.slice(11, 19)).toEqual(at)

const deadline = (what: 'call' | 'debit', at: string) =>
  pool((now) => {
    const account = now.accounts.get('alice')
    expect(account && new Date(deadlineOf(now, account, what)).toISOString().slice(11, 23)).toBe(at)
  })

describe('the time of a debit', () => {
  it('runs while its coins can be sold', () =>
    given(...owing('20 ETH'))
      .when(...minutes(61, eth))
      .then(dueAt('11:00:00')))

  it('stands still in an outage of all its coins', () => {
    given(...owing('20 ETH'))
      .when(...minutes(10, eth), passed('15 min'), after('1 min'), passTime)
      .then(deadline('debit', '11:14:00.000'))
    given(...owing('20 ETH'))
      .when(...minutes(10, eth), passed('15 min'), ...minutes(60, eth))
      .then(dueAt('11:14:00'))
  })

  it('stands still in an outage of more than half the collateral, and no matter what else has a price', () =>
    given(...owing('5 ETH and 20 SOL'))
      .when(...minutes(10, eth, sol), ...minutes(10, eth), ...minutes(60, eth, sol))
      .then(({ happened: events }) => expect(events.length).toBeGreaterThan(0), dueAt('11:09:00')))

  it('runs on in an outage of less than half', () =>
    given(...owing('5 ETH and 20 SOL'))
      .when(...minutes(10, eth, sol), ...minutes(51, sol))
      .then(dueAt('11:00:00')))

  it('runs on once what is away has worn so far that the rest is half of what is required', () =>
    // 20 SOL require 200 of 350; worn by a quarter or more, no more than half.
    given(...owing('15 ETH and 20 SOL'))
      .when(...minutes(10, eth, sol), ...minutes(60, eth))
      .then(dueAt('11:04:00')))

  it('is no matter of positions', () =>
    given(...owing('20 ETH'), alice.bought('0.01 ETH-PERP at 4500 from bob'))
      .when(...minutes(61, price('ETH-PERP', '4500')))
      .then(dueAt(undefined)))

  it('goes on where the debit is met and made again every 55 minutes', () => {
    const lose = (from: string, to: string) => [
      alice.bought(`1 ETH-PERP at ${from} from bob`),
      price('ETH-PERP', to),
      alice.sells(`1 ETH-PERP at ${to} to bob`),
    ]
    given(...owing('20 ETH'))
      .when(
        ...minutes(55, eth),
        alice.deposits('500 USD'),
        closeDebit('alice'),
        price('ETH-PERP', '4500'),
        ...lose('4500', '4400'),
        callDebit('alice'),
        ...minutes(6, eth),
      )
      .then(dueAt('11:00:00'), happened('DebitCalled', { amount: '100', deadline: '2020-03-12T11:00:00.000Z' }))
  })

  it('is what is left of it where the debit was met in an outage', () =>
    given(...owing('20 ETH'))
      .when(...minutes(10, eth), passed('15 min'), alice.deposits('500 USD'), closeDebit('alice'))
      .then(pool(({ accounts }) => expect(accounts.get('alice')?.paused.get('debit')?.ms).toBe(48 * 60_000))))

  it('is said to wait where too little can be sold', () =>
    given(...owing('20 ETH'))
      .when(passed('15 min'))
      .then(stated({ open: [{ what: 'debit', id: 'alice' }] })))
})

describe('the time of a margin call', () => {
  const called = (...more: readonly (Step | Wish)[]) => [
    lots,
    list('BTC-PERP2', { lot: '0.001' }),
    alice.holds('700 USD'),
    bob.holds('5000 USD'),
    alice.bought('1 ETH-PERP at 5000 from bob'),
    alice.bought('20 BTC-PERP2 at 100 from bob'),
    price('ETH-PERP', '4870'),
    price('BTC-PERP2', '100'),
    callMargin('alice'),
    ...more,
  ]
  const both = [price('ETH-PERP', '4870'), price('BTC-PERP2', '100')]

  it('runs while what requires most of its margin can be dealt in', () =>
    given(...called())
      .when(...minutes(61, price('ETH-PERP', '4870')))
      .then(happened('MarginCallMissed', { deadline: '2020-03-12T11:00:00.000Z' })))

  it('stands still while it cannot, and runs on with its next price', () =>
    given(...called())
      .when(...minutes(10, ...both), ...minutes(20, price('BTC-PERP2', '100')), ...minutes(52, ...both))
      .then(happened('MarginCallMissed', { deadline: '2020-03-12T11:19:00.000Z' })))

  it('stands still in a halt, and while a price is held', () => {
    given(...called(), ...minutes(10, ...both), setState('ETH-PERP', 'halted'), ...minutes(20, ...both))
      .when(setState('ETH-PERP', 'open'))
      .then(deadline('call', '11:20:00.000'))
    given(...called(), parameters({ deviation: '0.05' }), ...minutes(10, ...both), price('ETH-PERP', '6000'))
      .when(passed('1 min'), ...both)
      .then(deadline('call', '11:01:00.000'))
  })

  it('is not missed a millisecond before, nor told of beforehand where no price lasts until then', () => {
    given(lastingPrices, ...called())
      .when(passed('3599999 ms'))
      .then(happenedExactly())
    given(...called()).then(pool((now) => expect(nextDue(now)).toBe(Date.parse('2020-03-12T10:02:00.001Z'))))
    given(...called(), ...minutes(59, ...both)).then(
      pool((now) => expect(nextDue(now)).toBe(Date.parse('2020-03-12T11:00:00Z'))),
    )
  })

  it('does not count anew what has gone by while it stood still, where the rest comes to require more', () =>
    given(...called(), passed('20 min'), price('BTC-PERP2', '100'), parameters({ callPeriod_s: 3600 }))
      .when(alice.deposits('1 USD'), everybodyActs)
      .then(deadline('call', '11:18:00.000')))
})
