import { format } from '@novation/decimal'
import { alice, bob, given, list, optionMarket, pool, price, type Step, type Wish } from '../kit'
import { healthOf } from '../state/health'
import { freeOfPosition } from './hedges'

/** How much of each position of alice is no hedge. */
const free = (expected: Readonly<Record<string, string>>) =>
  pool((now) => {
    const account = now.accounts.get('alice')
    if (account === undefined) throw new RangeError('there is no alice')
    const health = healthOf(now, account)
    const found = health.positions.map((valued) => [
      valued.instrument.id,
      format(freeOfPosition(now, account, health, valued)),
    ])
    expect(Object.fromEntries(found)).toEqual(expected)
  })

const three: readonly (Step | Wish)[] = [
  optionMarket,
  list('PERP', { underlying: 'BTC', lot: '1' }),
  price('PERP', '100'),
  alice.holds('1000 USD'),
  bob.holds('1000 USD'),
  alice.buys('3 PERP at 100 from bob'),
]

describe('what of a position is no hedge, where each is asked by itself', () => {
  it('a put that is held leans against what gains when its underlying rises, and is itself all hedge', () =>
    given(...three, alice.buys('2 PUT at 3 from bob')).then(free({ PERP: '1', PUT: '0' })))

  it('and so does a call that was sold', () =>
    given(...three, alice.sells('2 CALL at 7.6 to bob')).then(free({ PERP: '1', CALL: '0' })))

  it('a put that was sold leans the same way', () =>
    given(...three, alice.sells('2 PUT at 3 to bob')).then(free({ PERP: '3', PUT: '2' })))

  it('and so does a call that is held', () =>
    given(...three, alice.buys('2 CALL at 7.6 from bob')).then(free({ PERP: '3', CALL: '2' })))
})

describe('what of a position is no hedge, under one requirement', () => {
  const short = (...more: readonly (Step | Wish)[]): readonly (Step | Wish)[] => [
    optionMarket,
    list('PERP', { underlying: 'BTC', lot: '1' }),
    price('PERP', '100'),
    alice.opens('portfolio'),
    alice.holds('1000 USD'),
    bob.holds('1000 USD'),
    ...more,
    alice.sells('3 PERP at 100 to bob'),
  ]

  it('is all of it where nothing leans against it', () => given(...short()).then(free({ PERP: '3' })))

  it('is less where coins do, though they are no position', () =>
    given(...short(alice.holds('2.4 BTC'))).then(free({ PERP: '1' })))
})
