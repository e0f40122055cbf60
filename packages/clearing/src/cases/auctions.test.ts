import {
  alice,
  assetPrice,
  fund,
  given,
  happened,
  list,
  minutes,
  person,
  price,
  registerAsset,
  rejected,
  stated,
} from '../kit'

const [backstop, loser, winner] = [person('backstop'), person('loser'), person('winner')]
const lots = list('ETH-PERP', { lot: '0.001' })

describe('an auction, each minute of which somebody acts', () => {
  it('sells coins with the position: the fund pays the hole at market and a premium, nothing of the haircut', () =>
    given(
      lots,
      registerAsset('ETH', 8, { haircut: '0.5' }),
      fund('5000 USD'),
      backstop.holds('100000 USD'),
      winner.holds('1000 USD'),
      assetPrice('ETH', '100'),
      loser.holds('10 ETH'),
      loser.bought('1 ETH-PERP at 5000 from winner'),
    )
      .when(...minutes(12, price('ETH-PERP', '3500'), assetPrice('ETH', '100')), loser.withdraws('10 ETH'))
      .then(
        rejected('insufficient-balance'),
        happened('CollateralSold', { account: 'loser', bidder: 'backstop', quantity: '10', paid: '1000' }),
        backstop.stands({ equity: '100067.5', collateral: { USD: '99067.5', ETH: '10' } }),
        loser.stands({ equity: '0', collateral: {}, positions: [] }),
        winner.stands({ equity: '2500' }),
        stated({ open: [], losses: expect.objectContaining({ insurance: '567.5', socialized: '0' }) }),
      ))

  it('is one, and over when its clock says so, though equity flickers a cent round zero each minute', () => {
    const flicker = ['4000.01', '3999.99']
    given(
      lots,
      fund('100000 USD'),
      backstop.holds('100000 USD'),
      alice.holds('1000 USD'),
      winner.holds('1000 USD'),
      alice.bought('1 ETH-PERP at 5000 from winner'),
    )
      .when(...Array.from({ length: 30 }, (_, i) => minutes(1, price('ETH-PERP', flicker[i % 2] ?? ''))).flat())
      .then(
        happened('LiquidationStarted', { liquidation: 'alice:1' }),
        happened('Liquidated', { bidder: 'backstop', discount: '0' }),
        alice.stands({ equity: '0', positions: [] }),
        backstop.stands({ equity: '100020' }),
        stated({ open: [], losses: expect.objectContaining({ insurance: '20.01' }) }),
      )
  })
})
