import {
  accepted,
  alice,
  all,
  assetPrice,
  bob,
  carol,
  everybodyActs,
  forward,
  given,
  happened,
  list,
  marketAt,
  marketWorld,
  optionMarket,
  passed,
  pool,
  prepare,
  price,
  rejected,
  type Step,
  startLiquidation,
  take,
} from '../kit'
import { healthOf } from '../state/health'

/** Bob has sold two calls that he has no more than the margin for. */
const naked: Step = all(
  optionMarket,
  alice.holds('1000 USD'),
  carol.holds('1000 USD'),
  bob.holds('50 USD'),
  alice.buys('2 CALL at 7.6 from bob'),
)

/** All that options are marked by comes again each minute, at this price of the underlying. */
const lasting = (index: string, minutes: number): Step =>
  all(...Array.from({ length: minutes }, () => all(marketAt(index), passed('60 s'))), marketAt(index))

describe('who has sold options', () => {
  it('is healthy while the model says so', () => given(naked).then(bob.stands({ status: 'healthy' })))

  it('is called for margin when the underlying rises', () =>
    given(naked)
      .when(marketAt('112'), everybodyActs)
      .then(happened('MarginCall', { account: 'bob' })))

  it('hears by what it is margined, and at which revision each was told', () => {
    const now = take(take(prepare(marketWorld, [naked]), marketAt('112')), everybodyActs)
    const call = now.events.find((event) => event.type === 'MarginCall')
    const inputs = call?.type === 'MarginCall' ? call.data.inputs : undefined
    expect(inputs?.map(({ input, revision }) => [input, now.events[revision]?.type])).toEqual([
      ['BTC', 'PriceTick'],
      ['BTC model', 'RiskModelSet'],
      ['BTC@2020-03-30 forward', 'ForwardTick'],
      ['BTC@2020-03-30 volatility', 'VolatilityTick'],
    ])
    const last = now.events.findLast(
      ({ type, data }) => type === 'PriceTick' && 'asset' in data && data.asset === 'BTC',
    )
    expect(inputs?.[0]?.revision).toBe(last?.revision)
  })

  it('is put up for auction below what is required to keep the risk', () =>
    given(naked)
      .when(marketAt('120'), startLiquidation('bob'))
      .then(
        accepted,
        happened('LiquidationStarted', {
          positions: [
            {
              instrument: 'CALL',
              quantity: '-2',
              mark: '21.53805579',
              maintenanceMargin: '32.09',
              bankruptcyPrice: '21.53805579',
            },
          ],
        }),
      ))

  it('is relieved by a bidder, at the mark, of as much as restores the buffer', () =>
    given(naked, marketAt('120'), startLiquidation('bob'))
      .when(carol.bids('1', 'bob:1'))
      .then(
        accepted,
        happened('Liquidated', { account: 'bob', bidder: 'carol' }),
        happened('LiquidationEnded', { account: 'bob', reason: 'restored' }),
        pool((now) => {
          const account = now.accounts.get('carol')
          expect(account && healthOf(now, account).positions.map(({ instrument }) => instrument.id)).toEqual(['CALL'])
        }),
      ))

  it('is closed against who bought them where nobody bids', () =>
    given(naked, marketAt('120'), startLiquidation('bob'), lasting('140', 40))
      .when(everybodyActs)
      .then(happened('Deleveraged', { account: 'bob', counterparty: 'alice', instrument: 'CALL' })))

  it('is not put up for auction while the surface is stale, which the reason names', () =>
    given(naked, passed('310 s'), assetPrice('BTC', '120'))
      .when(startLiquidation('bob'))
      .then(
        rejected('stale-price'),
        happened('CommandRejected', {
          reason:
            'nothing that bob holds has a fresh price and an open market: BTC@2020-03-30 forward, BTC@2020-03-30 volatility',
        }),
      ))
})

describe('a portfolio of which only the option has no fresh surface', () => {
  /** Bob has sold a call and hedged it; five minutes and ten seconds later all but the surface is told anew, at this price. */
  const hedged = (index: string): Step =>
    all(
      optionMarket,
      list('BTC-USD-PERP', { underlying: 'BTC' }),
      price('BTC-USD-PERP', '100'),
      all(alice.holds('1000 USD'), carol.holds('1000 USD')),
      all(bob.opens('portfolio'), bob.holds('16.5 USD')),
      alice.buys('1 CALL at 7.6 from bob'),
      bob.buys('1 BTC-USD-PERP at 100 from carol'),
      passed('310 s'),
      all(assetPrice('BTC', index), forward(index), price('BTC-USD-PERP', index)),
    )

  it('is left in peace while it is not below what it requires at the best that may have happened, though at the last marks it is', () =>
    given(hedged('90')).when(startLiquidation('bob')).then(rejected('not-breached')))

  it('is put up for auction below that, for its perpetual can be dealt in', () =>
    given(hedged('85'))
      .when(startLiquidation('bob'))
      .then(accepted, happened('LiquidationStarted', { account: 'bob', missing: ['BTC@2020-03-30 volatility'] })))
})
