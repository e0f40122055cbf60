import {
  accepted,
  after,
  alice,
  assetPrice,
  bob,
  carol,
  fund,
  funding,
  given,
  happened,
  happenedExactly,
  lastingPrices,
  moved,
  pool,
  price,
  registerAsset,
  rejected,
  startLiquidation,
} from '../kit'

describe('withdraw', () => {
  it('moves collateral out of the house', () =>
    given(alice.holds('100 USD'))
      .when(alice.withdraws('40 USD'))
      .then(
        accepted,
        happenedExactly('CollateralWithdrawn'),
        happened('CollateralWithdrawn', { account: 'alice', asset: 'USD', amount: '40' }),
        moved({ 'trader/alice USD': '-40', 'custody USD': '40' }),
        alice.stands({ collateral: { USD: '60' }, principal: '60' }),
      ))

  it('never pays out unrealised profit', () =>
    given(alice.holds('100 USD'), alice.bought('1 BTC-PERP at 50 from bob'), price('BTC-PERP', '90'))
      .when(alice.withdraws('100.01 USD'))
      .then(rejected('insufficient-balance')))

  it('pays out all cash where unrealised profit alone bears the initial margin', () =>
    given(alice.holds('100 USD'), alice.bought('1 BTC-PERP at 50 from bob'), price('BTC-PERP', '90'))
      .when(alice.withdraws('100 USD'))
      .then(accepted, alice.stands({ equity: '40', initialMargin: '9', status: 'healthy' })))

  it('pays out realised profit once it has stood, and leaves no principal below zero', () =>
    given(
      alice.holds('100 USD'),
      alice.bought('1 BTC-PERP at 50 from bob'),
      price('BTC-PERP', '90'),
      alice.sold('1 BTC-PERP at 90 to bob'),
      after('1 d'),
    )
      .when(alice.withdraws('120 USD'))
      .then(accepted, alice.stands({ equity: '20', principal: '0' })))

  it('leaves the account exactly at its initial margin, but not a cent below', () => {
    const holding = [alice.holds('100 USD'), alice.bought('1 BTC-PERP at 50 from bob')]
    given(...holding)
      .when(alice.withdraws('95 USD'))
      .then(accepted, alice.stands({ status: 'healthy' }))
    given(...holding)
      .when(alice.withdraws('95.01 USD'))
      .then(rejected('insufficient-margin'))
  })

  it('settles due funding first', () =>
    given(alice.holds('100 USD'), alice.bought('1 BTC-PERP at 50 from bob'), funding('BTC-PERP', '0.1'))
      .when(alice.withdraws('90 USD'))
      .then(
        happenedExactly('FundingSettled', 'CollateralWithdrawn'),
        happened('FundingSettled', { account: 'alice', amount: '-5', index: '5' }),
        alice.stands({ collateral: { USD: '5' } }),
      ))

  it('counts what funding has taken: it is not there to be withdrawn', () =>
    given(
      alice.holds('100 USD'),
      alice.bought('1 BTC-PERP at 50 from bob'),
      funding('BTC-PERP', '0.1'),
      price('BTC-PERP', '500'),
    )
      .when(alice.withdraws('95.01 USD'))
      .then(rejected('insufficient-balance'), alice.stands({ collateral: { USD: '100' } })))

  it('leaves the account at its initial margin even at the worst that may have happened unseen', () => {
    // The gap of 30 % on a notional of 50 is 15, on top of an initial margin of 5.
    const holding = [alice.holds('100 USD'), bob.holds('100 USD'), alice.bought('1 BTC-PERP at 50 from bob')]
    given(...holding, after('120 s'))
      .when(alice.withdraws('95 USD'))
      .then(accepted)
    given(...holding, after('120001 ms'))
      .when(alice.withdraws('80.01 USD'))
      .then(rejected('insufficient-margin'))
    given(...holding, after('120001 ms'))
      .when(alice.withdraws('80 USD'))
      .then(accepted, alice.stands({ equity: '20', worst: '5', best: '21.5' }))
    given(...holding, carol.holds('5 USD'), after('121 s'))
      .when(carol.withdraws('5 USD'))
      .then(accepted)
  })

  describe('from a frozen pool', () => {
    /** Alice lacks 40 and 2.50 for margin; of the 115 that are claimed, with those 40, 42.5 stay: bob has 60 and carol 5. */
    const frozen = [
      alice.holds('10 USD'),
      bob.holds('60 USD'),
      carol.holds('45 USD'),
      alice.bought('1 BTC-PERP at 100 from bob'),
      price('BTC-PERP', '50'),
    ]
    it('leaves the part of every claim that may be missing', () => {
      given(...frozen)
        .when(carol.withdraws('32.66 USD'))
        .then(accepted)
      given(...frozen)
        .when(carol.withdraws('32.67 USD'))
        .then(rejected('held-back'))
    })

    it('counts what was taken since it froze, and no longer once it has thawed', () => {
      given(...frozen, carol.withdraws('20 USD'))
        .when(carol.withdraws('12.67 USD'))
        .then(rejected('held-back'))
      given(...frozen, carol.withdraws('20 USD'), price('BTC-PERP', '100'))
        .when(carol.withdraws('25 USD'))
        .then(accepted)
    })
  })

  it('waits while the account is liquidated', () =>
    given(
      alice.holds('10 USD'),
      alice.bought('1 BTC-PERP at 100 from bob'),
      price('BTC-PERP', '94'),
      startLiquidation('alice'),
    )
      .when(alice.withdraws('1 USD'))
      .then(rejected('under-liquidation')))

  it('never pays out what stands behind the fund', () => {
    // bob has 200 in cash, 80 of which alice owes; of the 370 in custody 200 are the fund's
    const owed = [
      lastingPrices,
      alice.holds('20 USD'),
      bob.holds('100 USD'),
      carol.holds('50 USD'),
      fund('200 USD'),
      alice.bought('1 BTC-PERP at 200 from bob'),
      price('BTC-PERP', '100'),
      bob.bought('1 BTC-PERP at 100 from carol'),
      after('1 d'),
    ]
    given(...owed)
      .when(bob.withdraws('170.01 USD'))
      .then(rejected('no-liquidity'))
    given(...owed)
      .when(bob.withdraws('170 USD'))
      .then(accepted)
  })

  describe('of collateral that is not cash', () => {
    const collateral = [
      registerAsset('ETH', 4, { haircut: '0.2' }),
      alice.holds('2 ETH', '1 USD'),
      assetPrice('ETH', '50'),
      alice.bought('1 BTC-PERP at 100 from bob'),
    ]

    it('leaves the account healthy with the haircut of what stays', () => {
      // what stays must be worth 10 beside what is required for it, a fifth: 11.25 of it ETH at 50 each
      given(...collateral)
        .when(alice.withdraws('1.775 ETH'))
        .then(accepted, alice.stands({ equity: '12.25', initialMargin: '12.25', status: 'healthy' }))
      given(...collateral)
        .when(alice.withdraws('1.7751 ETH'))
        .then(rejected('insufficient-margin'))
    })

    it('counts none of it while its price is not fresh', () =>
      given(...collateral, after('121 s'), price('BTC-PERP', '100'))
        .when(alice.withdraws('1 USD'))
        .then(rejected('insufficient-margin'), alice.stands({ worst: '1', best: '91' })))

    it('never exchanges it: cash is as much as there is cash', () =>
      given(...collateral)
        .when(alice.withdraws('1.01 USD'))
        .then(rejected('insufficient-balance')))

    it('takes it from the principal in that asset only', () =>
      given(...collateral)
        .when(alice.withdraws('1 ETH'))
        .then(
          alice.stands({ principal: '51', collateral: { ETH: '1', USD: '1' } }),
          pool(({ accounts }) => expect(accounts.get('alice')?.principal.size).toBe(2)),
        ))
  })
})
