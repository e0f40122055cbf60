import {
  accepted,
  after,
  alice,
  as,
  bob,
  carol,
  given,
  happened,
  happenedExactly,
  moved,
  nothingHappened,
  pool,
  price,
  refused,
  registerAsset,
  rejected,
  startLiquidation,
} from '../kit'

describe('deposit', () => {
  it('moves collateral from the outside world to the account, and adds to its principal', () =>
    given(alice.holds('100 USD'))
      .when(alice.deposits('0.50 USD'))
      .then(
        accepted,
        happenedExactly('CollateralDeposited'),
        happened('CollateralDeposited', { account: 'alice', asset: 'USD', amount: '0.50' }),
        moved({ 'custody USD': '-0.5', 'trader/alice USD': '0.5' }),
        alice.stands({ collateral: { USD: '100.5' }, principal: '100.5', equity: '100.5', status: 'healthy' }),
      ))

  it('takes any registered asset, each in its own balance', () =>
    given(registerAsset('ETH', 18), alice.holds('100 USD'))
      .when(alice.deposits('0.000000000000000001 ETH'))
      .then(accepted, alice.stands({ collateral: { ETH: '0.000000000000000001', USD: '100' } })))

  it('takes the largest amount a command can write', () =>
    given(registerAsset('ETH', 18), alice.opens())
      .when(alice.deposits('999999999999999999.999999999999999999 ETH'))
      .then(accepted, alice.stands({ collateral: { ETH: '999999999999999999.999999999999999999' } })))

  it('counts places in use, not places written', () =>
    given(alice.opens())
      .when(alice.deposits('1.1000 USD'))
      .then(accepted, alice.stands({ equity: '1.1' })))

  it('pays off a debt', () =>
    given(alice.holds('10 USD'), alice.bought('1 BTC-PERP at 100 from bob'), price('BTC-PERP', '80'))
      .when(alice.deposits('15 USD'))
      .then(alice.stands({ equity: '5', status: 'restricted' })))

  it('is nobody’s business but a venue’s or the operator’s', () =>
    given(alice.opens())
      .when(as('oracle', alice.deposits('1 USD')))
      .then(refused('not-permitted'), nothingHappened))

  describe('under liquidation', () => {
    const underLiquidation = [
      alice.holds('10 USD'),
      alice.bought('1 BTC-PERP at 100 from bob'),
      price('BTC-PERP', '94'),
      startLiquidation('alice'),
    ]

    it('is taken, and does not end it while equity is below the buffer', () =>
      // (1 + 0.1) x 4.7 = 5.17
      given(...underLiquidation)
        .when(alice.deposits('1.16 USD'))
        .then(happenedExactly('CollateralDeposited'), alice.stands({ equity: '5.16' })))

    it('ends it exactly at the buffer', () =>
      given(...underLiquidation)
        .when(alice.deposits('1.17 USD'))
        .then(
          happenedExactly('CollateralDeposited', 'LiquidationEnded'),
          happened('LiquidationEnded', { liquidation: 'alice:1', reason: 'restored', equity: '5.17' }),
          pool(({ liquidations }) => expect(liquidations.size).toBe(0)),
        ))

    it('ends it on an old price only where it is enough at the worst that may have happened unseen', () => {
      given(...underLiquidation, after('121 s'))
        .when(alice.deposits('20 USD'))
        .then(accepted, happenedExactly('CollateralDeposited'))
      given(...underLiquidation, after('121 s'))
        .when(alice.deposits('100 USD'))
        .then(accepted, happenedExactly('CollateralDeposited', 'LiquidationEnded'))
    })
  })

  it('turns away what is not an amount of the asset', () => {
    given(alice.opens()).when(alice.deposits('0.001 USD')).then(rejected('too-many-places'))
    given(alice.opens()).when(alice.deposits('0 USD')).then(rejected('not-positive'))
    given(alice.opens()).when(alice.deposits('-1 USD')).then(rejected('not-positive'))
    given(alice.opens()).when(alice.deposits('1 BTC-PERP')).then(rejected('unknown-asset'))
    given().when(bob.deposits('1 USD')).then(rejected('unknown-account'))
  })

  it('is taken in a frozen pool too', () =>
    given(
      alice.holds('10 USD'),
      alice.bought('1 BTC-PERP at 100 from bob'),
      carol.holds('1 USD'),
      price('BTC-PERP', '50'),
    )
      .when(carol.deposits('1 USD'))
      .then(
        accepted,
        pool(({ frozen }) => expect(frozen).toBe(true)),
      ))
})
