import {
  accepted,
  alice,
  carol,
  given,
  happened,
  happenedExactly,
  list,
  person,
  price,
  startLiquidation,
  ticking,
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

  it('leaves it what it owes: nothing is paid for the hole but by the waterfall, and the fund promises for the risk', () =>
    given(...insolvent(fund('1000')), ticking('300 s'))
      .when(carol.bids('0.5', 'alice:1'))
      .then(
        accepted,
        happenedExactly('Liquidated', 'InsuranceDrawn', 'PositionOpened'),
        happened('Liquidated', { solvent: false, payment: '0', charge: '0', reward: '0', keptShare: '0' }),
        // Half of a margin of 42 is taken, and half of ten minutes are over: a twentieth of it.
        happened('InsuranceDrawn', { layer: 'fund', to: 'carol', amount: '1.05', purpose: 'auction' }),
        alice.stands({ equity: '-60' }),
      ))

  it('brings the bidder nothing at first, and in the end the whole premium', () => {
    const at = (time: string, ...drawn: readonly string[]) =>
      given(...insolvent(fund('1000')), ticking(time))
        .when(carol.bids('1', 'alice:1'))
        .then(accepted, ({ happened: events }) =>
          expect(
            events.flatMap(({ type, data }) =>
              type === 'InsuranceDrawn' ? [(data as { amount: string }).amount] : [],
            ),
          ).toEqual(drawn),
        )
    at('0 s')
    at('60 s', '0.42')
    at('599 s', '4.19')
    at('600 s', '4.2')
  })

  it('takes nothing that the fund keeps for those below zero, its own tranche for the operator least of all', () => {
    const with_ = (amount: string) =>
      given(...insolvent(fund(amount), fund('1000', 'skin-in-the-game')), ticking('600 s')).when(
        carol.bids('1', 'alice:1'),
      )
    with_('64.2').then(happened('InsuranceDrawn', { layer: 'fund', amount: '4.2' }))
    with_('61').then(happened('InsuranceDrawn', { layer: 'fund', amount: '1' }))
    with_('60').then(accepted, happenedExactly('Liquidated', 'PositionOpened', 'LiquidationEnded'))
  })

  it('is promised nothing for what only closes what the bidder or another account of his held the other way', () => {
    const other = person('other')
    given(
      ...insolvent(fund('1000'), { type: 'OpenAccount', data: { account: 'other', owner: 'carol' } }),
      other.deposits('1000 USD'),
      other.sold('4 ETH-PERP at 84 to bob'),
      ticking('600 s'),
    )
      .when(carol.bids('1', 'alice:1'))
      .then(happened('InsuranceDrawn', { to: 'carol', amount: '2.52' }))
  })
})
