import { decimal } from '@novation/decimal'
import {
  alice,
  callMargin,
  carol,
  fund,
  funding,
  given,
  happened,
  happenedExactly,
  list,
  marketWorld,
  passed,
  person,
  pool,
  prepare,
  price,
  rates,
  type Step,
  settled,
  startLiquidation,
  ticking,
  type Wish,
} from '../kit'
import { judgeAll } from '../proof/snapshot'
import type { Duty } from './follow-up'
import type { Pool } from './pool'

const backstop = person('backstop')

const dutiesOf = ({ standing }: Pool, id: string): readonly string[] =>
  Object.entries(standing.duties).flatMap(([duty, ids]) => (ids.has(id) ? [duty] : []))

const mustDo = (id: string, ...duties: readonly Duty[]) =>
  pool((now) => {
    expect(dutiesOf(now, id)).toEqual(duties)
    expect(dutiesOf(judgeAll(now), id)).toEqual(duties)
  })

const leveraged = [alice.holds('100 USD'), alice.bought('10 BTC-PERP at 100 from bob')]

describe('who is judged', () => {
  it('healthy owes nothing', () => given(...leveraged).then(mustDo('alice')))

  it('between the margins is called', () => given(...leveraged, price('BTC-PERP', '97')).then(mustDo('alice', 'call')))

  it('below maintenance margin is called and put up for auction', () =>
    given(...leveraged, price('BTC-PERP', '94')).then(mustDo('alice', 'call', 'start')))

  it('exactly at the initial margin is healthy, exactly at the maintenance margin only called', () => {
    given(alice.holds('200 USD'), alice.bought('10 BTC-PERP at 100 from bob'), price('BTC-PERP', '90'))
      .when(alice.withdraws('10 USD'))
      .then(mustDo('alice'))
    given(alice.holds('145 USD'), alice.bought('10 BTC-PERP at 100 from bob'), price('BTC-PERP', '90')).then(
      mustDo('alice', 'call'),
    )
  })

  it('called and healthy again has the call closed', () =>
    given(...leveraged, price('BTC-PERP', '97'), callMargin('alice'))
      .when(price('BTC-PERP', '100'))
      .then(mustDo('alice', 'closeCall')))

  it('is judged by what funding leaves, without being touched', () =>
    given(...leveraged)
      .when(funding('BTC-PERP', '0.06'))
      .then(mustDo('alice', 'call', 'start')))

  it('is left in peace by the open interest that others add: what it holds was margined when it grew', () =>
    given(
      carol.holds('1000000 USD'),
      list('ETH-PERP', { margin: { ...rates('0.1', '0.05'), openInterestScaling: { lower: '1000', upper: '10000' } } }),
      // Well above the line of 100 until others come.
      alice.holds('130 USD'),
      alice.bought('10 ETH-PERP at 100 from bob'),
    )
      .when(carol.buys('50 ETH-PERP at 100 from bob'))
      .then(mustDo('alice')))

  it('is judged at each step by which the price of what it holds wears, and moves with it at the worst and at the best', () => {
    const held = [
      list('ETH-PERP'),
      alice.holds('200 USD'),
      alice.bought('10 ETH-PERP at 100 from bob'),
      alice.bought('10 BTC-PERP at 100 from bob'),
      price('BTC-PERP', '83'),
    ]
    given(...held).then(mustDo('alice', 'call', 'start'))
    // Nothing is live: nobody can bid. Each step allows for another 30 and 24.9 of what the market may have done.
    given(...held, passed('120001 ms')).then(mustDo('alice', 'call'), alice.stands({ status: 'liquidatable' }))
    given(...held, passed('240 s')).then(mustDo('alice', 'call'), alice.stands({ status: 'restricted' }))
    given(...held, passed('480 s')).then(mustDo('alice'), alice.stands({ status: 'restricted', best: '249.6' }))
  })

  it('is judged by the price of its collateral, from the first one on', () => {
    const coins: readonly (Step | Wish)[] = [
      { type: 'RegisterAsset', data: { asset: 'COIN', decimals: 4, haircut: '0.5' } } satisfies Wish,
      alice.holds('100 COIN', '100 USD'),
      alice.bought('10 BTC-PERP at 100 from bob'),
    ]
    const coin = (value: string): Wish => ({ type: 'PublishPrice', data: { asset: 'COIN', price: value } })
    // Unpriced it counts for nothing: its first price alone saves her.
    given(...leveraged, ...coins.slice(0, 1), price('BTC-PERP', '94'), alice.deposits('100 COIN'))
      .when(coin('2'))
      .then(mustDo('alice'))
    given(...coins.slice(0, 1), coin('2'), ...coins.slice(1), price('BTC-PERP', '92')).then(mustDo('alice'))
    given(...coins.slice(0, 1), coin('2'), ...coins.slice(1), price('BTC-PERP', '92'), coin('0.4')).then(
      mustDo('alice', 'call', 'start'),
    )
  })

  it('is judged anew where the backstop comes or goes', () => {
    const over = [
      backstop.opens(),
      ...leveraged,
      price('BTC-PERP', '94'),
      startLiquidation('alice'),
      ticking('35 min'),
      price('BTC-PERP', '94'),
    ]
    given(...over).then(mustDo('alice', 'call', 'deleverage'))
    given(...over, backstop.deposits('1 USD')).then(mustDo('alice', 'call', 'backstop'))
    given(...over, backstop.deposits('1 USD'), backstop.withdraws('1 USD')).then(mustDo('alice', 'call', 'deleverage'))
  })

  it('is not given to a backstop that is under liquidation itself', () =>
    given(
      backstop.holds('100 USD'),
      backstop.bought('10 BTC-PERP at 100 from bob'),
      ...leveraged,
      price('BTC-PERP', '94'),
      startLiquidation('backstop'),
      startLiquidation('alice'),
      ticking('35 min'),
    )
      .when(price('BTC-PERP', '94'))
      .then(mustDo('alice', 'call', 'deleverage'), mustDo('backstop', 'call', 'deleverage')))

  it('and owes with nothing left to close is neither called nor put up for auction', () =>
    given(...leveraged)
      .when(settled('BTC-PERP', '80'))
      .then(mustDo('alice', 'owing')))

  describe('under liquidation', () => {
    const offeredAt = (value: string) => [...leveraged, price('BTC-PERP', value), startLiquidation('alice')]

    it('is left to the bidders while the auction lasts', () =>
      given(...offeredAt('94'))
        .when(price('BTC-PERP', '93'))
        .then(mustDo('alice', 'call')))

    it('stays with them once its equity has changed sign, either way', () => {
      given(...offeredAt('94'))
        .when(price('BTC-PERP', '89.99'))
        .then(mustDo('alice', 'call'))
      given(...offeredAt('89'))
        .when(price('BTC-PERP', '90'))
        .then(mustDo('alice', 'call'))
    })

    it('stays with them once it has recovered, though not to its buffer', () =>
      given(...offeredAt('89'))
        .when(price('BTC-PERP', '95'))
        .then(alice.stands({ status: 'restricted' }), mustDo('alice', 'call')))

    it('has its liquidation ended at the buffer, and not at its maintenance margin, the auction being over', () => {
      given(...offeredAt('94'), price('BTC-PERP', '95.2'))
        .when(price('BTC-PERP', '95.25'))
        .then(mustDo('alice', 'call', 'end'))
      given(...offeredAt('94'), ticking('35 min'), price('BTC-PERP', '94'))
        .when(price('BTC-PERP', '95.2'))
        .then(mustDo('alice', 'call'))
    })
  })

  describe('when a price moves ever so little over a line', () => {
    it('is called below the initial margin, and no more at it', () => {
      const called = [alice.holds('200 USD'), alice.bought('10 BTC-PERP at 100 from bob')]
      given(...called, price('BTC-PERP', '88.9'))
        .when(price('BTC-PERP', '88.88'))
        .then(mustDo('alice', 'call'))
      given(...called, price('BTC-PERP', '88.8'))
        .when(price('BTC-PERP', '89'))
        .then(mustDo('alice'))
    })

    it('is put up for auction below the maintenance margin, and no more at it', () => {
      given(...leveraged, price('BTC-PERP', '94.9'))
        .when(price('BTC-PERP', '94.7'))
        .then(mustDo('alice', 'call', 'start'))
      given(...leveraged, price('BTC-PERP', '94.7'))
        .when(price('BTC-PERP', '94.8'))
        .then(mustDo('alice', 'call'))
    })

    it('counts as insolvent below zero, and no more at it', () => {
      given(...leveraged, price('BTC-PERP', '90.1'))
        .when(price('BTC-PERP', '89.99'))
        .then(happened('PoolFrozen', { shortfall: '45.1' }))
      given(...leveraged, price('BTC-PERP', '89.99'))
        .when(price('BTC-PERP', '90'))
        .then(happened('PoolThawed', { shortfall: '0' }))
    })

    it('lacks more while it is insolvent, to the cent at which the fund is too small', () =>
      given(fund('145 USD'), ...leveraged, price('BTC-PERP', '80'))
        .when(price('BTC-PERP', '79.5'), price('BTC-PERP', '79.47'))
        .then(happenedExactly('PriceTick', 'PriceTick', 'PoolFrozen'), happened('PoolFrozen', { shortfall: '145.04' })))

    it('is judged where its margin grows as fast as its equity falls', () =>
      given(list('S', { margin: rates('1', '1') }), alice.holds('200 USD'), alice.sold('1 S at 100 to bob'))
        .when(price('S', '151'))
        .then(mustDo('alice', 'call', 'start')))

    it('is judged where its margin grows as fast as its equity, and is rounded up a cent beyond it', () =>
      given(list('X', { margin: rates('1', '1') }), alice.holds('100 USD'), alice.bought('1 X at 100 from bob'))
        .when(price('X', '103.001'))
        .then(mustDo('alice', 'call', 'start')))

    it('is judged where two prices move, neither of them far enough by itself', () =>
      given(
        list('S', { margin: rates('1', '1') }),
        list('T', { margin: rates('1', '1') }),
        alice.holds('400 USD'),
        alice.sold('1 S at 100 to bob'),
        alice.sold('1 T at 100 to bob'),
      )
        .when(price('S', '190'), price('T', '190'))
        .then(mustDo('alice', 'call', 'start')))
  })

  it('is left in peace by a tick that cannot have changed anything, until its triggers fire', () => {
    const aboveLine = [alice.holds('101 USD'), alice.bought('10 BTC-PERP at 100 from bob')]
    const judgedAt = (...prices: readonly string[]) =>
      prepare(marketWorld, [...aboveLine, ...prices.map((at) => price('BTC-PERP', at))]).pool.accounts.get('alice')
        ?.stand.health?.equity
    expect(judgedAt('110')).toEqual(decimal('101'))
    expect(judgedAt('110', '99.9')).toEqual(decimal('100'))
  })
})
