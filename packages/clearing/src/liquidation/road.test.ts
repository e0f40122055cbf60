import type { LedgerEvent } from '@novation/events'
import {
  type Afterwards,
  after,
  alice,
  all,
  bob,
  carol,
  dave,
  everybodyActs,
  fixed,
  fund,
  given,
  happened,
  lastingPrices,
  list,
  parameters,
  passed,
  person,
  price,
  rejected,
  type Step,
  settle,
  startLiquidation,
  stated,
  ticking,
} from '../kit'

const backstop = person('backstop')

/** Everything that happened, less the ticks and the passing of time. */
const road =
  (...expected: readonly string[]) =>
  ({ happened: events }: Afterwards) =>
    expect(
      events
        .filter(({ type }: LedgerEvent) => type !== 'PriceTick' && type !== 'TimePassed' && type !== 'CommandRejected')
        .map(({ type, data }) => {
          const { account, defaulter } = data as { account?: string; defaulter?: string }
          return [type, account ?? defaulter].filter((word) => word !== undefined).join(' ')
        }),
    ).toEqual(expected)

/** A tick, and everybody does their duty. */
const tick = (instrument: string, value: string): Step => all(price(instrument, value), everybodyActs)

const two = [
  alice.holds('100 USD'),
  carol.holds('60 USD'),
  alice.bought('10 BTC-PERP at 100 from bob'),
  carol.bought('6 BTC-PERP at 100 from bob'),
]

describe('the road from a price to a loss', () => {
  it('a call, and it is met', () =>
    given(...two)
      .when(tick('BTC-PERP', '97'), alice.deposits('27 USD'), carol.deposits('20 USD'), everybodyActs)
      .then(
        road(
          'MarginCall alice',
          'MarginCall carol',
          'CollateralDeposited alice',
          'CollateralDeposited carol',
          'MarginCallMet alice',
          'MarginCallMet carol',
        ),
      ))

  it('a call, and it is missed: that alone liquidates nobody', () =>
    given(lastingPrices, ...two)
      .when(tick('BTC-PERP', '97'), passed('1 h'), everybodyActs)
      .then(
        road('MarginCall alice', 'MarginCall carol', 'MarginCallMissed alice', 'MarginCallMissed carol'),
        stated({ frozen: false, solvent: true }),
      ))

  it('several defaulters at one tick share the fund, and the winners bear the rest', () =>
    given(lastingPrices, ...two, fund('48 USD'))
      .when(tick('BTC-PERP', '84'), ticking('1 h'), tick('BTC-PERP', '84'))
      .then(
        road(
          'PoolFrozen',
          'MarginCall alice',
          'MarginCall carol',
          'LiquidationStarted alice',
          'LiquidationStarted carol',
          'MarginCallMissed alice',
          'MarginCallMissed carol',
          'Deleveraged alice',
          'LiquidationEnded alice',
          'Deleveraged carol',
          'LiquidationEnded carol',
          'InsuranceDrawn alice',
          'InsuranceDrawn carol',
          'LossSocialized',
          'PoolThawed',
          'MarginCallMet alice',
          'MarginCallMet carol',
        ),
        // 60 and 36 are missing: of the fund 30 and 18, of bob the other half.
        happened('InsuranceDrawn', { defaulter: 'alice', amount: '30' }),
        happened('InsuranceDrawn', { defaulter: 'carol', amount: '18' }),
        alice.stands({ equity: '0', positions: [] }),
        carol.stands({ equity: '0', positions: [] }),
        bob.stands({ equity: '1000208' }),
        stated({ solvent: true, frozen: false, open: [] }),
      ))

  it('a backstop that can take it leaves nothing for deleveraging', () =>
    given(...two, fund('1000 USD'), backstop.holds('10000 USD'))
      .when(tick('BTC-PERP', '84'), ticking('10 min'), tick('BTC-PERP', '84'))
      .then(
        happened('Liquidated', { bidder: 'backstop', account: 'alice' }),
        happened('Liquidated', { bidder: 'backstop', account: 'carol' }),
        alice.stands({ equity: '0', positions: [] }),
        // A tenth of both margins, 42 and 25.20, came from the fund for the risk, and 60 and 36 for the debts.
        backstop.stands({ equity: '10006.72' }),
        stated({ losses: expect.objectContaining({ insurance: '102.72', socialized: '0' }) }),
      ))

  it('what nobody can give is socialised', () =>
    given(
      list('ETH-PERP', { margin: { model: 'tiered', tiers: [{ initial: '0.01', maintenance: '0.001' }] } }),
      bob.bought('1 ETH-PERP at 1000 from dave'),
      ...two,
      price('ETH-PERP', '500'),
    )
      .when(tick('BTC-PERP', '84'), ticking('1 h'), price('ETH-PERP', '500'), tick('BTC-PERP', '84'))
      .then(
        happened('LossSocialized', { loss: '96', taken: [{ account: 'dave', amount: '96' }] }),
        alice.stands({ equity: '0', principal: '0' }),
        bob.stands({ principal: '1000000', equity: '999756' }),
        dave.stands({ equity: '1000404' }),
        stated({ frozen: false, solvent: true, open: [] }),
      ))

  it('a price that stays away stops everything, and the next one sets it going', () => {
    const stale = given(...two, price('BTC-PERP', '84'), after('121 s'), everybodyActs)
    stale.when(startLiquidation('alice')).then(rejected('stale-price'), alice.stands({ equity: '-60' }))
    stale.when(tick('BTC-PERP', '84')).then(happened('LiquidationStarted', { account: 'alice' }))
  })

  it('settlement in the midst of it closes what was to be closed, and the debt goes its way', () =>
    given(...two, tick('BTC-PERP', '84'), fixed('BTC-PERP', '84'))
      .when(settle('BTC-PERP', '84'), everybodyActs)
      .then(
        road(
          'InstrumentSettled',
          'LiquidationEnded alice',
          'LiquidationEnded carol',
          'LossSocialized',
          'PoolThawed',
          'MarginCallMet alice',
          'MarginCallMet carol',
        ),
        bob.stands({ equity: '1000160' }),
        stated({ open: [], frozen: false }),
      ))

  it('a pool is frozen while the layers may not suffice', () => {
    const frozen = given(...two, price('BTC-PERP', '84'))
    // What the two lack to their margins is 60 + 42 and 36 + 25.20.
    frozen.when(fund('163.19 USD')).then(stated({ frozen: true }))
    frozen.when(fund('163.2 USD')).then(happened('PoolThawed', { shortfall: '163.2', resources: '163.2' }))
    frozen.when(price('BTC-PERP', '95')).then(stated({ frozen: false }))
    frozen.when(fund('100 USD', 'skin-in-the-game'), fund('63.2 USD')).then(stated({ frozen: false }))
  })

  it('the operator may let deleveraging go by size instead of by rank', () =>
    given(...two, parameters({ waterfall: { deleveraging: 'pro-rata' } }), dave.holds('1 USD'))
      .when(tick('BTC-PERP', '84'), ticking('1 h'), tick('BTC-PERP', '84'))
      .then(bob.stands({ equity: '1000160' })))
})
