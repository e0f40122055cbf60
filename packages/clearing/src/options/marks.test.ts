import { format } from '@novation/decimal'
import {
  accepted,
  after,
  alice,
  all,
  assetPrice,
  bob,
  delist,
  forward,
  given,
  happened,
  instrumentParameters,
  marketAt,
  optionMarket,
  parameters,
  pool,
  price,
  rates,
  rejected,
  type Step,
  settle,
  volatility,
} from '../kit'
import { healthOf, missingFor } from '../state/health'
import type { Pool } from '../state/pool'

const marked = (id: string, value: string) =>
  pool((now: Pool) => expect(format(now.instruments.get(id)?.price?.value ?? fail(id))).toBe(value))
const fail = (id: string): never => {
  throw new Error(`${id} has no mark`)
}
const isLive = (id: string, live: boolean) =>
  pool((now: Pool) => expect(now.instruments.get(id)?.stand.live).toBe(live))

/** Alice holds a call that she has bought of bob at its mark. */
const bought: Step = all(
  optionMarket,
  alice.holds('1000 USD'),
  bob.holds('1000 USD'),
  alice.buys('1 CALL at 7.6 from bob'),
)

describe('the mark of an option', () => {
  it('follows from index, forward and volatility', () => given().when(optionMarket).then(marked('CALL', '7.62465429')))

  it('moves with the index between forwards', () =>
    given(optionMarket).when(assetPrice('BTC', '102')).then(marked('CALL', '8.79527242')))

  it('decays by the time of the last event of its market, and not by the clock', () =>
    given(optionMarket, after('60 s')).when(price('BTC-PERP', '100')).then(marked('CALL', '7.62465429')))

  it('decays once its market is heard of again', () =>
    given(optionMarket, after('60 s')).when(assetPrice('BTC', '100')).then(marked('CALL', '7.62451764')))

  it('is told by nobody', () => given(optionMarket).when(price('CALL', '8')).then(rejected('not-supported')))

  it('is unknown before there is a surface, and nobody deals in it', () =>
    given(optionMarket, forward('101', { expiry: '2020-04-30T10:00:00Z' }), {
      type: 'ListInstrument',
      data: {
        instrument: 'LATER',
        kind: 'option',
        settlementAsset: 'USD',
        underlying: 'BTC',
        expiry: '2020-04-30T10:00:00Z',
        strike: '100',
        optionType: 'call',
      },
    })
      .when(alice.holds('100 USD'), bob.holds('100 USD'), alice.buys('1 LATER at 7 from bob'))
      .then(rejected('stale-price')))
})

describe('when an input of an option is stale', () => {
  const stale = all(bought, after('301 s'), assetPrice('BTC', '100'), forward('101'))

  it('it is not dealt in', () => given(stale).when(alice.buys('1 CALL at 7.6 from bob')).then(rejected('stale-price')))

  it('the input is named', () =>
    given(stale)
      .when(assetPrice('BTC', '100'))
      .then(
        pool((now) => {
          const account = now.accounts.get('alice')
          expect(account && missingFor(now, account)).toEqual(['BTC@2020-03-30 volatility'])
        }),
      ))

  it('the option wears, and never comes to less than nothing for who holds it', () =>
    given(stale)
      .when(assetPrice('BTC', '100'))
      .then(
        isLive('CALL', false),
        pool((now) => {
          const account = now.accounts.get('alice')
          const held = account && healthOf(now, account).positions[0]
          expect(held && format(held.worst)).toBe('-7.6')
        }),
      ))

  it('it is dealt in again once that is there', () =>
    given(stale).when(volatility('0.8')).then(accepted, isLive('CALL', true)))
})

