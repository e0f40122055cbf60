import {
  accepted,
  after,
  alice,
  bob,
  carol,
  given,
  happened,
  happenedExactly,
  list,
  parameters,
  passed,
  pool,
  price,
  rates,
  rejected,
  settle,
  startLiquidation,
  stated,
} from '../kit'

/** Ten contracts at 100 on a hundred: the maintenance margin is 50. */
const leveraged = [alice.holds('100 USD'), alice.bought('10 BTC-PERP at 100 from bob')]

describe('a liquidation', () => {
  it('starts where equity is below maintenance margin', () =>
    given(...leveraged, price('BTC-PERP', '94'))
      .when(startLiquidation('alice'))
      .then(
        accepted,
        happenedExactly('LiquidationStarted'),
        happened('LiquidationStarted', {
          liquidation: 'alice:1',
          equity: '40',
          maintenanceMargin: '47',
          solvent: true,
          ends: '2020-03-12T10:35:00.000Z',
        }),
        stated({ open: [{ what: 'liquidation', id: 'alice:1', due: '2020-03-12T10:35:00.000Z' }] }),
      ))

  it('does not start at equality: who has exactly the maintenance margin stays open', () =>
    given(alice.holds('145 USD'), alice.bought('10 BTC-PERP at 100 from bob'), price('BTC-PERP', '90'))
      .when(startLiquidation('alice'))
      .then(rejected('not-breached'), alice.stands({ equity: '45', maintenanceMargin: '45', status: 'restricted' })))

  it('starts one cent below', () =>
    given(alice.holds('144.99 USD'), alice.bought('10 BTC-PERP at 100 from bob'), price('BTC-PERP', '90'))
      .when(startLiquidation('alice'))
      .then(accepted))

  it('does not start while nothing can be dealt in, and starts at the next tick that says the same', () => {
    const stale = given(...leveraged, price('BTC-PERP', '89'), after('121 s'))
    stale.when(startLiquidation('alice')).then(rejected('stale-price'))
    stale.when(price('BTC-PERP', '89'), startLiquidation('alice')).then(accepted)
  })

  it('does not start on an old price beside a fresh one, unless even the best that may have happened unseen is too little', () => {
    // On 1000 of ETH-PERP the first step of wear allows for 30, the second for 60.
    const beside = (value: string) => [
      list('ETH-PERP'),
      alice.holds('200 USD'),
      alice.bought('10 ETH-PERP at 100 from bob'),
      alice.bought('10 BTC-PERP at 100 from bob'),
      after('121 s'),
      price('BTC-PERP', value),
    ]
    given(...beside('86.4'))
      .when(startLiquidation('alice'))
      .then(rejected('not-breached'), alice.stands({ equity: '64', worst: '-236', best: '94' }))
    given(...beside('86'))
      .when(startLiquidation('alice'))
      .then(accepted, happened('LiquidationStarted', { equity: '90', maintenanceMargin: '93', missing: ['ETH-PERP'] }))
  })

  it('does not start twice', () =>
    given(...leveraged, price('BTC-PERP', '94'), startLiquidation('alice'))
      .when(startLiquidation('alice'))
      .then(rejected('under-liquidation')))

  it('does not start for a debt without positions, which is for the waterfall', () =>
    given(...leveraged, settle('BTC-PERP', '80'))
      .when(startLiquidation('alice'))
      .then(rejected('not-breached'), alice.stands({ equity: '-100', status: 'bankrupt' })))

  it('of a bankrupt account is short, and says so', () =>
    given(...leveraged, price('BTC-PERP', '80'))
      .when(startLiquidation('alice'))
      .then(happened('LiquidationStarted', { equity: '-100', solvent: false, ends: '2020-03-12T10:10:00.000Z' })))

  it('names the price of each position at which nothing would be left and nothing missing', () =>
    given(...leveraged, price('BTC-PERP', '94'))
      .when(startLiquidation('alice'))
      .then(
        happened('LiquidationStarted', {
          positions: [
            { instrument: 'BTC-PERP', quantity: '10', mark: '94', maintenanceMargin: '47', bankruptcyPrice: '90' },
          ],
        }),
      ))

  it('runs on the terms of the position with the largest maintenance margin, laid over those of the pool', () =>
    given(
      list('ETH-PERP', { liquidation: { fee: '0.01', auction: { fastSeconds: 60 } }, margin: rates('0.2', '0.1') }),
      alice.holds('350 USD'),
      alice.bought('10 BTC-PERP at 100 from bob'),
      alice.bought('10 ETH-PERP at 100 from bob'),
      price('BTC-PERP', '88'),
      price('ETH-PERP', '88'),
    )
      .when(startLiquidation('alice'))
      .then(
        pool(({ accounts }) => {
          const terms = accounts.get('alice')?.liquidation?.terms
          expect(terms).toMatchObject({ fee: '0.01', buffer: '0.1', auction: { fastSeconds: 60, slowSeconds: 1800 } })
        }),
      ))

  it('keeps the terms it started with, whatever the operator changes meanwhile', () =>
    given(
      ...leveraged,
      price('BTC-PERP', '94'),
      startLiquidation('alice'),
      parameters({ liquidation: { buffer: '5', auction: { fastSeconds: 1 } } }),
    )
      .when(price('BTC-PERP', '94.5'))
      .then(pool(({ accounts }) => expect(accounts.get('alice')?.liquidation?.terms.buffer).toBe('0.1'))))

  describe('begins its auction anew', () => {
    const started = [...leveraged, price('BTC-PERP', '94'), startLiquidation('alice'), after('60 s')]

    it('when the equity has fallen below zero', () =>
      given(...started, price('BTC-PERP', '89'))
        .when(startLiquidation('alice'))
        .then(
          happenedExactly('AuctionRestarted'),
          happened('AuctionRestarted', { solvent: false, equity: '-10', ends: '2020-03-12T10:11:00.000Z' }),
        ))

    it('when it has come back above zero', () =>
      given(...started, price('BTC-PERP', '89'), startLiquidation('alice'), after('60 s'), price('BTC-PERP', '91'))
        .when(startLiquidation('alice'))
        .then(happened('AuctionRestarted', { solvent: true, equity: '10', ends: '2020-03-12T10:37:00.000Z' })))

    it('when it has fallen to what earlier fills kept for the account', () => {
      const kept = given(...started, carol.holds('10000 USD'), carol.bids('1 BTC-PERP', 'alice:1'))
      kept.when(price('BTC-PERP', '89.9')).then(
        pool(({ standing, accounts }) => {
          expect(accounts.get('alice')?.liquidation?.kept).not.toBe('0')
          expect([...standing.duties.restart]).toEqual(['alice'])
        }),
      )
      kept.when(price('BTC-PERP', '89.9'), startLiquidation('alice')).then(accepted)
    })

    it('and no bid is taken before that', () =>
      given(...started, carol.holds('10000 USD'), price('BTC-PERP', '89'))
        .when(carol.bids('1', 'alice:1'))
        .then(rejected('auction-restarts')))

    it('but not once it is over', () =>
      given(...leveraged, price('BTC-PERP', '94'), startLiquidation('alice'), passed('36 min'), price('BTC-PERP', '89'))
        .when(startLiquidation('alice'))
        .then(rejected('under-liquidation')))
  })

  it('refuses the account everything but deposits and what makes its positions smaller', () => {
    const world = given(bob.holds('100 USD'), ...leveraged, price('BTC-PERP', '94'), startLiquidation('alice'))
    world.when(alice.withdraws('1 USD')).then(rejected('under-liquidation'))
    world.when(alice.buys('1 BTC-PERP at 94 from bob')).then(rejected('under-liquidation'))
    world.when(alice.sells('1 BTC-PERP at 94 to bob')).then(accepted)
    world.when(alice.sells('21 BTC-PERP at 94 to bob')).then(rejected('under-liquidation'))
    world.when(alice.bids('1', 'alice:1')).then(rejected('self-trade'))
    world.when(alice.deposits('1 USD')).then(accepted, happenedExactly('CollateralDeposited'))
  })
})
