import {
  accepted,
  after,
  alice,
  bob,
  carol,
  everybodyActs,
  funding,
  given,
  happened,
  happenedExactly,
  minutes,
  parameters,
  passed,
  pool,
  price,
  rejected,
  setState,
  startLiquidation,
  stated,
  ticking,
} from '../kit'

const traded = [alice.holds('1000 USD'), bob.holds('2500 USD'), alice.bought('1 BTC-PERP at 5000 from bob')]

describe('a market that is reduced only', () => {
  const reduced = [...traded, carol.holds('10000 USD'), setState('BTC-PERP', 'reduce-only')]

  it('takes no trade that raises its open interest', () => {
    given(...reduced)
      .when(carol.buys('0.1 BTC-PERP at 5000 from bob'))
      .then(rejected('reduce-only'))
    given(...reduced)
      .when(carol.buys('1.1 BTC-PERP at 5000 from alice'))
      .then(rejected('reduce-only'))
  })

  it('takes what lets somebody out, also where another comes in', () => {
    given(...reduced)
      .when(carol.buys('1 BTC-PERP at 5000 from alice'))
      .then(accepted)
    given(...reduced)
      .when(bob.buys('1 BTC-PERP at 5000 from alice'))
      .then(accepted)
  })

  it('is live: its price is fresh, and bids are taken', () =>
    given(...reduced, ...minutes(1, price('BTC-PERP', '4205')))
      .when(carol.bids('1', 'alice:1'))
      .then(happened('Liquidated', { bidder: 'carol' })))
})

describe('a market that is halted', () => {
  it('takes neither trades nor funding, and prices', () => {
    const halted = [...traded, setState('BTC-PERP', 'halted')]
    given(...halted)
      .when(bob.buys('1 BTC-PERP at 5000 from alice'))
      .then(rejected('not-trading'))
    given(...halted)
      .when(funding('BTC-PERP', '0.01'))
      .then(rejected('not-trading'))
    given(...halted)
      .when(price('BTC-PERP', '4900'))
      .then(happenedExactly('PriceTick'), alice.stands({ equity: '900' }))
  })

  it('wears a step at once, whatever prices come: nobody takes money out on the last one', () =>
    given(...traded, setState('BTC-PERP', 'halted'))
      .when(alice.withdraws('100 USD'))
      .then(rejected('insufficient-margin'), alice.stands({ worst: '-500', best: '1150' })))

  it('liquidates nobody on the last price, and goes on to wear by the time since the halt', () =>
    given(...traded, setState('BTC-PERP', 'halted'))
      .when(passed('1 ms'), price('BTC-PERP', '4205'), everybodyActs, passed('8 min'), price('BTC-PERP', '4205'))
      .then(
        ({ happened: events }) => {
          expect(events.map(({ type }) => type)).not.toContain('LiquidationStarted')
          expect(events.flatMap(({ type, at }) => (type === 'TimePassed' ? [at.slice(14, 23)] : []))).toEqual([
            '00:00.000',
            '01:59.999',
            '03:59.999',
            '05:59.999',
            '07:59.999',
          ])
        },
        alice.stands({ equity: '205', best: '835.75' }),
      ))

  it('stops the clock of an auction, and bids in it; both go on where they were', () => {
    const opened = [...traded, carol.holds('10000 USD'), price('BTC-PERP', '4205'), startLiquidation('alice')]
    const until = (state: 'halted' | 'open') => [...opened, ticking('1 min'), setState('BTC-PERP', state)]
    given(...opened, ticking('1 min'), setState('BTC-PERP', 'halted'))
      .when(carol.bids('1', 'alice:1'))
      .then(rejected('stale-price'))
    // Two minutes in all that could be dealt in, and ten in which nothing could.
    const through = [ticking('10 min'), setState('BTC-PERP', 'open'), ticking('1 min')]
    given(...until('halted'), ...through)
      .when(carol.bids('1', 'alice:1'))
      .then(happened('Liquidated', { discount: '0.868' }))
    given(...opened, ticking('2 min'))
      .when(carol.bids('1', 'alice:1'))
      .then(happened('Liquidated', { discount: '0.868' }))
  })

  it('is what it was once it is opened: a price that is fresh still is', () =>
    given(...traded, setState('BTC-PERP', 'halted'), after('1 min'), setState('BTC-PERP', 'open'))
      .when(alice.withdraws('100 USD'))
      .then(accepted, stated({ instruments: [expect.objectContaining({ state: 'open', stale: false })] })))

  it('is halted once: saying so again sets nothing back', () =>
    given(...traded, setState('BTC-PERP', 'halted'))
      .when(setState('BTC-PERP', 'halted'))
      .then(rejected('bad-parameter')))

  it('is said in the statement', () =>
    given(...traded, parameters({ callPeriod_s: 60 }))
      .when(setState('BTC-PERP', 'halted'))
      .then(
        happened('InstrumentStateSet', { instrument: 'BTC-PERP', state: 'halted' }),
        stated({ instruments: [expect.objectContaining({ state: 'halted' })] }),
        pool(({ standing }) => expect([...standing.duties.start]).toEqual([])),
      ))
})