describe('while a price of the underlying is held', () => {
  const held = all(bought, parameters({ deviation: '0.05', confirm_ms: 3000 }), assetPrice('BTC', '1000'))

  it('nobody deals in options on it', () =>
    given(held).when(alice.buys('1 CALL at 7.6 from bob')).then(rejected('stale-price')))

  it('the mark stays, and counts beside what it would be', () =>
    given(bought, parameters({ deviation: '0.05', confirm_ms: 3000 }))
      .when(assetPrice('BTC', '1000'))
      .then(marked('CALL', '7.62465429'), isLive('CALL', false)))

  it('no time passes for the mark by that, in the half hour before the expiry either', () =>
    given(
      bought,
      parameters({ deviation: '0.05', confirm_ms: 3000 }),
      after('1554300 s'),
      marketAt('100'),
      forward('104'),
      after('60 s'),
    )
      .when(assetPrice('BTC', '1000'))
      .then(marked('CALL', '4'), isLive('CALL', false)))

  it('a tick that moves the index by a factor of ten hurts nobody before it is confirmed', () =>
    given(bought, parameters({ deviation: '0.05', confirm_ms: 3000 }))
      .when(assetPrice('BTC', '1000'))
      .then(bob.stands({ status: 'healthy' })))
})

describe('while a forward is held', () => {
  const narrow = parameters({ deviation: '0.05', confirm_ms: 3000 })
  const held = all(bought, narrow, forward('130'))

  it('the last one stays the mark, and nobody deals in options of the expiry', () =>
    given(held)
      .when(alice.buys('1 CALL at 7.6 from bob'))
      .then(rejected('stale-price'), marked('CALL', '7.62465429'), isLive('CALL', false)))

  it('who holds them is hurt by no single one', () => given(held).then(bob.stands({ status: 'healthy' })))

  it('it is taken once another like it has come so much later', () =>
    given(held, after('30 s'))
      .when(forward('130'))
      .then(accepted, happened('ForwardTick', { price: '130' }), isLive('CALL', true)))

  it('and forgotten when one comes like those before', () =>
    given(held).when(forward('101')).then(marked('CALL', '7.62465429'), isLive('CALL', true)))

  it('it is named', () =>
    given(held).then(
      pool((now) => {
        const account = now.accounts.get('alice')
        expect(account && missingFor(now, account)).toEqual(['BTC@2020-03-30 forward'])
      }),
    ))
})

describe('one second before the expiry', () => {
  it('an option is marked still, at next to what it would bring', () =>
    given(optionMarket, after('1555199 s'))
      .when(marketAt('110', '1'))
      .then(accepted, marked('CALL', '10'), marked('PUT', '0')))
})

describe('an option is bought and sold', () => {
  it('at its mark, and what the seller was paid is margin and no cash', () =>
    given(bought).when(bob.withdraws('1000 USD')).then(rejected('insufficient-margin')))

  it('at nothing too', () =>
    given(optionMarket, volatility('0.01'), marketAt('100', '0.01'), alice.holds('1000 USD'), bob.holds('1000 USD'))
      .when(alice.buys('1 PUT at 0 from bob'))
      .then(accepted))

  it('but not below', () =>
    given(bought).when(alice.buys('1 CALL at -1 from bob')).then(rejected('not-positive', '-1')))

  it('no further from the mark than a share of it, or of a twentieth of the index', () =>
    given(optionMarket, parameters({ tradeBand: '0.05' }), alice.holds('1000 USD'), bob.holds('1000 USD'))
      .when(alice.buys('1 CALL at 8.1 from bob'))
      .then(rejected('beyond-band')))

  it('and margined by its model, whoever sold it', () =>
    given(optionMarket, alice.holds('1000 USD'), bob.holds('10 USD'))
      .when(alice.buys('1 CALL at 7.6 from bob'))
      .then(rejected('insufficient-margin')))
})

describe('an option has no terms of its own', () => {
  it('no table of margin', () =>
    given(optionMarket)
      .when(instrumentParameters('CALL', { margin: rates('0.1', '0.05') }))
      .then(rejected('not-supported')))

  it('no end of its own', () =>
    given(optionMarket).when(delist('CALL', '2020-03-20T10:00:00Z')).then(rejected('not-supported')))

  it('and is not settled alone', () => given(optionMarket).when(settle('CALL', '5')).then(rejected('not-supported')))
})
