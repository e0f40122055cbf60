import { type LedgerEvent, type Proposal, sealEvent } from '@novation/events'
import { crash, variety } from '../kit/histories'
import { judgeAll } from '../proof/snapshot'
import { stateHash } from '../proof/state-hash'
import { type Book, emptyPool } from './book'
import { BrokenChain, evolve, follow, isWhole } from './evolve'

const { events } = crash
const at = (revision: number): Book => events.slice(0, revision + 1).reduce(evolve, emptyPool('main'))
const eventAt = (revision: number): LedgerEvent => {
  const event = events[revision]
  if (event === undefined) throw new RangeError(`no event ${revision}`)
  return event
}

/** The event as it would be had somebody changed it and sealed it again. */
const resealed = (event: LedgerEvent, change: Partial<Proposal>): LedgerEvent => {
  const { id: _, metadata, ...rest } = event
  const { hash: __, ...unsealed } = metadata
  return sealEvent({ ...rest, ...change, metadata: unsealed } as Parameters<typeof sealEvent>[0]).event as LedgerEvent
}

describe('the fold', () => {
  it('takes the very next event, and no other', () => {
    expect(() => evolve(at(4), eventAt(6))).toThrow('event 6: expected revision 5')
    expect(() => evolve(at(4), eventAt(4))).toThrow('event 4: expected revision 5')
    expect(() => evolve(at(4), eventAt(6))).toThrow(BrokenChain)
    expect(evolve(at(4), eventAt(5)).revision).toBe(5)
  })

  it('takes an event of this history only', () => {
    const other = resealed(eventAt(5), {})
    const forked = { ...other, metadata: { ...other.metadata, previousHash: '0'.repeat(64) } }
    expect(() => evolve(at(4), forked)).toThrow('event 5: it links to 000')
    const fork = evolve(at(4), resealed(eventAt(5), { data: { ...eventAt(5).data, more: 1 } } as unknown as Proposal))
    expect(() => evolve(fork, eventAt(6))).toThrow(BrokenChain)
  })

  it.each<[string, string, Partial<Proposal>]>([
    [
      'postings that do not sum to zero',
      'sum to 1 USD',
      { postings: [{ account: 'dust', asset: 'USD', amount: '1' }] },
    ],
    [
      'a posting to an account that is not there',
      'no such account',
      {
        postings: [
          { account: 'trader/nobody', asset: 'USD', amount: '1' },
          { account: 'dust', asset: 'USD', amount: '-1' },
        ],
      },
    ],
    [
      'a position in an instrument that is not there',
      'no such instrument',
      {
        postings: [
          { account: 'trader/alice/XXX', asset: 'USD', amount: '1' },
          { account: 'dust', asset: 'USD', amount: '-1' },
        ],
      },
    ],
    [
      'cash in a position that nobody holds',
      'is closed, but cash is left in it',
      {
        postings: [
          { account: 'trader/alice/G', asset: 'USD', amount: '1' },
          { account: 'dust', asset: 'USD', amount: '-1' },
        ],
      },
    ],
  ])('stops at %s', (_, why, change) => {
    const next = at(variety.events.length - 1)
    const event = eventAt(next.revision + 1)
    expect(() => evolve(next, resealed(event, change))).toThrow(why)
  })

  it('knows where the events of a command are complete', () => {
    const starts = new Set(
      events.flatMap(({ revision, metadata }) => (metadata.events === undefined ? [] : [revision - 1])),
    )
    for (let revision = 0; revision < events.length - 1; revision += 1)
      expect([revision, isWhole(at(revision))]).toEqual([revision, starts.has(revision)])
    expect(isWhole(emptyPool('main'))).toBe(true)
    expect(isWhole(crash.pool)).toBe(true)
  })

  it('keeps time as the events tell it', () => {
    expect(at(events.length - 1).at).toBe(Date.parse('2020-03-12T11:05:00Z'))
    expect(at(0).at).toBe(Date.parse('2020-03-12T10:00:00Z'))
  })

  it('remembers the outcome of every command', () => {
    const { outcomes } = at(events.length - 1)
    expect(outcomes.size).toBe(crash.sent.filter(({ processed }) => processed.tag === 'decided').length)
    expect(outcomes.get('operator too-much')).toMatchObject({ rejection: 'insufficient-balance' })
    expect(outcomes.get('operator c-1')).toEqual({
      contentHash: outcomes.get('operator c-1')?.contentHash,
      revision: 0,
      sentAt: Date.parse('2020-03-12T10:00:00Z'),
    })
    expect(outcomes.get('operator c-1')?.contentHash).toMatch(/^[0-9a-f]{32}$/)
  })
})

describe('following', () => {
  it('ends in the state that the ledger decided in, everybody judged', () => {
    const followed = events.reduce(follow, emptyPool('main'))
    expect(stateHash(followed)).toBe(stateHash(crash.pool))
    expect(followed.standing.duties).toEqual(judgeAll(followed).standing.duties)
  })

  it('judges where the events of a command are complete, and not between', () => {
    const book = emptyPool('main')
    for (const event of events) {
      const before = book.unjudged.judgements
      follow(book, event)
      expect(isWhole(book) ? book.unjudged.accounts : []).toEqual([])
      if (!isWhole(book)) expect(book.unjudged.judgements).toBe(before)
    }
  })

  it('tells two histories apart', () => {
    const first = follow(emptyPool('main'), eventAt(0))
    const changed = resealed(eventAt(0), { data: { ...eventAt(0).data, decimals: 3 } } as unknown as Proposal)
    expect(follow(emptyPool('main'), changed).head).not.toBe(first.head)
    expect(() => follow(first, changed)).toThrow(BrokenChain)
  })
})
