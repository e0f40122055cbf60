import {
  accepted,
  after,
  alice,
  assetPrice,
  bob,
  carol,
  everybodyActs,
  funding,
  given,
  happened,
  happenedExactly,
  list,
  minutes,
  parameters,
  passed,
  pool,
  price,
  registerAsset,
  rejected,
  type Step,
  setState,
  stated,
  ticking,
  type Wish,
} from '../kit'

const believed = parameters({ deviation: '0.05', confirm_ms: 3000 })
const traded = [
  believed,
  alice.holds('1000 USD'),
  bob.holds('2500 USD'),
  carol.holds('600000 USD'),
  alice.bought('1 BTC-PERP at 5000 from bob'),
]
const btc = (value: string): Wish => price('BTC-PERP', value)
const types = (events: readonly { readonly type: string }[]): readonly string[] => events.map(({ type }) => type)

describe('a price too far from the last one to be believed at once', () => {
  it('is held: the mark stays, and worst and best alone move', () =>
    given(...traded)
      .when(btc('4100'))
      .then(
        happenedExactly('PriceHeld'),
        happened('PriceHeld', {
          instrument: 'BTC-PERP',
          price: '4100',
          mark: '5000',
          since: '2020-03-12T10:00:00.000Z',
        }),
        alice.stands({ equity: '1000', worst: '100', best: '1000', initialMargin: '500', status: 'restricted' }),
        bob.stands({ equity: '2500', worst: '2500', best: '3400' }),
        stated({
          instruments: [
            expect.objectContaining({ mark: '5000', held: { price: '4100', since: '2020-03-12T10:00:00.000Z' } }),
          ],
        }),
      ))

  it('begins beyond the deviation, and not at it', () => {
    given(...traded)
      .when(btc('4750'))
      .then(happenedExactly('PriceTick'))
    given(...traded)
      .when(btc('4749.99'))
      .then(happenedExactly('PriceHeld'))
    given(...traded)
      .when(btc('5250.01'))
      .then(happenedExactly('PriceHeld'))
  })

  it('is never the first', () => given(believed).when(btc('5000')).then(happenedExactly('PriceTick')))

  it('of a coin moves what that is worth', () =>
    given(believed, registerAsset('ETH', 8), assetPrice('ETH', '100'), carol.holds('1 USD', '5 ETH'))
      .when(assetPrice('ETH', '80'))
      .then(carol.stands({ equity: '501', worst: '401', best: '501' })))

  it('lets what of a coin comes meanwhile wait for the next one, also where the last was observed by a clock ahead', () => {
    const ahead = (value: string, second: string): Wish => ({
      type: 'PublishPrice',
      data: { asset: 'ETH', price: value, observedAt: `2020-03-12T10:00:${second}Z` },
    })
    const held = [believed, registerAsset('ETH', 8), carol.holds('1 USD'), ahead('100', '03'), ahead('10', '03')]
    given(...held, carol.deposits('5 ETH')).then(carol.stands({ equity: '1' }))
    given(...held, carol.deposits('5 ETH'), ahead('100', '03')).then(carol.stands({ equity: '1' }))
    given(...held, carol.deposits('5 ETH'), ahead('100', '04')).then(carol.stands({ equity: '501' }))
  })

  it('liquidates nobody, and lets nobody take money out on the price before', () => {
    given(...traded)
      .when(btc('4100'), everybodyActs)
      .then(({ happened: events }) => expect(types(events)).toEqual(['PriceHeld']))
    given(...traded)
      .when(btc('4100'), alice.withdraws('100 USD'))
      .then(rejected('insufficient-margin'))
    given(...traded)
      .when(btc('4100'), bob.withdraws('100 USD'))
      .then(accepted)
  })

  it('stops trades, funding and bids, and the clock of an auction', () => {
    given(...traded)
      .when(btc('4100'), bob.buys('1 BTC-PERP at 5000 from alice'))
      .then(rejected('stale-price'))
    given(...traded)
      .when(btc('4100'), funding('BTC-PERP', '0.001'))
      .then(rejected('stale-price'))
    const opened = [...minutes(2, btc('4300')), ...minutes(2, btc('4200')), ticking('1 min')]
    given(...traded, ...opened)
      .when(btc('3600'), carol.bids('1', 'alice:1'))
      .then(rejected('stale-price'))
    given(...traded, ...opened, btc('3600'), after('100 s'), btc('4200'))
      .when(carol.bids('1', 'alice:1'))
      .then(happened('Liquidated', { discount: '0.868' }))
  })

  it('is no fixing', () => {
    const dated = [
      believed,
      list('F', { kind: 'future', expiry: '2020-03-12T10:01:00Z' }),
      alice.bought('1 F at 100 from bob'),
      price('F', '90'),
    ]
    given(...dated)
      .when(passed('1 min'))
      .then(({ happened: events }) => expect(types(events)).not.toContain('InstrumentSettled'))
  })
})

