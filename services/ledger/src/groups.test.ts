import { BrokenInvariant, emptyPool, type PartSizes, type Processed } from '@novation/clearing'
import type { Command } from '@novation/events'
import { askOfClock } from './due-time'
import { type Asked, type Entry, openGroups } from './groups'
import { open, registerUsd, wish } from './kit/world'

/** Two hold a future that has expired, whose settlement takes more than one append where parts are small. */
const settling: readonly Command[] = [
  registerUsd,
  wish('fut', 'ListInstrument', {
    instrument: 'BTC-1',
    kind: 'future',
    settlementAsset: 'USD',
    expiry: '1970-01-01T00:00:02Z',
    margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] },
  }),
  ...['alice', 'bob'].flatMap((account) => [
    open(account),
    wish(`d-${account}`, 'Deposit', { account, asset: 'USD', amount: '1000' }),
  ]),
  wish('p', 'PublishPrice', { instrument: 'BTC-1', price: '100' }),
  wish('t', 'ClearTrade', {
    trade: 't',
    instrument: 'BTC-1',
    buyer: 'alice',
    seller: 'bob',
    quantity: '1',
    price: '100',
  }),
]
const settle = wish('s', 'SettleInstrument', { instrument: 'BTC-1', price: '100' })

/** What is said of one instrument, said of another. */
const ofAnother = (command: Command): Command =>
  JSON.parse(
    JSON.stringify({ ...command, id: `${command.id}-2` })
      .replaceAll('BTC-1', 'ETH-1')
      .replace('"t"', '"t-2"'),
  ) as Command

const opened = (parts?: PartSizes) => {
  const book = emptyPool('main', parts)
  let now = 1_000
  const groups = openGroups(book, () => now)
  /** What is dated has had its day, and that is said. */
  const expire = (): void => {
    now = 3_000
    groups.decideOwn(askOfClock(book))
    groups.close()
  }
  const answered: Processed['tag'][] = []
  const asks = (...commands: readonly Command[]): Asked[] =>
    commands.map((command) => ({ command, answer: ({ tag }) => answered.push(tag) }))
  const decide = (...commands: readonly Command[]): void => {
    const queue = asks(...commands)
    groups.extend(() => queue.shift())
  }
  return { book, groups, decide, asks, answered, expire }
}

const tagsOf = (entries: readonly Entry[]) => entries.map(({ outcome }) => outcome.tag)
const eventsOf = (entries: readonly Entry[]) => entries.flatMap(({ stored }) => stored)
/** An account whose owner makes its event some 45 KB large. */
const large = (account: string) => wish(`open-${account}`, 'OpenAccount', { account, owner: '東'.repeat(15_000) })

