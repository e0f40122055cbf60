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
  list,
  minutes,
  parameters,
  passed,
  pool,
  price,
  rejected,
  setState,
  settle,
  stated,
  type Wish,
} from '../kit'

/** Oil for delivery in May 2020, a barrel each: it fell from 18 to -37 in a day. */
const oil = list('OIL', { signed: true, marginFloor: '10', gap: '0.3', lot: '1' })
const wti = (value: string): Wish => price('OIL', value)
/** Alice holds 100 barrels at 20, bob has sold them. */
const traded = [
  oil,
  wti('20'),
  alice.holds('6000 USD'),
  bob.holds('2000 USD'),
  carol.holds('100000 USD'),
  alice.bought('100 OIL at 20 from bob'),
]

describe('a price that falls below nothing', () => {
  it('is taken, and what is lost and won by it is paid', () =>
    given(...traded)
      .when(wti('10'), wti('0'), wti('-37.63'))
      .then(
        accepted,
        alice.stands({ equity: '237', positions: [expect.objectContaining({ unrealizedPnl: '-5763' })] }),
        bob.stands({ equity: '7763' }),
        stated({
          instruments: expect.arrayContaining([expect.objectContaining({ instrument: 'OIL', mark: '-37.63' })]),
        }),
      ))

  it('asks for margin on its size, and never on less than the floor', () => {
    given(...traded).then(alice.stands({ initialMargin: '200', maintenanceMargin: '100' }))
    given(...traded, wti('10')).then(alice.stands({ initialMargin: '100', maintenanceMargin: '50' }))
    given(...traded, wti('1')).then(alice.stands({ initialMargin: '100', maintenanceMargin: '50' }))
    given(...traded, wti('0')).then(alice.stands({ initialMargin: '100', maintenanceMargin: '50' }))
    given(...traded, wti('-5')).then(alice.stands({ initialMargin: '100', maintenanceMargin: '50' }))
    given(...traded, wti('-37.63')).then(alice.stands({ initialMargin: '376.3', maintenanceMargin: '188.15' }))
  })

  it('gives nobody a position for nothing while it costs nothing', () => {
    const poor = [...traded, wti('0'), carol.withdraws('99900 USD')]
    given(...poor)
      .when(carol.buys('101 OIL at 0 from bob'))
      .then(rejected('insufficient-margin'))
    given(...poor)
      .when(carol.buys('100 OIL at 0 from bob'))
      .then(accepted)
  })

  it('calls and liquidates on its way down, below nothing too, and a bidder is paid for what that requires', () =>
    given(...traded, wti('-37.63'))
      .when(wti('-38.5'), everybodyActs, ...minutes(2, wti('-38.5')), carol.bids('1', 'alice:1'))
      .then(
        happened('MarginCall', { account: 'alice' }),
        happened('LiquidationStarted', { account: 'alice', equity: '150', maintenanceMargin: '192.5' }),
        happened('Liquidated', { account: 'alice', bidder: 'carol' }),
      ))

  it('wears by the gap of its size, at least of the floor', () =>
    given(...traded, wti('0'))
      .when(passed('121 s'))
      .then(alice.stands({ equity: '4000', worst: '3700', best: '4030' })))

  it('is dealt, settled and believed within bands of its size', () => {
    given(...traded, wti('-20'), parameters({ tradeBand: '0.05' }))
      .when(alice.sells('1 OIL at -21 to bob'))
      .then(accepted)
    given(...traded, wti('-20'), parameters({ tradeBand: '0.05' }))
      .when(alice.sells('1 OIL at -21.01 to bob'))
      .then(rejected('beyond-band'))
    given(...traded, wti('0'), parameters({ deviation: '0.05' }))
      .when(wti('-0.5'))
      .then(happened('PriceTick', { price: '-0.5' }))
    given(...traded, wti('0'), parameters({ deviation: '0.05' }))
      .when(wti('-0.51'))
      .then(happened('PriceHeld', { price: '-0.51', mark: '0' }))
    given(...traded, wti('-20'), parameters({ settlementBand: '0.05' }))
      .when(after('20 min'), settle('OIL', '-18.99'))
      .then(rejected('beyond-band'))
    given(...traded, wti('-20'), parameters({ settlementBand: '0.05' }))
      .when(after('20 min'), settle('OIL', '-19'))
      .then(accepted, alice.stands({ equity: '2100', positions: [] }), bob.stands({ equity: '5900' }))
  })

  it('pays funding by its size: longs pay shorts where the rate is above zero', () =>
    given(...traded, wti('-20'))
      .when(funding('OIL', '0.01'))
      .then(
        alice.stands({ positions: [expect.objectContaining({ accruedFunding: '-20' })] }),
        bob.stands({ positions: [expect.objectContaining({ accruedFunding: '20' })] }),
      ))

  it('is the fixing of what ends at it', () =>
    given(
      list('MAY', { kind: 'future', expiry: '2020-03-12T10:01:00Z', signed: true, marginFloor: '10' }),
      price('MAY', '20'),
      alice.holds('6000 USD'),
      alice.bought('100 MAY at 20 from bob'),
      price('MAY', '-37.63'),
    )
      .when(passed('1 min'))
      .then(
        happened('InstrumentExpired', { fixing: '-37.63' }),
        happened('InstrumentSettled', { price: '-37.63' }),
        alice.stands({ equity: '237', positions: [] }),
      ))

  it('stands in a halt, and counts as it must', () =>
    given(...traded, wti('-20'), setState('OIL', 'halted')).then(
      alice.stands({ equity: '2000', worst: '1400', best: '2060' }),
    ))

  it('moves everybody over each line at the very price that does', () =>
    given(...traded, ...Array.from({ length: 60 }, (_, i) => wti(String(20 - i))), everybodyActs).then(
      pool(({ accounts }) => expect(accounts.get('alice')?.liquidation).toBeDefined()),
    ))
})

describe('an instrument that may cost nothing or less', () => {
  it('says what its margin is of then', () => {
    given()
      .when(list('X', { signed: true }))
      .then(rejected('bad-parameter'))
    given()
      .when(list('X', { signed: true, marginFloor: '0' }))
      .then(rejected('bad-parameter'))
    given()
      .when(list('X', { signed: true, marginFloor: '0.001' }))
      .then(rejected('bad-parameter'))
    given()
      .when(list('X', { marginFloor: '1' }))
      .then(rejected('bad-parameter'))
    given()
      .when(oil)
      .then(happened('InstrumentListed', { instrument: 'OIL', marginFloor: '10' }))
  })

  it('is none unless it says so', () => {
    given().when(price('BTC-PERP', '0')).then(rejected('not-positive'))
    given(price('BTC-PERP', '1')).when(settle('BTC-PERP', '-1')).then(rejected('not-positive'))
  })
})