describe('what is held is taken', () => {
  const taken = (...between: readonly (Step | Wish)[]) => given(...traded, ...between)

  it('once another within the deviation of it is observed three seconds for each deviation that it has moved', () => {
    taken(btc('4700'), after('3 s'))
      .when(btc('4690'))
      .then(happenedExactly('PriceTick'), alice.stands({ equity: '690' }))
    taken(btc('4700'), after('2999 ms')).when(btc('4690')).then(happenedExactly('PriceHeld'))
    taken(btc('4100'), after('8999 ms')).when(btc('4100')).then(happenedExactly('PriceHeld'))
    taken(btc('4100'), after('9 s')).when(btc('4100')).then(happenedExactly('PriceTick'))
  })

  it('after five minutes at the latest, however far it has moved', () => {
    taken(btc('1000000'), after('299999 ms')).when(btc('1000000')).then(happenedExactly('PriceHeld'))
    taken(btc('1000000'), after('5 min')).when(btc('1000000')).then(happened('PriceTick'))
  })

  it('by its observation, not by its arrival', () => {
    const late = price('BTC-PERP', '4700', '2020-03-12T10:00:02.999Z')
    taken(btc('4700'), after('1 min')).when(late).then(happenedExactly('PriceHeld'))
    taken(btc('4700'), after('1 min'), late)
      .when(price('BTC-PERP', '4700', '2020-03-12T10:00:01Z'))
      .then(rejected('price-out-of-order'))
  })

  it('with the time of the first where a nearer one comes too soon: it takes its place', () =>
    taken(btc('4700'), after('2 s'), btc('4600'), after('1 s')).when(btc('4600')).then(happenedExactly('PriceTick')))

  it('not by one that is far from it: that begins anew', () =>
    taken(btc('4700'), after('2 s'), btc('4300'), after('2 s'))
      .when(btc('4300'))
      .then(happened('PriceHeld', { since: '2020-03-12T10:00:02.000Z' })))

  it('never, where the market comes back: what is within the deviation of the last one ends the hold', () =>
    taken(btc('4100'), after('1 min'))
      .when(btc('5010'))
      .then(happenedExactly('PriceTick'), alice.stands({ equity: '1010', status: 'healthy' })))

  it('in a halt too, and then nobody deals in it still', () =>
    taken(setState('BTC-PERP', 'halted'), btc('4700'), after('3 s'), btc('4700'))
      .when(bob.buys('1 BTC-PERP at 4700 from alice'))
      .then(rejected('not-trading'), alice.stands({ equity: '700' })))
})

describe('a price that alternates', () => {
  const hour = (...said: readonly Wish[]): readonly (Step | Wish)[] =>
    Array.from({ length: 120 }, () => [...said.flatMap((each) => [passed('15 s'), each]), everybodyActs]).flat()

  it('for an hour round the last one hurts nobody and lets nobody go: it is the last one', () =>
    given(...traded)
      .when(...hour(btc('4100'), btc('5000')))
      .then(
        ({ happened: events }) => {
          expect(new Set(types(events))).toEqual(new Set(['PriceHeld', 'PriceTick']))
          expect(events).toHaveLength(240)
        },
        alice.stands({ equity: '1000' }),
        stated({ open: [] }),
      ))

  it('for an hour far from it is never believed, and wears like one that nobody tells', () =>
    given(...traded)
      .when(...hour(btc('4100'), btc('3000')))
      .then(
        ({ happened: events }) => expect(new Set(types(events))).toEqual(new Set(['PriceHeld', 'TimePassed'])),
        alice.stands({ equity: '1000', worst: '-2500', best: '2500' }),
        pool(({ standing }) => expect([...standing.duties.start]).toEqual([])),
      ))
})
