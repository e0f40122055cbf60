import { decimal } from '@novation/decimal'
import type { Book } from '../state/book'
import {
  accepted,
  after,
  alice,
  assertPassed,
  bent,
  bob,
  checkLaws,
  everybodyActs,
  given,
  happened,
  happenedExactly,
  list,
  marketWorld,
  moved,
  named,
  passed,
  passTime,
  pool,
  prepare,
  price,
  rejected,
  tried,
  type World,
} from '.'

describe('the test kit', () => {
  it('reads like the rule book', () =>
    given(alice.holds('100 USD'), alice.bought('1 BTC-PERP at 50 from bob'), price('BTC-PERP', '90'))
      .when(alice.withdraws('101 USD'))
      .then(rejected('insufficient-balance'), alice.stands({ equity: '140' })))

  it('sends what is said in the present tense, and prepares what is said in the past', () =>
    given(alice.holds('100 USD'), bob.holds('100 USD'), price('BTC-PERP', '50'))
      .when(after('1 s'), alice.buys('1 BTC-PERP at 50 from bob'))
      .then(
        accepted,
        happenedExactly('TradeCleared', 'PositionOpened', 'PositionOpened'),
        happened('PositionOpened', { account: 'bob', quantity: '-1' }),
        moved({
          'trader/alice/BTC-PERP BTC-PERP': '1',
          'trader/alice/BTC-PERP USD': '-50',
          'trader/bob/BTC-PERP BTC-PERP': '-1',
          'trader/bob/BTC-PERP USD': '50',
        }),
        pool(({ revision }) => expect(revision).toBe(10)),
      ))

  it('lets the services do their duty', () =>
    given(alice.holds('10 USD'), alice.bought('1 BTC-PERP at 50 from bob'))
      .when(price('BTC-PERP', '41'), everybodyActs)
      .then(accepted, happenedExactly('PriceTick', 'MarginCall', 'LiquidationStarted')))

  it('fails where a presupposition does not come about', () => {
    expect(() => given(alice.holds('1 USD'), alice.withdraws('2 USD'))).toThrow('insufficient-balance')
    expect(() => given(alice.holds('1 USD'), tried(alice.withdraws('2 USD')))).not.toThrow()
  })

  it('fails where an expectation does not hold', () => {
    const so = given(alice.holds('1 USD')).when(alice.withdraws('2 USD'))
    expect(() => so.then(accepted)).toThrow()
    expect(() => so.then(rejected('stale-price'))).toThrow()
    expect(() => so.then(happened('CollateralWithdrawn'))).toThrow()
    expect(() => so.then(alice.stands({ equity: '2' }))).toThrow()
  })

  describe('ends with a word where it would wait for ever', () => {
    const due = { at: Date.parse('2020-03-12T10:00:01Z'), what: 'expiry', id: 'F' } as const
    const dated = list('F', { kind: 'future', expiry: '2020-03-12T10:00:01Z' })
    const still = 'time does not pass at 2020-03-12T10:00:01.000Z: expiry F is due still'

    it('for time to pass that was turned away, at the door or in the ledger', () => {
      // The id that the sixth command will have is used already.
      expect(() => given(dated, tried(named('c-6', passTime)), passed('1 s'))).toThrow(still)
      expect(() => assertPassed(due, false, passed('1 s')(given(dated).world).pool)).toThrow(still)
    })

    it('for what is due still after it was said', () => {
      const { world } = given(dated)
      expect(() => assertPassed(due, true, world.pool)).toThrow(still)
      expect(() => assertPassed(due, true, passed('1 s')(world).pool)).not.toThrow()
    })
  })

  describe('checks the laws', () => {
    const world = prepare(marketWorld, [alice.holds('100 USD'), alice.bought('1 BTC-PERP at 50 from bob')])
    const tampered = (bend: (book: Book) => void): World => ({ ...world, pool: bent(world.pool, bend) })
    const withHouse = (account: string, amount: string) =>
      tampered((book) => book.put(book.house(account), 'balances', 'USD', decimal(amount)))

    it('which hold', () => checkLaws(world))

    it.each([
      ['the house is flat', withHouse('clearing', '1')],
      ['custody', withHouse('dust', '1')],
      ['no bulk leaves anything behind', withHouse('bulk/x', '1')],
      [
        'open interest is the longs',
        tampered((book) => {
          for (const instrument of book.instruments.values()) book.set(instrument, 'openInterest', decimal('2'))
        }),
      ],
      ['a replay ends in the same state', tampered((book) => book.set<Book, 'frozen'>(book, 'frozen', true))],
      ['standing kept up', tampered((book) => void book.standing.bankrupt.add('bob'))],
      ['BrokenChain|expected revision', { ...world, events: world.events.filter((_, i) => i !== 3) }],
      [
        'the chain holds',
        {
          ...world,
          events: world.events.map((event, i) => (i === 3 ? { ...event, at: '2020-01-01T00:00:00.000Z' } : event)),
        },
      ],
    ] as const)('and finds that "%s" is broken', (law, broken) =>
      expect(() => checkLaws(broken)).toThrow(new RegExp(law)),
    )
  })
})
