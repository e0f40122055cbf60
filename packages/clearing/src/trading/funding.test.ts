import { add, decimal, equals, format, sum, zero } from '@novation/decimal'
import fc from 'fast-check'
import {
  accepted,
  after,
  alice,
  bob,
  carol,
  dave,
  fund,
  funding,
  given,
  happened,
  happenedExactly,
  list,
  marketWorld,
  moved,
  movedAmongOthers,
  parameters,
  pool,
  prepare,
  price,
  rejected,
  type Step,
  settled,
  stated,
  type Wish,
} from '../kit'
import { healthOf } from '../state/health'
import { houseBalance } from '../state/house-balance'

const opened = [alice.holds('100 USD'), bob.holds('100 USD'), alice.bought('3 BTC-PERP at 100 from bob')]

describe('pay funding', () => {
  it('moves the index of the instrument, and no money, however many hold it', () =>
    given(...opened)
      .when(funding('BTC-PERP', '0.0001'))
      .then(
        accepted,
        happenedExactly('FundingPaid'),
        happened('FundingPaid', { instrument: 'BTC-PERP', rate: '0.0001', mark: '100', index: '0.01' }),
        moved({}),
      ))

  it('adds up', () =>
    given(...opened, funding('BTC-PERP', '0.0001'), price('BTC-PERP', '110'))
      .when(funding('BTC-PERP', '-0.0003'))
      .then(happened('FundingPaid', { index: '-0.023' })))

  it('counts the multiplier', () =>
    given(list('M', { multiplier: '0.01' }), price('M', '100'))
      .when(funding('M', '0.1'))
      .then(happened('FundingPaid', { index: '0.1' })))

  it('counts in equity at once: longs pay shorts', () =>
    given(...opened)
      .when(funding('BTC-PERP', '0.01'))
      .then(
        alice.stands({ equity: '97', positions: [expect.objectContaining({ accruedFunding: '-3' })] }),
        bob.stands({ equity: '103', positions: [expect.objectContaining({ accruedFunding: '3' })] }),
        stated({ assets: [expect.objectContaining({ imbalance: '0', owed: '200' })] }),
      ))

  it('pays longs where the rate is negative', () =>
    given(...opened)
      .when(funding('BTC-PERP', '-0.01'))
      .then(alice.stands({ equity: '103' }), bob.stands({ equity: '97' })))

  it('is rounded down on both sides, each against the account', () =>
    given(...opened)
      .when(funding('BTC-PERP', '0.00001'))
      .then(alice.stands({ equity: '99.99' }), bob.stands({ equity: '100' })))

  it('can put an account below its margin', () =>
    given(alice.holds('30 USD'), alice.bought('3 BTC-PERP at 100 from bob'))
      .when(funding('BTC-PERP', '0.0001'))
      .then(
        alice.stands({ status: 'restricted' }),
        pool(({ standing }) => expect([...standing.duties.call]).toEqual(['alice'])),
      ))

  it('is settled when the position is next touched, for that position', () =>
    given(...opened, carol.holds('100 USD'), funding('BTC-PERP', '0.01'))
      .when(alice.sells('1 BTC-PERP at 100 to carol'))
      .then(
        happenedExactly('TradeCleared', 'PositionOpened', 'FundingSettled', 'PositionReduced'),
        happened('FundingSettled', { account: 'alice', instrument: 'BTC-PERP', amount: '-3', index: '1' }),
        movedAmongOthers({ 'trader/alice USD': '-3', 'funding/BTC-PERP USD': '3' }),
        alice.stands({ equity: '97', positions: [expect.objectContaining({ accruedFunding: '0' })] }),
      ))

  it('is settled for nobody twice', () =>
    given(...opened, funding('BTC-PERP', '0.01'), alice.bought('1 BTC-PERP at 100 from carol'))
      .when(alice.buys('1 BTC-PERP at 100 from carol'))
      .then(happenedExactly('TradeCleared', 'PositionIncreased', 'PositionIncreased')))

  it('needs a fresh price, of a perpetual that is not settled', () => {
    given().when(funding('BTC-PERP', '0.01')).then(rejected('stale-price'))
    given(price('BTC-PERP', '100'), after('121 s')).when(funding('BTC-PERP', '0.01')).then(rejected('stale-price'))
    given(list('F', { kind: 'future', expiry: '2021-01-01T00:00:00Z' }), price('F', '1'))
      .when(funding('F', '0.01'))
      .then(rejected('not-supported'))
    given(settled('BTC-PERP', '1')).when(funding('BTC-PERP', '0.01')).then(rejected('not-trading'))
    given().when(funding('XXX', '0.01')).then(rejected('unknown-instrument'))
  })

  it('is bounded either way, and paid no more often than once in its interval', () => {
    const bounded = [...opened, parameters({ funding: { cap: '0.005', interval_s: 3600 } })]
    for (const rate of ['0.005000000000000001', '-0.006'])
      given(...bounded)
        .when(funding('BTC-PERP', rate))
        .then(rejected('beyond-band'))
    given(...bounded, funding('BTC-PERP', '0.005'), after('3599 s'), price('BTC-PERP', '100'))
      .when(funding('BTC-PERP', '-0.005'))
      .then(rejected('too-soon'))
    given(...bounded, funding('BTC-PERP', '0.005'), after('1 h'), price('BTC-PERP', '100'))
      .when(funding('BTC-PERP', '-0.005'))
      .then(happened('FundingPaid', { index: '0' }))
  })

  it('leaves what rounding took to dust, once the instrument is settled', () =>
    given(...opened, funding('BTC-PERP', '0.00001'))
      .when(settled('BTC-PERP', '100'))
      .then(
        alice.stands({ equity: '99.99' }),
        bob.stands({ equity: '100' }),
        moved({
          'trader/alice/BTC-PERP BTC-PERP': '-3',
          'trader/bob/BTC-PERP BTC-PERP': '3',
          'trader/alice/BTC-PERP USD': '300',
          'trader/bob/BTC-PERP USD': '-300',
          'trader/alice USD': '-0.01',
          'dust USD': '0.01',
        }),
      ))
})

