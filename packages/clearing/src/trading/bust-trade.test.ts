import { format, zero } from '@novation/decimal'
import {
  accepted,
  after,
  alice,
  as,
  bob,
  bust,
  carol,
  everybodyActs,
  funding,
  given,
  happened,
  happenedExactly,
  list,
  minutes,
  named,
  open,
  parameters,
  passed,
  pool,
  price,
  refused,
  rejected,
  type Step,
  setState,
  settled,
  stated,
  trade,
  type Wish,
} from '../kit'
import type { Pool } from '../state/pool'

const btc = (value: string): Wish => price('BTC-PERP', value)
/** A deal that was a mistake: alice buys of bob. */
const wrong = (quantity: string, at: string): Wish =>
  trade({ trade: 'wrong', instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity, price: at })
const rich = [alice.holds('1000 USD'), bob.holds('1000 USD'), carol.holds('1000 USD'), btc('100')]

/** All that a bust is to give back: what an account holds, what that has cost, how crowded it is, and what it has made. */
const standing = ({ accounts, dust }: Pool, id: string): unknown => {
  const account = accounts.get(id)
  const { quantity, cash, crowding } = account?.positions.get('BTC-PERP') ?? {}
  return [
    [quantity, cash, crowding].map((value) => (value === undefined ? 'none' : format(value))),
    [...(account?.balances ?? [])].map(([asset, amount]) => [asset, format(amount)]),
    (account?.gains.get('BTC-PERP') ?? []).flatMap(({ made }) => (format(made) === '0' ? [] : [format(made)])),
    [...dust.balances].map(([asset, amount]) => [asset, format(amount)]),
  ]
}

const standings = (of: Pool): unknown => ['alice', 'bob'].map((id) => standing(of, id))

/** What was before, a mistake and its bust are what was before. */
const comesToNothing = (before: readonly (Step | Wish)[], mistake: Wish): void => {
  const found: unknown[] = []
  given(...rich, ...before)
    .when()
    .then(({ pool: so }) => found.push(standings(so)))
  given(...rich, ...before)
    .when(mistake, after('10 min'), btc('104'), bust('wrong'), btc('100'))
    .then(({ pool: so }) => found.push(standings(so)))
  expect(found[1]).toEqual(found[0])
}

