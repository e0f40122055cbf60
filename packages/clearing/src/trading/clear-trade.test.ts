import {
  accepted,
  alice,
  bob,
  carol,
  given,
  happened,
  happenedExactly,
  list,
  moved,
  parameters,
  pool,
  price,
  rates,
  rejected,
  stated,
  trade,
} from '../kit'

const funded = [alice.holds('100 USD'), bob.holds('100 USD'), price('BTC-PERP', '100')]

describe('clear trade', () => {
  it('is novated: each side trades with the house, in an event of its own', () =>
    given(...funded)
      .when(
        trade({ trade: 't-1', instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity: '2', price: '99.5' }),
      )
      .then(
        accepted,
        happenedExactly('TradeCleared', 'PositionOpened', 'PositionOpened'),
        happened('TradeCleared', { trade: 't-1', buyer: 'alice', seller: 'bob', quantity: '2', price: '99.5' }),
        happened('PositionOpened', { account: 'alice', quantity: '2', held: '2', price: '99.5' }),
        happened('PositionOpened', { account: 'bob', quantity: '-2', held: '-2', price: '99.5' }),
        ({ happened: events }) =>
          expect(events.map(({ postings }) => postings)).toEqual([
            [],
            expect.arrayContaining([
              { account: 'trader/alice/BTC-PERP', asset: 'BTC-PERP', amount: '2' },
              { account: 'clearing', asset: 'BTC-PERP', amount: '-2' },
              { account: 'trader/alice/BTC-PERP', asset: 'USD', amount: '-199' },
              { account: 'clearing', asset: 'USD', amount: '199' },
            ]),
            expect.arrayContaining([
              { account: 'trader/bob/BTC-PERP', asset: 'USD', amount: '199' },
              { account: 'clearing', asset: 'USD', amount: '-199' },
            ]),
          ]),
        stated({ instruments: [expect.objectContaining({ openInterest: '2', longCost: '199', shortCost: '-199' })] }),
      ))

  it('gives the short a negative cost', () =>
    given(...funded)
      .when(alice.sells('1 BTC-PERP at 90 to bob'))
      .then(
        alice.stands({
          positions: [
            { instrument: 'BTC-PERP', quantity: '-1', cost: '-90', unrealizedPnl: '-10', accruedFunding: '0' },
          ],
        }),
        bob.stands({
          positions: [{ instrument: 'BTC-PERP', quantity: '1', cost: '90', unrealizedPnl: '10', accruedFunding: '0' }],
        }),
      ))

  it('counts the multiplier in cost and notional', () =>
    given(list('M', { multiplier: '0.01' }), price('M', '100'), alice.holds('10 USD'), bob.holds('10 USD'))
      .when(alice.buys('3 M at 101 from bob'))
      .then(
        alice.stands({ equity: '9.97', initialMargin: '0.3', maintenanceMargin: '0.15' }),
        stated({ instruments: [expect.anything(), expect.objectContaining({ longCost: '3.03' })] }),
      ))

  it('adds to a position at its own price: cost is carried, not an average', () =>
    given(...funded, alice.bought('1 BTC-PERP at 100 from bob'))
      .when(alice.buys('2 BTC-PERP at 101.123456789 from bob'))
      .then(
        happenedExactly('TradeCleared', 'PositionIncreased', 'PositionIncreased'),
        happened('PositionIncreased', { account: 'alice', quantity: '2', held: '3' }),
        stated({ instruments: [expect.objectContaining({ longCost: '302.246913578' })] }),
      ))

  it('clears nothing twice under one name', () => {
    const again = { trade: 't-1', instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity: '1', price: '100' }
    given(...funded, trade(again))
      .when(trade({ ...again, quantity: '2' }))
      .then(rejected('duplicate-trade'))
  })

  it('remembers no name of a trade that was not cleared', () => {
    const named = { trade: 't-1', instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity: '100', price: '100' }
    given(...funded)
      .when(trade(named), trade({ ...named, quantity: '1' }))
      .then(happened('CommandRejected', { code: 'insufficient-margin' }), happened('TradeCleared', { quantity: '1' }))
  })

  describe('is margined on both sides, with both done', () => {
    it('and may leave both exactly at initial margin', () =>
      given(...funded)
        .when(alice.buys('10 BTC-PERP at 100 from bob'))
        .then(
          accepted,
          alice.stands({ equity: '100', initialMargin: '100', status: 'healthy' }),
          bob.stands({ status: 'healthy' }),
        ))

    it('but no cent below: on the buyer’s side', () =>
      given(...funded, bob.deposits('1000 USD'))
        .when(alice.buys('10.0000001 BTC-PERP at 100 from bob'))
        .then(
          rejected('insufficient-margin'),
          moved({}),
          alice.stands({ positions: [] }),
          bob.stands({ positions: [] }),
        ))

    it('or on the seller’s, and nothing is half applied', () =>
      given(...funded, alice.deposits('1000 USD'))
        .when(alice.buys('10.0000001 BTC-PERP at 100 from bob'))
        .then(
          rejected('insufficient-margin'),
          moved({}),
          alice.stands({ positions: [] }),
          bob.stands({ positions: [] }),
        ))

    it('at the mark: a bad price is a loss at once', () => {
      given(...funded)
        .when(alice.buys('5 BTC-PERP at 110 from bob'))
        .then(accepted, alice.stands({ equity: '50', initialMargin: '50' }))
      given(...funded)
        .when(alice.buys('5 BTC-PERP at 110.01 from bob'))
        .then(rejected('beyond-band'))
      given(parameters({ reduceBand: '1' }), ...funded)
        .when(alice.buys('5 BTC-PERP at 110.01 from bob'))
        .then(rejected('insufficient-margin'))
    })

    it('with the open interest as it is after the trade', () => {
      const crowded = list('C', {
        margin: { ...rates('0.1', '0.05'), openInterestScaling: { lower: '100', upper: '300' } },
      })
      // OI 200 asks 55 % of 200 for both
      given(crowded, alice.holds('110 USD'), bob.holds('110 USD'), price('C', '100'))
        .when(alice.buys('2 C at 100 from bob'))
        .then(accepted)
      given(crowded, alice.holds('110 USD'), bob.holds('109.99 USD'), price('C', '100'))
        .when(alice.buys('2 C at 100 from bob'))
        .then(rejected('insufficient-margin'))
    })

    it('across all positions of a cross-margined account', () =>
      given(...funded, list('ETH-PERP'), alice.bought('5 ETH-PERP at 100 from carol'))
        .when(alice.buys('5.01 BTC-PERP at 100 from bob'))
        .then(rejected('insufficient-margin')))
  })

  describe('from an isolated account', () => {
    const isolated = [alice.opens('isolated'), ...funded, list('ETH-PERP'), price('ETH-PERP', '10')]

    it('is in one instrument only', () => {
      given(...isolated, alice.bought('1 BTC-PERP at 100 from bob'))
        .when(alice.buys('1 ETH-PERP at 10 from bob'))
        .then(rejected('isolated-account'))
      given(...isolated, alice.bought('1 BTC-PERP at 100 from bob'))
        .when(bob.buys('1 ETH-PERP at 10 from alice'))
        .then(rejected('isolated-account'))
      given(...isolated, alice.bought('1 BTC-PERP at 100 from bob'))
        .when(alice.buys('1 BTC-PERP at 100 from bob'))
        .then(accepted)
    })

    it('may be in another once it is out of the first', () =>
      given(...isolated, alice.bought('1 BTC-PERP at 100 from bob'), alice.sold('1 BTC-PERP at 100 to bob'))
        .when(alice.buys('1 ETH-PERP at 10 from bob'))
        .then(accepted))

    it('leaves the other side free', () =>
      given(...isolated, alice.bought('1 BTC-PERP at 100 from bob'))
        .when(carol.holds('10 USD'), bob.buys('1 ETH-PERP at 10 from carol'))
        .then(accepted))
  })

  it('carries 54 places exactly', () =>
    given(
      list('M', { multiplier: '0.000000000000000001' }),
      price('M', '0.000000000000000003'),
      alice.holds('1 USD'),
      bob.holds('1 USD'),
    )
      .when(alice.buys('0.000000000000000002 M at 0.000000000000000001 from bob'))
      .then(
        accepted,
        alice.stands({ equity: '1.000000000000000000000000000000000000000000000000000004', initialMargin: '0.01' }),
        pool(({ accounts }) => expect(accounts.get('alice')?.positions.size).toBe(1)),
      ))

  it('carries the largest position that the largest balance bears', () =>
    given(
      list('M', { multiplier: '999999999', gap: '0.1' }),
      price('M', '999999999'),
      alice.holds('999999999999999999 USD'),
      bob.holds('999999999999999999 USD'),
    )
      .when(alice.buys('9.999999999999999999 M at 999999999.000000000000000001 from bob'))
      .then(
        accepted,
        alice.stands({
          equity: '999999999999999998.999999990000000010000000000999999999',
          initialMargin: '999999998000000000.91',
        }),
      ))

  it('carries the largest numbers a command can write', () =>
    given(
      list('M', { multiplier: '999999999999999999' }),
      price('M', '999999999999999999'),
      ...Array.from({ length: 12 }, () => alice.holds('999999999999999999 USD')),
      bob.holds('999999999999999999 USD'),
    )
      .when(alice.buys('999999999999999999 M at 999999999999999999 from bob'))
      .then(rejected('insufficient-margin')))

  it('is near the mark, as a share of it', () => {
    const banded = [parameters({ tradeBand: '0.05' }), alice.holds('1000 USD'), bob.holds('1000 USD')]
    for (const far of ['105.01', '94.99', '1000000000'])
      given(...banded, price('BTC-PERP', '100'))
        .when(alice.buys(`1 BTC-PERP at ${far} from bob`))
        .then(rejected('beyond-band'))
    for (const near of ['105', '95'])
      given(...banded, price('BTC-PERP', '100'))
        .when(alice.buys(`1 BTC-PERP at ${near} from bob`))
        .then(accepted)
  })
})
