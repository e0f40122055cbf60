import {
  assetParameters,
  assetPrice,
  fund,
  given,
  happened,
  list,
  minutes,
  parameters,
  person,
  price,
  registerAsset,
  type Step,
  stated,
  type Wish,
} from '../kit'

const [a, b, c] = [person('a'), person('b'), person('c')]

/** a is long ETH-PERP, bought from b at 5000, on coins of 100 each, of which nine tenths count. */
const onCoinsBeside = (
  funded: string,
  coins: string,
  lots: string,
  cash: string,
  ...more: readonly (Step | Wish)[]
) => [
  list('ETH-PERP', { lot: '0.001' }),
  registerAsset('ETH', 8, { haircut: '0.1' }),
  fund(`${funded} USD`),
  ...more,
  b.holds(`${cash} USD`),
  assetPrice('ETH', '100'),
  a.holds(`${coins} ETH`),
  a.bought(`${lots} ETH-PERP at 5000 from b`),
]
const onCoins = (coins: string, lots: string, cash: string, ...more: readonly (Step | Wish)[]) =>
  onCoinsBeside('100000', coins, lots, cash, ...more)
const costs = (insurance: string, socialized = '0') => expect.objectContaining({ insurance, socialized })
const fundHolds = (usd: string, eth: string) =>
  stated({
    assets: expect.arrayContaining([
      expect.objectContaining({ asset: 'USD', insurance: usd }),
      expect.objectContaining({ asset: 'ETH', insurance: eth }),
    ]),
  })

describe('coins of who owes, each minute of which somebody acts', () => {
  it('are bought by the fund, beside the cap of the owner, and the hole is paid within that', () =>
    given(...onCoins('700', '40', '200000', assetParameters('ETH', { coinShare: '1' })))
      .when(...minutes(13, price('ETH-PERP', '3000'), assetPrice('ETH', '100')))
      .then(
        happened('InsuranceDrawn', { defaulter: 'a', amount: '10000' }),
        happened('CollateralBought', { account: 'a', asset: 'ETH', quantity: '700', price: '100', paid: '70000' }),
        a.stands({ equity: '0', collateral: {} }),
        b.stands({ equity: '280000' }),
        fundHolds('20000', '700'),
        stated({ open: [], losses: costs('10000') }),
      ))

  it('are bought with what the fund has left once it has paid the hole', () =>
    given(...onCoinsBeside('75000', '700', '40', '200000', assetParameters('ETH', { coinShare: '1' })))
      .when(...minutes(13, price('ETH-PERP', '3000'), assetPrice('ETH', '100')))
      .then(
        happened('InsuranceDrawn', { defaulter: 'a', amount: '10000' }),
        happened('CollateralBought', { account: 'a', asset: 'ETH', quantity: '650', price: '100', paid: '65000' }),
        fundHolds('0', '650'),
        stated({ losses: costs('10000') }),
      ))

  it('of each are bought for what the layers and a haircut have left of its own debt', () =>
    given(
      ...onCoinsBeside('200000', '700', '40', '400000', assetParameters('ETH', { coinShare: '1' })),
      parameters({ waterfall: { ownerShare: '0' } }),
      c.holds('700 ETH'),
      c.bought('40 ETH-PERP at 5000 from b'),
    )
      .when(...minutes(13, price('ETH-PERP', '3000'), assetPrice('ETH', '100')))
      .then(
        happened('LossSocialized', { loss: '10000', uncovered: '0' }),
        happened('CollateralBought', { account: 'a', quantity: '700', paid: '70000' }),
        happened('CollateralBought', { account: 'c', quantity: '700', paid: '70000' }),
        b.stands({ equity: '550000' }),
        fundHolds('50000', '1400'),
        stated({ open: [], losses: costs('10000', '10000') }),
      ))

  it('go for the debt, at what they were last offered for, where nobody bid for a solvent account', () =>
    given(...onCoins('9', '1', '5000'))
      .when(...minutes(82, price('ETH-PERP', '4150'), assetPrice('ETH', '100')))
      .then(
        happened('LiquidationEnded', { reason: 'deleveraged' }),
        happened('CollateralBought', { account: 'a', asset: 'ETH', quantity: '9', paid: '884.87' }),
        a.stands({ equity: '0', collateral: {} }),
        b.stands({ equity: '5884.87' }),
        fundHolds('99115.13', '9'),
        stated({ open: [], losses: costs('0') }),
      ))

  it('that fell together with the position: what they fell stands under their cap, the rest on the instrument, and what nobody buys goes on sale anew', () =>
    given(...onCoins('1000', '60', '200000', parameters({ size: { floor: '5000' } })))
      .when(...minutes(20, price('ETH-PERP', '3500'), assetPrice('ETH', '70')))
      .then(
        happened('InsuranceDrawn', { defaulter: 'a', amount: '20000' }),
        happened('CollateralBought', { quantity: '71.42857143', paid: '5000' }),
        happened('LiquidationStarted', { liquidation: 'a:2', positions: [] }),
        b.stands({ equity: '290000' }),
        fundHolds('75000', '71.42857143'),
        stated({ losses: costs('20000') }),
      ))

  it('that fell while the position stood have the whole hole on them, however large the position beside', () =>
    given(...onCoins('1000', '40', '200000'))
      .when(
        ...minutes(4, price('ETH-PERP', '4000'), assetPrice('ETH', '100')),
        ...minutes(47, price('ETH-PERP', '4000'), assetPrice('ETH', '30')),
      )
      .then(
        happened('CollateralBought', { quantity: '500', paid: '15000' }),
        happened('LiquidationEnded', { liquidation: 'a:2', reason: 'closed-out' }),
        happened('LiquidationStarted', { liquidation: 'a:3' }),
        b.stands({ equity: '240000' }),
        fundHolds('75000', '500'),
        stated({ losses: costs('10000') }),
      ))
})
