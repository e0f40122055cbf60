import type { MarginTerms } from '@novation/events'
import {
  accepted,
  after,
  alice,
  as,
  bob,
  carol,
  everybodyActs,
  given,
  happened,
  happenedExactly,
  instrumentParameters,
  list,
  minutes,
  parameters,
  passed,
  price,
  rates,
  refused,
  rejected,
  type Step,
  settle,
  stated,
  type Wish,
} from '../kit'

/** Alice holds 10 at 100 with 120: initial margin 100, maintenance 50. */
const traded = [
  alice.holds('120 USD'),
  bob.holds('10000 USD'),
  carol.holds('10000 USD'),
  alice.bought('10 BTC-PERP at 100 from bob'),
]
const margin = (initial: string, maintenance: string): Wish =>
  instrumentParameters('BTC-PERP', { margin: rates(initial, maintenance) })
const btc = (value: string): Wish => price('BTC-PERP', value)
const types = (events: readonly { readonly type: string }[]): readonly string[] => events.map(({ type }) => type)
const most = (count: number, wish: Wish): readonly Wish[] => Array.from({ length: count }, () => wish)
/** So many minutes of one price, whoever acts. */
const goesOn = (count: number, value = '100'): readonly (Step | Wish)[] => [
  ...minutes(count, btc(value)),
  everybodyActs,
]

describe('set instrument parameters', () => {
  it('counts initial rates at once, and what is higher of maintenance once a call has run out', () =>
    given(...traded)
      .when(margin('0.2', '0.15'))
      .then(
        happenedExactly('InstrumentParametersSet'),
        happened('InstrumentParametersSet', { instrument: 'BTC-PERP', from: '2020-03-12T11:00:00.000Z' }),
        alice.stands({ initialMargin: '200', maintenanceMargin: '50', status: 'restricted' }),
        stated({ open: [{ what: 'terms', id: 'BTC-PERP', due: '2020-03-12T11:00:00.000Z' }] }),
      ))

  it('calls whoever is below the new initial margin, and liquidates nobody for an hour', () =>
    given(...traded)
      .when(margin('0.2', '0.15'), everybodyActs, ...goesOn(59))
      .then(
        ({ happened: events }) => expect(types(events)).not.toContain('LiquidationStarted'),
        happened('MarginCall', { account: 'alice', deadline: '2020-03-12T11:00:00.000Z' }),
        alice.stands({ maintenanceMargin: '50' }),
      ))

  it('liquidates by the new terms after that', () =>
    given(...traded, margin('0.2', '0.15'), ...goesOn(60))
      .when(everybodyActs)
      .then(
        alice.stands({ maintenanceMargin: '150' }),
        stated({ open: expect.arrayContaining([expect.objectContaining({ what: 'liquidation', id: 'alice:1' })]) }),
      ))

  it('still liquidates by the old terms meanwhile', () =>
    given(...traded, margin('0.2', '0.15'))
      .when(btc('92.5'), everybodyActs)
      .then(happened('LiquidationStarted', { account: 'alice', maintenanceMargin: '46.25' })))

  it('counts lower maintenance at once, and takes back no notice that was given', () => {
    given(...traded, btc('93'))
      .when(margin('0.1', '0.01'))
      .then(alice.stands({ maintenanceMargin: '9.3' }))
    given(...traded, margin('0.2', '0.15'), after('1 min'), margin('0.1', '0.01'), after('1 min'), margin('0.3', '0.2'))
      .when(...goesOn(59))
      .then(alice.stands({ initialMargin: '300', maintenanceMargin: '10' }))
    given(...traded, margin('0.2', '0.15'), after('1 min'), margin('0.1', '0.01'), after('1 min'), margin('0.3', '0.2'))
      .when(...goesOn(60))
      .then(alice.stands({ initialMargin: '300', maintenanceMargin: '200' }))
  })

  it('lets a second rise set back nothing of the first', () =>
    given(...traded, margin('0.2', '0.15'), ...goesOn(30), margin('0.4', '0.3'))
      .when(...goesOn(30))
      .then(alice.stands({ initialMargin: '400', maintenanceMargin: '150' })))

  it('keeps the period that was promised, whatever becomes of that', () =>
    given(...traded, margin('0.2', '0.15'), parameters({ callPeriod_s: 0 }))
      .when(...goesOn(59))
      .then(alice.stands({ maintenanceMargin: '50' })))

  it('asks of new risk all that it will be liquidated for', () => {
    given(...traded, margin('0.2', '0.15'))
      .when(carol.buys('600 BTC-PERP at 100 from bob'))
      .then(rejected('insufficient-margin'))
    given(...traded, margin('0.2', '0.15'))
      .when(alice.withdraws('20 USD'))
      .then(rejected('insufficient-margin'))
  })

  it('changes liquidation terms for auctions that begin from now on, and lays them over those before', () =>
    given(...traded, instrumentParameters('BTC-PERP', { liquidation: { auction: { fastSeconds: 7 } } }))
      .when(instrumentParameters('BTC-PERP', { liquidation: { fee: '0.02' } }))
      .then(happened('InstrumentParametersSet', { liquidation: { fee: '0.02', auction: { fastSeconds: 7 } } })))

  it('keeps the terms of a liquidation that is under way', () =>
    given(...traded, btc('92.5'), everybodyActs)
      .when(instrumentParameters('BTC-PERP', { liquidation: { fee: '1' } }), carol.bids('1', 'alice:1'))
      .then(happened('Liquidated', { charge: '0.6' })))

  it('takes so many changes under notice, and the next once the first has had it', () => {
    given(...most(16, margin('0.2', '0.1')))
      .when(margin('0.2', '0.1'))
      .then(rejected('too-soon'))
    given(...most(16, margin('0.2', '0.1')), passed('1 h'), everybodyActs)
      .when(margin('0.2', '0.1'))
      .then(accepted)
  })

  it.each<[string, MarginTerms]>([
    ['no rate', rates('0.1', '0')],
    ['maintenance above initial', rates('0.1', '0.2')],
    ['an initial rate above 1', rates('1.1', '0.2')],
    ['a last tier that ends', { model: 'tiered', tiers: [{ upTo: '100', initial: '0.1', maintenance: '0.05' }] }],
    [
      'a bound finer than the settlement asset',
      {
        model: 'tiered',
        tiers: [
          { upTo: '100.001', initial: '0.1', maintenance: '0.05' },
          { initial: '0.2', maintenance: '0.05' },
        ],
      },
    ],
    [
      'scaling from finer than the settlement asset',
      { ...rates('0.1', '0.05'), openInterestScaling: { lower: '0.001', upper: '1' } },
    ],
  ])('refuses %s, here and when it is listed', (_, terms) => {
    given()
      .when(instrumentParameters('BTC-PERP', { margin: terms }))
      .then(rejected('bad-parameter'))
    given()
      .when(list('X', { margin: terms }))
      .then(rejected('bad-parameter'))
  })

  it('refuses a tip finer than the settlement asset, and what has expired', () => {
    given()
      .when(instrumentParameters('BTC-PERP', { liquidation: { keeperTip: '0.001' } }))
      .then(rejected('bad-parameter'))
    given(settle('BTC-PERP', '100')).when(margin('0.2', '0.1')).then(rejected('not-trading'))
  })

  it('is the operator’s', () =>
    given()
      .when(as('venue', margin('0.2', '0.1')))
      .then(refused('not-permitted')))
})