const people = [alice, bob, carol, dave]

const deal: fc.Arbitrary<Wish> = fc
  .record({
    buyer: fc.nat(3),
    other: fc.integer({ min: 1, max: 3 }),
    lots: fc.integer({ min: 1, max: 999 }),
    cents: fc.integer({ min: 9000, max: 11_000 }),
  })
  .map(({ buyer, other, lots, cents }) => {
    const [from, to] = [people[buyer] ?? alice, people[(buyer + other) % 4] ?? bob]
    return from.buys(`${lots / 1000} BTC-PERP at ${cents / 100} from ${to.id}`)
  })

const rate: fc.Arbitrary<Wish> = fc
  .integer({ min: -99_999, max: 99_999 })
  .map((n) => funding('BTC-PERP', format(scaled(n))))
const scaled = (n: number) => decimal(`${n < 0 ? '-' : ''}0.00${String(Math.abs(n)).padStart(5, '0')}`)

describe('funding', () => {
  it('is zero-sum over whatever trades: nothing comes of it but dust, less than a cent a touch', () =>
    fc.assert(
      fc.property(fc.array(fc.oneof(deal, rate), { maxLength: 25 }), (steps) => {
        const rich: readonly (Step | Wish)[] = people.map((person) => person.holds('100000 USD'))
        const world = prepare(marketWorld, [...rich, fund('1 USD'), price('BTC-PERP', '100'), ...steps])
        const end = prepare(world, [settled('BTC-PERP', '101.7')])
        const equity = sum([...end.pool.accounts.values()].map((account) => healthOf(end.pool, account).equity))
        const dust = houseBalance(end.pool, 'dust', 'USD')
        expect(equals(add(equity, dust), decimal('400000'))).toBe(true)
        expect(houseBalance(end.pool, 'funding/BTC-PERP', 'USD')).toEqual(zero)
        expect(Number(format(dust))).toBeGreaterThanOrEqual(0)
        expect(Number(format(dust))).toBeLessThan(0.01 * 4 * (steps.length + 1))
        given(...rich, price('BTC-PERP', '100'), ...steps)
          .when(settled('BTC-PERP', '101.7'))
          .then(accepted)
      }),
      { numRuns: 40 },
    ))
})