describe('a trade that is busted', () => {
  it('is dealt the other way at its own price, whatever the mark is by now', () =>
    given(...rich, wrong('2', '130'))
      .when(btc('90'), bust('wrong'))
      .then(
        accepted,
        happenedExactly('PriceTick', 'TradeBusted'),
        happened('TradeBusted', {
          trade: 'wrong',
          instrument: 'BTC-PERP',
          price: '130',
          sides: [
            { account: 'alice', quantity: '-2', held: '0', reversed: '0', realised: '0' },
            { account: 'bob', quantity: '2', held: '0', reversed: '0', realised: '0' },
          ],
        }),
        alice.stands({ positions: [], equity: '1000', collateral: { USD: '1000' } }),
        bob.stands({ positions: [], equity: '1000', collateral: { USD: '1000' } }),
        stated({ instruments: [expect.objectContaining({ openInterest: '0', longCost: '0', shortCost: '0' })] }),
      ))

  it('names the revision that it corrects', () =>
    given(...rich, wrong('2', '130'))
      .when(bust('wrong'))
      .then(({ happened: [event], pool: { recentTrades } }) =>
        expect(event?.data).toMatchObject({ corrects: recentTrades.get('wrong')?.revision }),
      ))

  it('leaves nothing behind: not of what it opened', () => comesToNothing([], wrong('2', '130')))

  it('nor of what it added to, at the cost that this had', () =>
    comesToNothing([alice.buys('3 BTC-PERP at 33.335 from bob')], wrong('1', '77.7')))

  it('nor of what it reduced: that has its cost again, and what was realised is no gain', () =>
    comesToNothing([alice.sells('3 BTC-PERP at 33.335 to bob')], wrong('1', '77.77')))

  it('nor of what it closed, dust included', () =>
    comesToNothing([alice.sells('3 BTC-PERP at 33.3335 to bob')], wrong('3', '77.7777')))

  it('nor where it went through zero', () =>
    comesToNothing([alice.sells('1 BTC-PERP at 80.005 to bob')], wrong('3', '77.7777')))

  it('nor of how crowded the positions were', () => {
    const scaled = list('BTC-FUT', {
      kind: 'future',
      expiry: '2020-06-12T10:00:00Z',
      margin: {
        model: 'tiered',
        tiers: [{ initial: '0.1', maintenance: '0.05' }],
        openInterestScaling: { lower: '0', upper: '10000' },
      },
    })
    const fut = (id: string, quantity: string): Wish =>
      trade({ trade: id, instrument: 'BTC-FUT', buyer: 'alice', seller: 'bob', quantity, price: '100' })
    given(...rich, scaled, price('BTC-FUT', '100'), fut('first', '5'))
      .when(fut('wrong', '7'), bust('wrong'))
      .then(
        pool(({ accounts }) =>
          expect(
            ['alice', 'bob'].map((id) => format(accounts.get(id)?.positions.get('BTC-FUT')?.crowding ?? zero)),
          ).toEqual(['0.05', '0.05']),
        ),
      )
  })

  it('lets what was dealt since stand: what is left over is realised by it', () =>
    // Without the mistake carol would have bought of alice what alice had at 100: 30 are made.
    given(
      ...rich,
      alice.buys('1 BTC-PERP at 100 from bob'),
      wrong('1', '120'),
      alice.sells('1 BTC-PERP at 130 to carol'),
    )
      .when(bust('wrong'))
      .then(
        happened('TradeBusted', {
          sides: [
            { account: 'alice', quantity: '-1', held: '0', reversed: '0', realised: '10' },
            { account: 'bob', quantity: '1', held: '-1', reversed: '0', realised: '0' },
          ],
        }),
        alice.stands({ collateral: { USD: '1030' }, positions: [] }),
      ))

  it('keeps what was paid in funding meanwhile', () =>
    given(...rich, wrong('2', '100'), funding('BTC-PERP', '0.1'))
      .when(bust('wrong'))
      .then(
        happenedExactly('FundingSettled', 'FundingSettled', 'TradeBusted'),
        alice.stands({ equity: '980' }),
        bob.stands({ equity: '1020' }),
      ))

  it('asks for no margin, and no size', () =>
    given(...rich, alice.sells('50 BTC-PERP at 100 to bob'), wrong('50', '100'), alice.withdraws('900 USD'))
      .when(bust('wrong'))
      .then(accepted, alice.stands({ equity: '100', status: 'liquidatable' })))

  it('in a market that is only reduced may raise the open interest again: it makes nothing new', () =>
    given(...rich, alice.sells('5 BTC-PERP at 100 to bob'), wrong('5', '100'), setState('BTC-PERP', 'reduce-only'))
      .when(bust('wrong'))
      .then(accepted))

  it('ends a liquidation that it alone had brought about', () =>
    given(...rich, wrong('90', '100'), btc('92'), everybodyActs)
      .when(bust('wrong'))
      .then(happened('LiquidationEnded', { account: 'alice', reason: 'closed' }), alice.stands({ equity: '1000' })))
})

describe('what is made by a mistake', () => {
  /** Alice sells at 200 what costs 100, and has made 1,000 by that. */
  const gift = trade({
    trade: 'wrong',
    instrument: 'BTC-PERP',
    buyer: 'bob',
    seller: 'alice',
    quantity: '5',
    price: '200',
  })
  const gifted = [...rich, alice.buys('5 BTC-PERP at 100 from bob'), gift]

  it('has not matured as long as it can be busted, so nobody takes it out before', () => {
    given(...gifted)
      .when(alice.withdraws('1001 USD'))
      .then(rejected('not-matured'))
    given(...gifted, alice.withdraws('1000 USD'))
      .when(bust('wrong'))
      .then(accepted, alice.stands({ equity: '0' }))
  })

  it('is no profit any more once it is: what is fresh is what it was', () =>
    given(...gifted)
      .when(bust('wrong'))
      .then(alice.stands({ profit: '0', maturing: [], equity: '1000' })))

  it('is no profit of the cycle before either, where that has ended meanwhile', () =>
    given(parameters({ maturity_s: 600 }), ...gifted)
      .when(passed('15 min'), btc('100'), bust('wrong'))
      .then(alice.stands({ profit: '0', maturing: [] })))

  it('is not taken back where a side would be below zero: nobody is made a debtor', () =>
    given(...gifted, btc('60'), alice.withdraws('1000 USD'))
      .when(bust('wrong'))
      .then(rejected('insufficient-margin'), alice.stands({ equity: '500' })))
})

