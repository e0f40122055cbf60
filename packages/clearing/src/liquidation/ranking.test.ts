import { after, bob, list, marketWorld, person, prepare, price, type Step, type Wish, wideBands } from '../kit'
import { judgeAll } from '../proof/snapshot'
import type { Pool, Ranked } from '../state/pool'
import { rankingOf } from './ranking'

/** Who holds one side, in each group in its order, and how much of theirs is no hedge. */
const sideOf = (pool: Pool, side: 1 | -1) => {
  const instrument = pool.instruments.get('ETH-PERP')
  if (instrument === undefined) throw new RangeError('ETH-PERP is not listed')
  const { breached, gaining, others, members } = rankingOf(pool, instrument, side)
  const told = (group: readonly Ranked[]) =>
    group.map(({ account, valued, free, gains }) => [account.id, valued.quantity, free, gains])
  return {
    breached: told(breached),
    gaining: told(gaining),
    others: told(others),
    members: [...members.keys()].map(({ id }) => id).sort(),
  }
}
const longsOf = (pool: Pool) => sideOf(pool, 1)
const idsOf = (group: readonly (readonly unknown[])[]) => group.map(([id]) => id)

/** Ten who are long, each with other money, entered in no order; at 88 the first four are below their line. */
const cash = { h4: 15, h1: 12, h9: 100, h3: 14, h6: 30, h2: 13, h8: 70, h5: 20, h7: 50, h10: 140 }
const longs: readonly (Step | Wish)[] = [
  list('ETH-PERP'),
  bob.holds('100000 USD'),
  price('ETH-PERP', '100'),
  ...Object.entries(cash).flatMap(([name, held]) => [
    person(name).holds(`${held} USD`),
    person(name).buys('1 ETH-PERP at 100 from bob'),
  ]),
]

/** What changes where somebody stands, without a price and with one. */
const changes: readonly (Step | Wish)[] = [
  person('h6').deposits('45 USD'),
  person('h9').withdraws('60 USD'),
  person('h10').buys('1 ETH-PERP at 99 from h8'),
  person('h7').sells('2 ETH-PERP at 101 to h10'),
  price('ETH-PERP', '104'),
  person('h2').deposits('90 USD'),
  person('h5').sells('1 ETH-PERP at 104 to h9'),
  person('h5').buys('0.5 ETH-PERP at 105 from h9'),
  person('h10').withdraws('20 USD'),
  price('ETH-PERP', '88'),
  person('h3').deposits('1 USD'),
  person('h1').deposits('200 USD'),
  person('h4').deposits('40 USD'),
  person('h6').sells('0.4 ETH-PERP at 88 to h9'),
  price('ETH-PERP', '110'),
  person('h3').deposits('15 USD'),
  person('h6').withdraws('20 USD'),
  person('h9').sells('0.2 ETH-PERP at 110 to h6'),
  person('h2').sells('2 ETH-PERP at 110 to h9'),
  person('h8').sells('1 ETH-PERP at 110 to h9'),
  after('1 min'),
  bob.deposits('1 USD'),
  after('25 h'),
  bob.deposits('1 USD'),
]

describe('the order in which those on one side are asked', () => {
  it('is kept up, whatever changes, as it comes to anew', () => {
    let world = prepare(marketWorld, longs)
    const both = (pool: Pool) => [sideOf(pool, 1), sideOf(pool, -1)]
    // Of another book for each side, so that neither can have been taken for the other.
    const anew = (pool: Pool) => [sideOf(judgeAll(pool), 1), sideOf(judgeAll(pool), -1)]
    void both(world.pool)
    for (const [i, change] of changes.entries()) {
      world = prepare(world, [change])
      expect([i, ...both(world.pool)]).toEqual([i, ...anew(world.pool)])
    }
  })

  it('is by id where they are below their own line, and by rank where they gain', () => {
    const fallen = longsOf(prepare(marketWorld, [...longs, price('ETH-PERP', '88')]).pool)
    expect(idsOf(fallen.breached)).toEqual(['h1', 'h2', 'h3', 'h4'])
    // All have gained ten: whoever has the least behind it is the most leveraged.
    const risen = longsOf(prepare(marketWorld, [...longs, price('ETH-PERP', '110')]).pool)
    expect(idsOf(risen.gaining)).toEqual(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'h7', 'h8', 'h9', 'h10'])
    expect([risen.others, risen.breached]).toEqual([[], []])
    // Nobody holds anything else that theirs could hedge.
    for (const [, quantity, free] of risen.gaining) expect(free).toEqual(quantity)
  })

  it('counts nobody as gaining where the price is that of the trade', () => {
    const still = longsOf(prepare(marketWorld, longs).pool)
    expect([still.gaining, still.breached]).toEqual([[], []])
    expect(still.others).toHaveLength(10)
  })

  it('counts nobody as gaining who has lost as much before, or whose position itself gains nothing', () => {
    const { pool } = prepare(marketWorld, [
      list('ETH-PERP'),
      wideBands,
      price('ETH-PERP', '110'),
      ...['bob', 'even', 'lost', 'flat', 'gaining'].map((name) => person(name).holds('1000 USD')),
      ...['even', 'lost', 'gaining'].map((name) => person(name).buys('2 ETH-PERP at 100 from bob')),
      person('flat').buys('2 ETH-PERP at 110 from bob'),
      person('even').sells('1 ETH-PERP at 90 to bob'),
      person('lost').sells('1 ETH-PERP at 80 to bob'),
      person('flat').sells('1 ETH-PERP at 115 to bob'),
    ])
    const { gaining: found, others } = longsOf(pool)
    expect(idsOf(found)).toEqual(['gaining'])
    expect(idsOf(others).toSorted()).toEqual(['even', 'flat', 'lost'])
  })
})
