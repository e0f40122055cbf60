import { folderShelf, stateAt } from '@novation/audit'
import { emptyPool, follow, type Statement, statementOf } from '@novation/clearing'
import { encodeEvent } from '@novation/events'
import { alone, tick } from '@novation/platform/kit'
import { market } from '../kit/house'
import { openRing } from './ring'

/** A market in which commands of several events happen. */
const events = alone({ name: 'margin', initial: () => 0, evolve: () => 0, due: () => [] })(
  ...market,
  tick('4100'),
  ['StartLiquidation', { account: 'alice' }, 'liquidator'],
  ['BidLiquidation', { liquidation: 'alice:1', bidder: 'carol', fraction: '1' }, 'keeper:carol'],
  tick('4000'),
)

/** What the command line says at a revision. */
const told = async (revision: number): Promise<Statement> => {
  const stored = events.map(encodeEvent)
  const at = { tag: 'revision', revision } as const
  const { pool, halfway } = await stateAt(folderShelf('/nowhere'), 'main', at, (from) => stored.slice(from))
  if (pool === undefined) throw new RangeError('no such revision')
  return statementOf(pool, halfway)
}

const ringOf = (size?: number) => {
  const book = emptyPool('main')
  const ring = openRing(book, size)
  for (const event of events) {
    void follow(book, event)
    ring.took(event)
  }
  const hashOf = (revision: number): string => events[revision]?.metadata.hash ?? ''
  return { book, ring, at: (revision: number) => ring.at(revision, hashOf(revision), (moment) => moment.statement()) }
}

const revisions = events.map(({ revision }) => revision)

describe('the last revisions', () => {
  it('are answered as a fold up to them is, between two events of a command too, however many ask at once', async () => {
    const { book, at } = ringOf()
    const before = statementOf(book)
    const asked = [...revisions, ...revisions].sort((a, b) => ((a * 7) % 11) - ((b * 7) % 11))
    const found = await Promise.all(asked.map(at))
    expect(found).toEqual(await Promise.all(asked.map(told)))
    expect(found.some((one) => (one?.inProgress.length ?? 0) > 0)).toBe(true)
    expect(statementOf(book)).toEqual(before)
  })

  it('are found by time, those that happened at one time by the last of them', () => {
    const { ring } = ringOf()
    for (const { at } of events) {
      const last = Math.max(...events.filter((one) => one.at === at).map(({ revision }) => revision))
      expect(ring.lastAt(Date.parse(at))?.revision).toBe(last)
    }
    expect(ring.lastAt(0)).toBeUndefined()
  })

  it('of another history are not here', async () =>
    expect(await ringOf().ring.at(3, 'another', () => 'found')).toBeUndefined())

  it('fail alone where the work throws', async () => {
    const { ring, at } = ringOf()
    const fails = ring.at(3, events[3]?.metadata.hash ?? '', () => {
      throw new Error('on the way')
    })
    const [failed, found] = await Promise.allSettled([fails, at(2)])
    expect(failed.status).toBe('rejected')
    expect(found).toEqual({ status: 'fulfilled', value: await told(2) })
  })

  it('are so many, and what is further back is for others', async () => {
    const { ring, at, book } = ringOf(4)
    const last = book.revision
    expect([ring.spotAt(last - 5), ring.spotAt(last)]).toEqual([undefined, expect.objectContaining({ revision: last })])
    expect(await at(last - 3)).toEqual(await told(last - 3))
    expect(await at(0)).toBeUndefined()
    expect(ring.lastAt(Date.parse(events[0]?.at ?? ''))).toBeUndefined()
  })
})