describe('a group', () => {
  it('holds what was decided, in order, what makes no events too, and answers nobody', () => {
    const { groups, decide, answered } = opened()
    decide(registerUsd, open('alice'))
    decide(open('alice'), { ...open('bob'), pool: 'other' })
    const { entries } = groups.close()
    expect(tagsOf(entries)).toEqual(['decided', 'decided', 'repeated', 'refused'])
    expect(eventsOf(entries).map(({ revision }) => revision)).toEqual([0, 1])
    expect([groups.isEmpty(), answered]).toEqual([true, []])
  })

  it('holds no more than makes an append: what does not fit begins the next, and no more is decided', () => {
    const { book, groups, decide } = opened()
    const queue = Array.from({ length: 30 }, (_, i) => large(`a${i}`))
    decide(...queue)
    const first = groups.close()
    expect(first.entries).toHaveLength(5)
    expect(book.revision).toBe(5)
    decide()
    expect(groups.close().entries).toHaveLength(1)
  })

  it('ends where a bulk begins, whose parts are a group each, to its end', () => {
    const { book, groups, decide } = opened()
    const perpetual = {
      instrument: 'BTC-1',
      kind: 'future',
      settlementAsset: 'USD',
      expiry: '1970-01-01T00:00:02Z',
      margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] },
    }
    decide(registerUsd, wish('fut', 'ListInstrument', perpetual))
    expect(groups.close().entries).toHaveLength(2)
    book.set<typeof book, 'bulk'>(book, 'bulk', {
      id: 'settlement:0',
      what: 'settlement',
      instrument: 'BTC-1',
      entries: 0,
      remaining: [],
      command: { id: 'c', actor: 'operator' },
    })
    const waiting = [open('alice')]
    groups.extend(() => {
      const command = waiting.shift()
      return command === undefined ? undefined : { command, answer: () => undefined }
    })
    expect(eventsOf(groups.close().entries).map(({ type }) => type)).toEqual(['BulkEnded'])
    expect(waiting).toHaveLength(1)
    decide(open('alice'))
    expect(eventsOf(groups.close().entries).map(({ type }) => type)).toEqual(['AccountOpened'])
  })

  it('ends where a command begins a bulk, which is done to its end before anything else is decided', () => {
    const { book, groups, decide, asks, expire } = opened({ accounts: 1, closes: 1 })
    decide(...settling)
    groups.close()
    expire()
    const waiting = asks(settle, open('late'))
    const next: string[][] = []
    for (let turn = 0; turn < 5; turn += 1) {
      groups.extend(() => waiting.shift())
      next.push(eventsOf(groups.close().entries).map(({ type }) => type))
    }
    expect(next).toEqual([
      ['BulkStarted'],
      ['InstrumentSettled'],
      ['InstrumentSettled'],
      ['BulkEnded'],
      ['AccountOpened'],
    ])
    expect(book.bulk).toBeUndefined()
  })

  it('is begun by what starts a bulk and did not fit into the one before, and ends with that', () => {
    const sizeOf = (command: Command): number => {
      const { groups, decide } = opened()
      decide(command)
      return groups.close().entries[0]?.size_bytes ?? 0
    }
    const named = (owner: number) => wish('open-filler', 'OpenAccount', { account: 'filler', owner: 'x'.repeat(owner) })
    const [least, more] = [1_000, 2_000].map((owner) => sizeOf(named(owner))) as [number, number]
    // All but the last few bytes of the group: a settlement of its own hardly makes a thousand.
    const left = 512 * 1024 - 4 * sizeOf(large('a0')) - 200
    const filler = named(1_000 + Math.floor(((left - least) * 1_000) / (more - least)))
    const { groups, decide, expire } = opened({ accounts: 1, closes: 1 })
    decide(...settling)
    groups.close()
    expire()
    decide(...['a0', 'a1', 'a2', 'a3'].map(large), filler, settle, open('late'))
    expect(eventsOf(groups.close().entries).map(({ type }) => type)).toEqual(Array(5).fill('AccountOpened'))
    decide(open('later'))
    expect(eventsOf(groups.close().entries).map(({ type }) => type)).toEqual(['BulkStarted'])
  })

  it('that begins a bulk is taken back with its parts, and asked again it is done from the first', () => {
    const { book, groups, decide, expire } = opened({ accounts: 1, closes: 1 })
    decide(...settling)
    groups.close()
    expire()
    decide(large('a0'))
    const [refused] = groups.close().entries
    if (refused === undefined) throw new Error('a0 is there')
    decide(settle)
    const started = groups.close().entries
    decide()
    const again = [...groups.takeBack(refused, started, 1_000_000)]
    expect([again.map(({ command }) => command.id), book.bulk]).toEqual([['open-a0', 's'], undefined])
    const types: string[] = []
    for (let turn = 0; turn < 5; turn += 1) {
      groups.extend(() => again.shift())
      types.push(...eventsOf(groups.close().entries).map(({ type }) => type))
    }
    expect(types).toEqual(['BulkStarted', 'InstrumentSettled', 'InstrumentSettled', 'BulkEnded'])
  })

  it('goes on with the parts of a bulk of its own that begins right after another one', () => {
    const { book, groups, decide, expire } = opened({ accounts: 1, closes: 1 })
    decide(
      ...settling,
      ...settling
        .slice(1)
        .filter(({ type }) => type !== 'OpenAccount' && type !== 'Deposit')
        .map(ofAnother),
    )
    groups.close()
    expire()
    const parts: string[] = []
    for (const command of [settle, ofAnother(settle)]) {
      groups.decideOwn(command)
      do {
        parts.push(...eventsOf(groups.close().entries).map(({ type }) => type))
        if (book.bulk !== undefined) groups.extend(() => undefined)
      } while (!groups.isEmpty())
    }
    const whole = ['BulkStarted', 'InstrumentSettled', 'InstrumentSettled', 'BulkEnded']
    expect(parts).toEqual([...whole, ...whole])
  })

  it('that the store does not take is taken back from the refused one on, the next group too, to be asked again', () => {
    const { book, groups, decide, asks } = opened()
    decide(open('alice'), open('bob'), open('carol'))
    const { entries } = groups.close()
    decide(open('dave'))
    const [, refused, ...after] = entries
    if (refused === undefined) throw new Error('bob is there')
    const again = groups.takeBack(refused, after, 400)
    expect(again.map(({ command }) => command.id)).toEqual(['open-bob', 'open-carol', 'open-dave'])
    expect([book.revision, [...book.accounts.keys()], groups.isEmpty()]).toEqual([0, ['alice'], true])
    const queue = [...again, ...asks(open('erin'))]
    groups.extend(() => queue.shift())
    expect(tagsOf(groups.close().entries)).toEqual(['refused', 'refused', 'refused', 'refused'])
  })

  it('of which the store has not taken an entry is not asked for it for ever, whatever it says that it takes', () => {
    const { groups, decide } = opened()
    decide(open('alice'))
    const [refused] = groups.close().entries
    if (refused === undefined) throw new Error('alice is there')
    const again = [...groups.takeBack(refused, [], 1_000_000)]
    groups.extend(() => again.shift())
    expect(tagsOf(groups.close().entries)).toEqual(['refused'])
  })

  it('that did not fit into the next group is asked again too', () => {
    const { groups, decide } = opened()
    decide(open('alice'))
    const [refused] = groups.close().entries
    if (refused === undefined) throw new Error('alice is there')
    // Five of them fill the group.
    const ids = ['a0', 'a1', 'a2', 'a3', 'a4', 'a5']
    decide(...ids.map(large))
    const again = groups.takeBack(refused, [], 400)
    expect(again.map(({ command }) => command.id)).toEqual(['alice', ...ids].map((id) => `open-${id}`))
  })

  it('that was made durable is not kept for being taken back', () => {
    const { book, groups, decide } = opened()
    decide(open('alice'))
    const { after } = groups.close()
    decide(open('bob'))
    book.forget(after)
    const [entry] = groups.close().entries
    if (entry === undefined) throw new Error('bob is there')
    expect(groups.takeBack(entry, [], 1)).toHaveLength(1)
    expect([...book.accounts.keys()]).toEqual(['alice'])
  })

  it("has the ledger's own commands in it, and nothing goes on where they are not accepted", () => {
    const { book, groups } = opened()
    expect(() => groups.decideOwn(askOfClock(book))).toThrow(BrokenInvariant)
    expect(() => groups.decideOwn(askOfClock(book))).toThrow(/time does not pass in main at revision/)
  })
})
