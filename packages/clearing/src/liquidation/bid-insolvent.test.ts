import {
  accepted,
  after,
  alice,
  carol,
  given,
  happened,
  happenedExactly,
  list,
  moved,
  parameters,
  price,
  rejected,
  startLiquidation,
  type Wish,
} from '../kit'

/** Lots of a tenth, so that what a bid may close can be worked out by hand. */
const lotted = list('ETH-PERP', { lot: '0.1' })

describe('a bid on an insolvent account', () => {
  /** Equity -60, maintenance margin 42. */
  const insolvent = (...more: readonly Wish[]) => [
    lotted,
    alice.holds('100 USD'),
    alice.bought('10 ETH-PERP at 100 from bob'),
    carol.holds('100000 USD'),
    ...more,
    price('ETH-PERP', '84'),
    startLiquidation('alice'),
  ]
  const fund = (amount: string, tranche: 'fund' | 'skin-in-the-game' = 'fund'): Wish => ({
    type: 'FundInsurance',
    data: { asset: 'USD', amount, tranche },
  })

  it('is paid for by the prefunded layers: its part of the hole to the account, of the margin to the bidder', () =>
    given(...insolvent(fund('1000')), after('300 s'), price('ETH-PERP', '84'))
      .when(carol.bids('0.5', 'alice:1'))
      .then(
        accepted,
        happenedExactly('Liquidated', 'InsuranceDrawn', 'InsuranceDrawn', 'PositionOpened'),
        happened('Liquidated', { solvent: false, payment: '0', charge: '0', reward: '0' }),
        happened('InsuranceDrawn', { layer: 'fund', to: 'alice', amount: '30', purpose: 'auction' }),
        happened('InsuranceDrawn', { layer: 'fund', to: 'carol', amount: '10.5', purpose: 'auction' }),
        alice.stands({ equity: '-30' }),
      ))

  it('brings the bidder nothing at first, and all of the margin in the end', () => {
    const at = (time: string, ...drawn: readonly string[]) =>
      given(...insolvent(fund('1000')), after(time), price('ETH-PERP', '84'))
        .when(carol.bids('1', 'alice:1'))
        .then(accepted, ({ happened: events }) =>
          expect(
            events.flatMap(({ type, data }) =>
              type === 'InsuranceDrawn' ? [(data as { amount: string }).amount] : [],
            ),
          ).toEqual(drawn),
        )
    at('0 s', '60')
    at('60 s', '60', '4.2')
    at('599 s', '60', '41.93')
    at('600 s', '60', '42')
  })

  it('draws the first tranche, then the fund, then the rest of the tranche', () =>
    given(
      ...insolvent(fund('40', 'skin-in-the-game'), fund('45'), parameters({ waterfall: { skinInTheGame: '12.5' } })),
      after('300 s'),
      price('ETH-PERP', '84'),
    )
      .when(carol.bids('1', 'alice:1'))
      .then(
        accepted,
        // 60 to alice and 21 to carol.
        moved({
          'trader/alice/ETH-PERP ETH-PERP': '-10',
          'trader/alice/ETH-PERP USD': '1000',
          'trader/alice USD': '-100',
          'trader/carol/ETH-PERP ETH-PERP': '10',
          'trader/carol/ETH-PERP USD': '-840',
          'trader/carol USD': '21',
          'insurance USD': '-45',
          'skin-in-the-game USD': '-36',
        }),
        happened('InsuranceDrawn', { layer: 'skin-in-the-game', to: 'alice', amount: '12.5' }),
        happened('InsuranceDrawn', { layer: 'fund', to: 'alice', amount: '45' }),
        happened('InsuranceDrawn', { layer: 'skin-in-the-game', to: 'alice', amount: '2.5' }),
        happened('InsuranceDrawn', { layer: 'skin-in-the-game', to: 'carol', amount: '21' }),
      ))

  it('is refused whole where they hold a cent less, and nothing is paid in part', () => {
    const with_ = (amount: string) =>
      given(...insolvent(fund(amount)), after('300 s'), price('ETH-PERP', '84')).when(carol.bids('1', 'alice:1'))
    with_('81').then(accepted)
    with_('80.99').then(rejected('insufficient-fund'), alice.stands({ equity: '-60' }))
  })
})
