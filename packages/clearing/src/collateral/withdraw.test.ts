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
  list,
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

  it('pays out realised profit, and leaves no principal below zero', () =>
    given(
      alice.holds('100 USD'),
      alice.bought('1 BTC-PERP at 50 from bob'),
      price('BTC-PERP', '90'),
      alice.sold('1 BTC-PERP at 90 to bob'),
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

  it('asks for fresh prices of positions, but of nothing else', () => {
    const holding = [alice.holds('100 USD'), bob.holds('100 USD'), alice.bought('1 BTC-PERP at 50 from bob')]
    given(...holding, after('120 s'))
      .when(alice.withdraws('1 USD'))
      .then(accepted)
    given(...holding, after('121 s'))
      .when(alice.withdraws('1 USD'))
      .then(rejected('stale-price'))
    given(...holding, carol.holds('5 USD'), after('121 s'))
      .when(carol.withdraws('5 USD'))
      .then(accepted)
  })

  it('names a few of many stale prices, so that the reason fits its event', () => {
    const names = Array.from({ length: 20 }, (_, i) => `${'X'.repeat(62)}${10 + i}`)
    given(
      alice.holds('1000 USD'),
      ...names.flatMap((name) => [list(name), alice.bought(`1 ${name} at 50 from bob`)]),
      after('1 h'),
    )
      .when(alice.withdraws('1 USD'))
      .then(rejected('stale-price'))
  })

  it('waits while the pool is frozen', () =>
    given(
      alice.holds('10 USD'),
      carol.holds('5 USD'),
      alice.bought('1 BTC-PERP at 100 from bob'),
      price('BTC-PERP', '50'),
    )
      .when(carol.withdraws('1 USD'))
      .then(rejected('pool-frozen')))

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
      alice.holds('20 USD'),
      bob.holds('100 USD'),
      carol.holds('50 USD'),
      fund('200 USD'),
      alice.bought('1 BTC-PERP at 200 from bob'),
      price('BTC-PERP', '100'),
      bob.bought('1 BTC-PERP at 100 from carol'),
    ]
    given(...owed)
      .when(bob.withdraws('170.01 USD'))
      .then(rejected('insufficient-fund'))
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
      // what stays must be worth 10: 9 of it ETH at 40 each
      given(...collateral)
        .when(alice.withdraws('1.775 ETH'))
        .then(accepted, alice.stands({ equity: '10', status: 'healthy' }))
      given(...collateral)
        .when(alice.withdraws('1.7751 ETH'))
        .then(rejected('insufficient-margin'))
    })

    it('asks for a fresh price of it', () =>
      given(...collateral, after('121 s'), price('BTC-PERP', '100'))
        .when(alice.withdraws('1 USD'))
        .then(rejected('stale-price')))

    it('never exchanges it: cash is as much as there is cash', () =>
      given(...collateral)
        .when(alice.withdraws('1.01 USD'))
        .then(rejected('insufficient-balance')))

    it('takes it from the principal in that asset only', () =>
      given(...collateral)
        .when(alice.withdraws('1 ETH'))
        .then(
          alice.stands({ principal: '41', collateral: { ETH: '1', USD: '1' } }),
          pool(({ accounts }) => expect(accounts.get('alice')?.principal.size).toBe(2)),
        ))
  })
})
