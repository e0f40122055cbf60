import { emptyPool, follow, process, takeSnapshot } from '@novation/clearing'
import { type Command, developmentKey, formatTime, signCommand } from '@novation/events'
import type { Hosted } from '@novation/platform'
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
      ['SetPoolParameters', { callPeriod_s: 30 }],
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

describe('a rehearsal where commands are signed', () => {
  const anna = 'operator:anna'
  const keyOf = (actor: string) => developmentKey('rehearsal', actor)
  const signed = (command: Command, ...others: readonly string[]): Command =>
    signCommand({ ...command, actor: anna, at: formatTime(later) }, 'd0', [anna, ...others].map(keyOf))
  const keys = [{ actor: anna, key: keyOf(anna).key }]
  const adoption = signed(wish(['AdoptIdentity', { domain: 'd0', keys, development: true }], 'adopt'))

  const adopted = emptyPool('main')
  for (const event of history) void follow(adopted, event)
  void process(adopted, adoption, later)
  const fall = signed(wish(tick('4200'), 'fall'))

  it('of one that is not signed is turned away as it would be', () =>
    expect(rehearsed(adopted, trial(wish(tick('4200'), 'fall'), later))).toMatchObject({ left: { code: 'unsigned' } }))

  it('of one that is signed otherwise, too', () => {
    const forged = signCommand({ ...fall, at: formatTime(later) }, 'another', [keyOf(anna)])
    expect(rehearsed(adopted, trial(forged, later))).toMatchObject({ left: { code: 'bad-signature' } })
  })

  it('names what the services would ask, though it has none of their keys, and leaves no trace', () => {
    const before = JSON.stringify(takeSnapshot(adopted))
    const margin: Hosted = {
      feed: ({ type, revision }) =>
        type === 'PriceTick' ? [wish(['CallMargin', { account: 'alice' }, 'margin'], `call-${revision}`)] : [],
    }
    const found = rehearsed(adopted, trial(fall, later), () => [margin])
    expect(found).toMatchObject({ right: { outcome: 'accepted', consequences: { called: ['alice'] } } })
    expect(JSON.stringify(takeSnapshot(adopted))).toBe(before)
    expect(process(adopted, wish(['CallMargin', { account: 'alice' }, 'margin'], 'c'), later)).toMatchObject({
      tag: 'refused',
      code: 'unsigned',
    })
  })

  it('lets time pass before it as the clock would', () => {
    const called = signed(wish(['OpenAccount', { account: 'dora' }], 'dora'))
    const due = emptyPool('main')
    for (const event of alone({ name: 'margin', initial: () => 0, evolve: () => 0, due: () => [] })(
      ...market,
      ['SetPoolParameters', { callPeriod_s: 30 }],
      tick('4300'),
      ['CallMargin', { account: 'alice' }, 'margin'],
    ))
      void follow(due, event)
    void process(due, adoption, later)
    const registration = wish(['RegisterKey', { actor: 'clock', key: keyOf('clock').key }], 'clock')
    void process(due, signed(registration, 'clock'), later)
    const much = later + 240_000
    const found = rehearsed(due, trial({ ...called }, much))
    expect(found).toMatchObject({ right: { outcome: 'accepted' } })
    const types =
      found._tag === 'Right' ? found.right.events.map((event) => (event as { readonly type: string }).type) : []
    expect(types).toEqual(expect.arrayContaining(['TimePassed', 'AccountOpened']))
  })
})
