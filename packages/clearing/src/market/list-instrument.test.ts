import type { CommandData, MarginTerms } from '@novation/events'
import {
  accepted,
  after,
  alice,
  given,
  givenNothing,
  happened,
  list,
  pool,
  rates,
  registerAsset,
  rejected,
  stated,
} from '../kit'

const tiers = (...rows: MarginTerms['tiers']): MarginTerms => ({ model: 'tiered', tiers: rows })
const future = { kind: 'future', expiry: '2020-03-12T11:00:00Z' } as const

describe('list instrument', () => {
  it('opens a perpetual for trading', () =>
    given()
      .when(list('ETH-PERP', { multiplier: '0.1', lot: '2' }))
      .then(
        accepted,
        happened('InstrumentListed', {
          instrument: 'ETH-PERP',
          kind: 'perpetual',
          settlementAsset: 'USD',
          multiplier: '0.1',
          lot: '2',
          margin: rates('0.1', '0.05'),
        }),
        stated({
          instruments: [
            expect.objectContaining({ instrument: 'BTC-PERP' }),
            { instrument: 'ETH-PERP', openInterest: '0', longCost: '0', shortCost: '0', stale: true },
          ],
        }),
      ))

  it('is in whole contracts of one, and in the finest lots a command can write, unless said otherwise', () =>
    given()
      .when(list('ETH-PERP'))
      .then(happened('InstrumentListed', { multiplier: '1', lot: '0.000000000000000001' })))

  it('opens a dated future, whose expiry is due', () =>
    given()
      .when(list('F', future))
      .then(
        accepted,
        happened('InstrumentListed', { kind: 'future', expiry: '2020-03-12T11:00:00Z' }),
        stated({ open: [{ what: 'expiry', id: 'F', due: '2020-03-12T11:00:00.000Z' }] }),
      ))

  it('takes an expiry in any zone', () =>
    given()
      .when(list('F', { kind: 'future', expiry: '2020-03-12T13:00:00+02:00' }))
      .then(accepted, stated({ open: [{ what: 'expiry', id: 'F', due: '2020-03-12T11:00:00.000Z' }] })))

  it('settles in the settlement asset of the pool only', () => {
    given(registerAsset('EUR', 2))
      .when(list('X', { settlementAsset: 'EUR' }))
      .then(rejected('not-settlement-asset'))
    given()
      .when(list('X', { settlementAsset: 'EUR' }))
      .then(rejected('unknown-asset'))
    givenNothing().when(list('X')).then(rejected('unknown-asset'))
  })

  it.each<[string, Partial<CommandData<'ListInstrument'>>]>([
    ['a future without expiry', { kind: 'future' }],
    ['a perpetual with an expiry', { expiry: '2021-01-01T00:00:00Z' }],
    ['an expiry that has passed', { kind: 'future', expiry: '2020-03-12T09:59:59Z' }],
    ['an expiry now', { kind: 'future', expiry: '2020-03-12T10:00:00Z' }],
    ['a strike', { strike: '100' }],
    ['an option type', { optionType: 'call' }],
    ['a multiplier of zero', { multiplier: '0' }],
    ['a multiplier below zero', { multiplier: '-1' }],
    ['a lot of zero', { lot: '0' }],
    ['a lot below zero', { lot: '-1' }],
    ['no tiers', { margin: tiers() }],
    ['a maintenance rate of zero', { margin: rates('0.1', '0') }],
    ['a maintenance rate above the initial one', { margin: rates('0.1', '0.11') }],
    ['an initial rate above 1', { margin: rates('1.1', '0.5') }],
    [
      'rates that fall from tier to tier',
      { margin: tiers({ upTo: '10', initial: '0.1', maintenance: '0.05' }, { initial: '0.09', maintenance: '0.05' }) },
    ],
    ['a last tier with a bound', { margin: tiers({ upTo: '10', initial: '0.1', maintenance: '0.05' }) }],
    ['a tip of its own finer than the asset', { liquidation: { keeperTip: '0.001' } }],
    [
      'a scaling that ends where it begins',
      { margin: { ...rates('0.1', '0.05'), openInterestScaling: { lower: '1', upper: '1' } } },
    ],
    ['a liquidation fee above 1', { liquidation: { fee: '1.1' } }],
    ['an auction that starts below its cutoff', { liquidation: { auction: { start: '0.5' } } }],
  ])('refuses %s', (_, terms) => given().when(list('X', terms)).then(rejected('bad-parameter')))

  it('refuses what it cannot margin', () => {
    given()
      .when(list('X', { kind: 'option' }))
      .then(rejected('no-risk-model'))
    given()
      .when(list('X', { kind: 'swap' }))
      .then(rejected('not-supported'))
  })

  it('gives no name twice, to whichever it belongs', () => {
    given().when(list('BTC-PERP')).then(rejected('name-taken'))
    given().when(list('USD')).then(rejected('name-taken'))
    given(list('F', future), after('2 h'))
      .when(list('F', { kind: 'perpetual' }))
      .then(rejected('name-taken'))
  })

  it('scales initial margin with open interest, and maintenance margin never', () =>
    given(
      list('ETH-PERP', { margin: { ...rates('0.1', '0.05'), openInterestScaling: { lower: '100', upper: '300' } } }),
      alice.holds('1000 USD'),
      alice.bought('1 ETH-PERP at 100 from bob'),
    )
      .when(alice.buys('1 ETH-PERP at 100 from bob'))
      .then(
        // The first grew at an OI of 100, the second at one of 200, half of the way from 0.1 to 1: on the mean, a quarter of it.
        alice.stands({ initialMargin: '65', maintenanceMargin: '10' }),
        pool(({ instruments }) => expect(instruments.get('ETH-PERP')?.margin.tiers.length).toBe(1)),
      ))
})
