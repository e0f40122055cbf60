import {
  accepted,
  after,
  alice,
  all,
  bob,
  given,
  happened,
  happenedExactly,
  list,
  parameters,
  pool,
  price,
  rates,
  rejected,
  settled,
  startLiquidation,
  stated,
  ticking,
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
        stated({ open: [{ what: 'liquidation', id: 'alice:1' }] }),
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
    given(...leveraged, settled('BTC-PERP', '80'))
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

  describe('whose account changes sign', () => {
    const started = [...leveraged, price('BTC-PERP', '94'), startLiquidation('alice'), ticking('60 s')]

    it('says so, and its auction goes on where it stood', () => {
      given(...started)
        .when(price('BTC-PERP', '89'))
        .then(happened('AuctionTurned', { solvent: false, over: false, equity: '-10' }))
      given(...started, price('BTC-PERP', '89'))
        .when(ticking('60 s'), price('BTC-PERP', '91'))
        .then(
          happened('AuctionTurned', { solvent: true, over: false, equity: '10' }),
          pool(({ accounts }) =>
            expect(accounts.get('alice')?.liquidation).toMatchObject({
              solvent: true,
              startedAt: Date.parse('2020-03-12T10:00:00Z'),
              clocks: [{ id: 'BTC-PERP', from: 0, below_ms: 60_000 }],
            }),
          ),
        )
    })

    it('has been below zero for as long as that may last, however often it rose from there', () => {
      const flicker = all(price('BTC-PERP', '89'), ticking('5 min'), price('BTC-PERP', '90.5'), ticking('1 min'))
      const often = given(...started, flicker, flicker)
      often.then(pool(({ standing }) => expect([...standing.duties.deleverage]).toEqual([])))
      // Ten minutes below zero are noted: the next time it is over at once.
      often.when(price('BTC-PERP', '89')).then(
        happened('AuctionTurned', { solvent: false, over: true }),
        pool(({ standing }) => expect([...standing.duties.deleverage]).toEqual(['alice'])),
      )
      // Above zero it is judged anew, and goes on until its own time is over.
      often.when(price('BTC-PERP', '89'), price('BTC-PERP', '90.5')).then(
        happened('AuctionTurned', { solvent: true, over: false }),
        pool(({ standing }) => expect([...standing.duties.deleverage]).toEqual([])),
      )
    })

    it('is over whatever its sign, once all of its time is', () =>
      given(...leveraged, price('BTC-PERP', '94'), startLiquidation('alice'), ticking('36 min'))
        .when(price('BTC-PERP', '89'))
        .then(
          happened('AuctionTurned', { solvent: false, over: true }),
          pool(({ standing }) => expect([...standing.duties.deleverage]).toEqual(['alice'])),
        ))
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
