import { emptyPool, follow, takeSnapshot } from '@novation/clearing'
import type { Command } from '@novation/events'
import { alone, begins, tick } from '@novation/platform/kit'
import { market, wish } from '../kit/house'
import { rehearsed, type Trial } from './dry-run'

const history = alone({ name: 'margin', initial: () => 0, evolve: () => 0, due: () => [] })(...market, tick('4300'))
const book = history.reduce(follow, emptyPool('main'))
const later = begins + 60_000

const trial = (command: Command, now: number, own?: string): Trial => ({ command, now, own })

/** All that is known of a book: its state, its indexes, and what it asks everybody to do. */
const everything = () => {
  const { duties, bankrupt } = book.standing
  return JSON.stringify([
    takeSnapshot(book),
    Object.entries(duties).map(([duty, ids]) => [duty, [...ids]]),
    [...bankrupt],
  ])
}

describe('a rehearsal', () => {
  it.each([
    ['is accepted', tick('4300')],
    ['breaches an account', tick('4100')],
    ['bankrupts one', tick('1000')],
    ['opens an account', ['OpenAccount', { account: 'dora' }] as const],
    [
      'trades',
      [
        'ClearTrade',
        { trade: 't2', instrument: 'BTC-PERP', buyer: 'carol', seller: 'bob', quantity: '1', price: '4300' },
      ] as const,
    ],
    ['is rejected', ['Withdraw', { account: 'alice', asset: 'USD', amount: '900' }] as const],
    ['changes parameters', ['SetPoolParameters', { priceTolerance_s: 5 }] as const],
  ])('of what %s leaves no trace', (_, sent) => {
    const before = everything()
    void rehearsed(book, trial(wish([sent[0], sent[1], 'operator', 60], 'r-1'), later))
    expect(everything()).toBe(before)
  })

  it('leaves none where it throws', () => {
    const before = everything()
    const command = { ...wish(['OpenAccount', { account: 'dora' }, 'operator', 60], 'r-1'), data: null } as never
    expect(() => rehearsed(book, trial(command, later))).toThrow()
    expect(everything()).toBe(before)
  })

  it('lets fall due before it what is due by then', () => {
    const called = alone({ name: 'margin', initial: () => 0, evolve: () => 0, due: () => [] })(
      ...market,
      tick('4300'),
      ['CallMargin', { account: 'alice' }, 'margin'],
    ).reduce(follow, emptyPool('main'))
    const found = rehearsed(called, trial(wish(['OpenAccount', { account: 'dora' }], 'r-1'), begins + 86_400_000))
    if (found._tag === 'Left') throw new Error(found.left.detail)
    const types = found.right.events.map((event) => (event as { readonly type: string }).type)
    expect(types).toEqual(expect.arrayContaining(['TimePassed', 'MarginCallMissed']))
    expect(types.at(-1)).toBe('AccountOpened')
  })
})
