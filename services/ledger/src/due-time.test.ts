import { type Book, emptyPool, process } from '@novation/clearing'
import { askOfClock, grace_ms, untilDue_ms } from './due-time'
import { open, registerUsd, wish } from './kit/world'

/** A pool in which an instrument expires a minute after 1970 began, and nothing else is due. */
const expiring = () => {
  const book = emptyPool('main')
  const future = wish('fut', 'ListInstrument', {
    instrument: 'BTC-1',
    kind: 'future',
    settlementAsset: 'USD',
    expiry: '1970-01-01T00:01:00Z',
    margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] },
  })
  for (const command of [registerUsd, future])
    if (process(book, command, 1_000).tag !== 'decided') throw new Error(`${command.id} was not decided`)
  return book
}

describe('how long until the ledger has something to do by itself', () => {
  it('is for ever where no time is set', () =>
    expect(untilDue_ms(emptyPool('main'), 1_000, true)).toBe(Number.POSITIVE_INFINITY))

  it('is what is left until the next due time, and nothing once that is here', () =>
    expect([0, 59_999, 60_000, 61_000].map((now) => untilDue_ms(expiring(), now, true))).toEqual([
      60_000, 1, 0, -1_000,
    ]))

  it('is longer by five seconds where another ledger may lead', () => {
    expect(untilDue_ms(expiring(), 60_000, false)).toBe(grace_ms)
    expect(grace_ms).toBe(5_000)
  })

  it('is over where a bulk was interrupted, whatever else is due', () => {
    const book = expiring()
    const bulk: Book['bulk'] = {
      id: 'b',
      what: 'settlement',
      entries: 0,
      remaining: [],
      command: { id: 'c', actor: 'operator' },
    }
    book.set<Book, 'bulk'>(book, 'bulk', bulk)
    expect(untilDue_ms(book, 1_000, true)).toBe(0)
    expect(untilDue_ms(book, 1_000, false)).toBe(grace_ms)
  })
})

describe('the wish that time passes', () => {
  it("is the clock's own, for its pool", () =>
    expect(askOfClock(emptyPool('main'))).toMatchObject({ type: 'PassTime', pool: 'main', actor: 'clock', data: {} }))

  it('has one id for each state, whoever asks', () => {
    const book = emptyPool('main')
    const { id } = askOfClock(book)
    expect(askOfClock(emptyPool('main')).id).toBe(id)
    expect(process(book, open('alice'), 1_000).tag).toBe('decided')
    expect(askOfClock(book).id).not.toBe(id)
  })
})
