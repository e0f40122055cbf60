import {
  accepted,
  alice,
  fund,
  given,
  happened,
  happenedExactly,
  moved,
  pool,
  price,
  registerAsset,
  rejected,
  stated,
} from '../kit'

describe('fund insurance', () => {
  it('pays into the fund', () =>
    given()
      .when(fund('100 USD'))
      .then(
        accepted,
        happened('InsuranceFunded', { asset: 'USD', amount: '100', tranche: 'fund' }),
        moved({ 'custody USD': '-100', 'insurance USD': '100' }),
        stated({ assets: [expect.objectContaining({ custody: '100', insurance: '100', owed: '0' })] }),
      ))

  it('pays into the operator’s tranche', () =>
    given()
      .when(fund('100 USD', 'skin-in-the-game'))
      .then(
        happened('InsuranceFunded', { tranche: 'skin-in-the-game' }),
        moved({ 'custody USD': '-100', 'skin-in-the-game USD': '100' }),
      ))

  it('takes what losses are paid in, and nothing else', () =>
    given(registerAsset('EUR', 2)).when(fund('100 EUR')).then(rejected('not-settlement-asset')))

  it('thaws a pool whose shortfall it covers, and not a cent before', () => {
    // alice is 40 below zero with a maintenance margin of 2.5
    const frozen = [alice.holds('10 USD'), alice.bought('1 BTC-PERP at 100 from bob'), price('BTC-PERP', '50')]
    given(...frozen)
      .when(fund('42.49 USD'))
      .then(
        happenedExactly('InsuranceFunded'),
        pool((now) => expect(now.frozen).toBe(true)),
      )
    given(...frozen)
      .when(fund('42.50 USD'))
      .then(
        happenedExactly('InsuranceFunded', 'PoolThawed'),
        happened('PoolThawed', { shortfall: '42.5', resources: '42.5' }),
        pool((now) => expect(now.frozen).toBe(false)),
      )
  })
})
