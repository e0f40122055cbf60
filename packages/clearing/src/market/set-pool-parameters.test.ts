import type { PoolParametersChange } from '@novation/events'
import {
  accepted,
  after,
  alice,
  bob,
  everybodyActs,
  given,
  givenNothing,
  happened,
  list,
  parameters,
  person,
  pool,
  price,
  registerAsset,
  rejected,
  startLiquidation,
  ticking,
  wideBands,
} from '../kit'
import { backstop } from '../state/names'
import { defaultParameters, mergeParameters } from '../state/parameters'

/** What holds in the market of every scenario. */
const usual = mergeParameters(defaultParameters, { ...wideBands.data, backstop })

describe('set pool parameters', () => {
  it('begins with the table of defaults', () =>
    givenNothing().then(pool((now) => expect(now.parameters).toEqual(defaultParameters))))

  it('merges deeply, and says all of them in its event', () =>
    given(parameters({ liquidation: { auction: { cutoff: '0.6' } }, waterfall: { skinInTheGame: '1000' } }))
      .when(
        parameters({
          liquidation: { fee: '0.01', auction: { slowSeconds: 10 } },
          waterfall: { deleveraging: 'pro-rata' },
        }),
      )
      .then(
        accepted,
        happened('PoolParametersSet', {
          parameters: {
            ...usual,
            liquidation: {
              ...usual.liquidation,
              fee: '0.01',
              auction: { ...usual.liquidation.auction, cutoff: '0.6', slowSeconds: 10 },
            },
            waterfall: { ...defaultParameters.waterfall, skinInTheGame: '1000', deleveraging: 'pro-rata' },
          },
        }),
      ))

  it('changes nothing where nothing is said', () =>
    given()
      .when(parameters({}))
      .then(
        accepted,
        pool((now) => expect(now.parameters).toEqual(usual)),
      ))

  it.each<[string, PoolParametersChange]>([
    ['a buffer below zero', { liquidation: { buffer: '-0.1' } }],
    ['a fee below zero', { liquidation: { fee: '-0.1' } }],
    ['a fee above 1', { liquidation: { fee: '1.1' } }],
    ['a tip below zero', { liquidation: { keeperTip: '-1' } }],
    ['a share above 1', { liquidation: { keeperShare: '1.1' } }],
    ['a dust notional below zero', { liquidation: { dust: '-1' } }],
    ['a discount above 1', { liquidation: { auction: { start: '1.1' } } }],
    ['a cutoff below zero', { liquidation: { auction: { cutoff: '-0.1' } } }],
    ['a cutoff above the start', { liquidation: { auction: { start: '0.5', cutoff: '0.6' } } }],
    ['a tranche below zero', { waterfall: { skinInTheGame: '-1' } }],
    ['a share of owners above 1', { waterfall: { ownerShare: '1.1' } }],
    ['a share of coins below zero', { waterfall: { coinShare: '-0.1' } }],
    ['a share of instruments below zero', { waterfall: { instrumentShare: '-1' } }],
    ['a window of nothing', { waterfall: { window_s: 0 } }],
    ['a trade band below zero', { tradeBand: '-0.1' }],
    ['a settlement band below zero', { settlementBand: '-0.1' }],
    ['a band of reductions above 1', { reduceBand: '1.1' }],
    ['a funding cap below zero', { funding: { cap: '-0.1' } }],
    ['a funding cap above 1', { funding: { cap: '1.1' } }],
    ['a premium below zero', { liquidation: { premium: '-0.1' } }],
    ['a premium above 1', { liquidation: { premium: '1.1' } }],
    ['a debit below zero', { debit: '-1' }],
    ['a debit finer than the asset', { debit: '0.001' }],
    ['a floor finer than the asset', { size: { floor: '0.001' } }],
    ['a tip finer than the asset', { liquidation: { keeperTip: '0.001' } }],
    ['a dust notional finer than the asset', { liquidation: { dust: '1.001' } }],
    ['a tranche finer than the asset', { waterfall: { skinInTheGame: '0.005' } }],
  ])('refuses %s', (_, change) =>
    given()
      .when(parameters(change))
      .then(
        rejected('bad-parameter'),
        pool((now) => expect(now.parameters).toEqual(usual)),
      ),
  )

  it('refuses what an instrument’s own terms would make nonsense of', () => {
    const own = list('X', { liquidation: { auction: { start: '0.75' } } })
    given(own)
      .when(parameters({ liquidation: { auction: { cutoff: '0.8' } } }))
      .then(rejected('bad-parameter'))
    given()
      .when(parameters({ liquidation: { auction: { cutoff: '0.8' } } }))
      .then(accepted)
    given(own)
      .when(parameters({ liquidation: { auction: { cutoff: '0.75' } } }))
      .then(accepted)
  })

  it('names another backstop, or none at all', () => {
    const { backstop: _, ...without } = usual
    given(parameters({ backstop: 'other' })).then(pool((now) => expect(now.parameters.backstop).toBe('other')))
    given(parameters({ backstop: '' }))
      .when(parameters({ callPeriod_s: 7 }))
      .then(happened('PoolParametersSet', { parameters: { ...without, callPeriod_s: 7 } }))
  })

  it('leaves no turn to a backstop that is none any more: what it did not take is deleveraged', () =>
    given(
      person(backstop).holds('1000 USD'),
      alice.holds('100 USD'),
      alice.bought('10 BTC-PERP at 100 from bob'),
      price('BTC-PERP', '94'),
      startLiquidation('alice'),
      ticking('36 min'),
    )
      .when(parameters({ backstop: '' }), everybodyActs)
      .then(
        happened('LiquidationEnded', { reason: 'deleveraged' }),
        person(backstop).stands({ equity: '1000', positions: [] }),
      ))

  it('makes a price stale or fresh at once', () => {
    const trading = [alice.holds('100 USD'), bob.holds('100 USD'), price('BTC-PERP', '100'), after('60 s')]
    given(...trading, parameters({ priceTolerance_s: 59 }))
      .when(alice.buys('1 BTC-PERP at 100 from bob'))
      .then(rejected('stale-price'))
    given(...trading, parameters({ priceTolerance_s: 60 }))
      .when(alice.buys('1 BTC-PERP at 100 from bob'))
      .then(accepted)
  })

  it('refuses a settlement asset that is coarser than an amount set before', () => {
    const tip = parameters({ liquidation: { keeperTip: '0.001' } })
    givenNothing(tip)
      .when(registerAsset('USD', 2, { settlement: true }))
      .then(rejected('bad-parameter'))
    givenNothing(tip)
      .when(registerAsset('USD', 3, { settlement: true }))
      .then(accepted)
  })

  it('may come before anything else', () =>
    givenNothing()
      .when(parameters({ callPeriod_s: 1 }))
      .then(accepted))
})