describe('a bust is refused', () => {
  it('of a trade that nobody knows, and of one that was busted, whose name stays used', () => {
    given(...rich)
      .when(bust('wrong'))
      .then(rejected('unknown-trade'))
    given(...rich, wrong('1', '100'), bust('wrong'))
      .when(bust('wrong'))
      .then(rejected('unknown-trade'))
    given(...rich, wrong('1', '100'), bust('wrong'))
      .when(wrong('1', '100'))
      .then(rejected('duplicate-trade'))
  })

  it('after an hour, or what the pool says', () => {
    given(...rich, wrong('1', '100'), after('1 h'), btc('100'))
      .when(bust('wrong'))
      .then(accepted)
    given(...rich, wrong('1', '100'), after('3600001 ms'), btc('100'))
      .when(bust('wrong'))
      .then(rejected('too-late'))
    given(...rich, parameters({ bust_s: 60 }), wrong('1', '100'), after('60001 ms'))
      .when(bust('wrong'))
      .then(rejected('too-late'))
    given(...rich, parameters({ bust_s: 0 }), wrong('1', '100'))
      .when(bust('wrong'))
      .then(rejected('too-late'))
  })

  it('after what was promised when it was cleared, also where the pool allows for longer since, or shorter', () => {
    given(...rich, parameters({ bust_s: 60 }), wrong('1', '100'), parameters({ bust_s: 3600 }), after('61 s'))
      .when(bust('wrong'))
      .then(rejected('too-late'))
    given(...rich, wrong('1', '100'), parameters({ bust_s: 60 }), after('90 s'))
      .when(bust('wrong'))
      .then(accepted)
  })

  it('where nobody deals: on a stale price, in a halt, once it is settled', () => {
    given(...rich, wrong('1', '100'), after('121 s'))
      .when(bust('wrong'))
      .then(rejected('stale-price'))
    given(...rich, wrong('1', '100'), setState('BTC-PERP', 'halted'))
      .when(bust('wrong'))
      .then(rejected('not-trading'))
    given(...rich, wrong('1', '100'), settled('BTC-PERP', '100'))
      .when(bust('wrong'))
      .then(rejected('not-trading'))
  })

  it('where an isolated account holds something else by now', () =>
    given(
      ...rich,
      list('ETH-PERP'),
      price('ETH-PERP', '100'),
      open('dan', 'isolated'),
      { type: 'Deposit', data: { account: 'dan', asset: 'USD', amount: '1000' } },
      trade({ trade: 'a', instrument: 'BTC-PERP', buyer: 'dan', seller: 'bob', quantity: '1', price: '100' }),
      trade({ trade: 'b', instrument: 'BTC-PERP', buyer: 'bob', seller: 'dan', quantity: '1', price: '100' }),
      trade({ trade: 'c', instrument: 'ETH-PERP', buyer: 'dan', seller: 'bob', quantity: '1', price: '100' }),
    )
      .when(bust('b'))
      .then(rejected('isolated-account')))

  it('where it would make larger what is being wound down', () =>
    given(
      ...rich,
      alice.buys('90 BTC-PERP at 100 from bob'),
      trade({ trade: 'wrong', instrument: 'BTC-PERP', buyer: 'bob', seller: 'alice', quantity: '5', price: '100' }),
      btc('92'),
      everybodyActs,
    )
      .when(bust('wrong'))
      .then(rejected('under-liquidation')))

  it('of whoever is no operator', () =>
    given(...rich, wrong('1', '100'))
      .when(as('venue', bust('wrong')))
      .then(refused('not-permitted')))
})

describe('what is kept of trades', () => {
  it('is kept while they can be busted, and forgotten with the first one after as long again', () => {
    const dealt = (count: number): readonly (Step | Wish)[] =>
      Array.from({ length: count }, (_, i) => named(`n-${i}`, alice.buys('0.01 BTC-PERP at 100 from bob')))
    given(...rich, ...dealt(3), ...minutes(61, btc('100')))
      .when(alice.buys('0.01 BTC-PERP at 100 from bob'))
      .then(pool(({ recentTrades, trades }) => expect([recentTrades.size, trades.size]).toEqual([1, 4])))
  })
})
