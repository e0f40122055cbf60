import {
  alice,
  bob,
  callMargin,
  carol,
  funding,
  given,
  list,
  passed,
  person,
  pool,
  price,
  rates,
  type Step,
  startLiquidation,
  type Wish,
} from '../kit'
import { judgeAll } from './judge'
import type { Pool } from './pool'
import type { Duty } from './standing'

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

  it('is judged by the open interest that others add, where the initial rate scales with it', () =>
    given(
      carol.holds('1000000 USD'),
      list('ETH-PERP', { margin: { ...rates('0.1', '0.05'), openInterestScaling: { lower: '1000', upper: '10000' } } }),
      alice.holds('100 USD'),
      alice.bought('10 ETH-PERP at 100 from bob'),
    )
      .when(carol.buys('50 ETH-PERP at 100 from bob'))
      .then(mustDo('alice', 'call')))

  it('is judged by the price of its collateral, from the first one on', () => {
    const coins: readonly (Step | Wish)[] = [
      { type: 'RegisterAsset', data: { asset: 'COIN', decimals: 4, haircut: '0.5' } } satisfies Wish,
      alice.holds('100 COIN', '100 USD'),
      alice.bought('10 BTC-PERP at 100 from bob'),
    ]
    const coin = (value: string): Wish => ({ type: 'PublishPrice', data: { asset: 'COIN', price: value } })
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
      passed('35 min'),
      price('BTC-PERP', '94'),
    ]
    given(...over).then(mustDo('alice', 'call', 'deleverage'))
    given(...over, backstop.deposits('1 USD')).then(mustDo('alice', 'call', 'backstop'))
    given(...over, backstop.deposits('1 USD'), backstop.withdraws('1 USD')).then(mustDo('alice', 'call', 'deleverage'))
  })

  it('is left in peace by a tick that cannot have changed anything', () =>
    given(...leveraged, bob.holds('1 USD'), price('BTC-PERP', '105')).then(
      pool((now) => expect(now.standing.triggers.get('BTC-PERP')?.placed.size).toBe(2)),
    ))

  it('has its triggers where it was last judged, until they fire', () => {
    const world = given(...leveraged, price('BTC-PERP', '110')).world
    const placed = world.pool.standing.triggers.get('BTC-PERP')?.placed
    given(...leveraged, price('BTC-PERP', '110'))
      .when(price('BTC-PERP', '109.5'))
      .then(pool((now) => expect(now.standing.triggers.get('BTC-PERP')?.placed.toJS()).toEqual(placed?.toJS())))
  })
})
