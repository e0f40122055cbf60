import {
  accepted,
  after,
  alice,
  bob,
  carol,
  endLiquidation,
  fixed,
  given,
  happened,
  happenedExactly,
  list,
  passed,
  pool,
  price,
  rejected,
  settle,
  settled,
  startLiquidation,
  stated,
  trade,
} from '../kit'

/** Equity 40 on a maintenance margin of 47: the buffer is 51.70. */
const breached = [
  alice.holds('100 USD'),
  alice.bought('10 BTC-PERP at 100 from bob'),
  price('BTC-PERP', '94'),
  startLiquidation('alice'),
]

describe('a liquidation ends', () => {
  it('by a deposit that reaches the buffer, in the same breath', () =>
    given(...breached)
      .when(alice.deposits('11.7 USD'))
      .then(
        accepted,
        happenedExactly('CollateralDeposited', 'LiquidationEnded'),
        happened('LiquidationEnded', { liquidation: 'alice:1', reason: 'restored', equity: '51.7' }),
        stated({ open: [] }),
      ))

  it('not by a deposit that is a cent short of it, though maintenance margin is covered', () =>
    given(...breached)
      .when(alice.deposits('11.69 USD'))
      .then(happenedExactly('CollateralDeposited'), alice.stands({ status: 'restricted' })))

  it('by a price that reaches the buffer, once somebody asks', () => {
    const world = given(...breached, price('BTC-PERP', '95.5'))
    world.when(endLiquidation('alice:1')).then(accepted, happened('LiquidationEnded', { reason: 'restored' }))
    given(...breached, price('BTC-PERP', '95.1'))
      .when(endLiquidation('alice:1'))
      .then(rejected('nothing-due'))
  })

  it('not on an old price that would be enough, were it fresh', () =>
    given(...breached, price('BTC-PERP', '95.5'), after('121 s'))
      .when(endLiquidation('alice:1'))
      .then(rejected('nothing-due')))

  it('when nothing that is left has a price any more, and opens anew with the next', () => {
    const worn = given(...breached, after('20 min'))
    worn.when(endLiquidation('alice:1')).then(accepted, happened('LiquidationEnded', { reason: 'unpriced' }))
    worn
      .when(endLiquidation('alice:1'), price('BTC-PERP', '94'), startLiquidation('alice'))
      .then(accepted, happened('LiquidationStarted', { liquidation: 'alice:2' }))
  })

  it('not at maintenance margin only, nor once the auction is over: it is sold on until the buffer is reached', () => {
    for (const time of ['1 min', '36 min'])
      given(...breached, passed(time), price('BTC-PERP', '95'))
        .when(endLiquidation('alice:1'))
        .then(rejected('nothing-due'), alice.stands({ status: 'restricted' }))
  })

  it('by the settlement of what is left to close', () =>
    given(...breached, fixed('BTC-PERP', '93'))
      .when(settle('BTC-PERP', '93'))
      .then(
        accepted,
        happenedExactly('InstrumentSettled', 'LiquidationEnded'),
        happened('LiquidationEnded', { reason: 'closed', equity: '30' }),
      ))

  it('by the settlement of one position that restores what is left', () =>
    given(list('ETH-PERP'), alice.holds('10 USD'), alice.bought('1 ETH-PERP at 100 from bob'), ...breached)
      .when(price('ETH-PERP', '100'), settled('ETH-PERP', '160'))
      .then(happened('LiquidationEnded', { reason: 'restored' })))

  it('not by the settlement of one position that leaves it breached: it is judged again and goes on', () =>
    given(list('ETH-PERP'), alice.holds('10 USD'), alice.bought('1 ETH-PERP at 100 from bob'), ...breached)
      .when(price('ETH-PERP', '100'), settled('ETH-PERP', '90'))
      .then(
        pool(({ accounts, standing }) => {
          expect(accounts.get('alice')?.liquidation?.id).toBe('alice:1')
          expect([...standing.duties.start, ...standing.duties.end]).toEqual([])
        }),
      ))

  it('with a debt where the settlement leaves one, which is then for the waterfall', () =>
    given(...breached)
      .when(settled('BTC-PERP', '80'))
      .then(
        happened('LiquidationEnded', { reason: 'closed', equity: '-100' }),
        pool(({ standing }) => expect([...standing.duties.owing]).toEqual(['alice'])),
      ))

  it('and the next one has the next number', () =>
    given(...breached, alice.holds('11.7 USD'), price('BTC-PERP', '93'))
      .when(startLiquidation('alice'))
      .then(happened('LiquidationStarted', { liquidation: 'alice:2' })))

  it('and then the account trades again', () =>
    given(...breached, alice.holds('500 USD'))
      .when(
        trade({ trade: 'x', instrument: 'BTC-PERP', buyer: 'bob', seller: 'alice', quantity: '1', price: '94' }),
        alice.withdraws('1 USD'),
      )
      .then(accepted))

  it('never for somebody who has none', () =>
    given(bob.holds('1 USD'), carol.holds('1 USD')).when(endLiquidation('bob:1')).then(rejected('unknown-liquidation')))
})
