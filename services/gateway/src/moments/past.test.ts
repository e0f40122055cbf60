import { folderShelf, type ReadFrom, stateAt } from '@novation/audit'
import { type Statement, statementOf } from '@novation/clearing'
import { encodeEvent, type LedgerEvent } from '@novation/events'
import { alone, tick } from '@novation/platform/kit'
import { market } from '../kit/house'
import { openPast } from './past'

/** A market in which commands of several events happen. */
const events: readonly LedgerEvent[] = alone({ name: 'margin', initial: () => 0, evolve: () => 0, due: () => [] })(
  ...market,
  tick('4100'),
  ['StartLiquidation', { account: 'alice' }, 'liquidator'],
  ['BidLiquidation', { liquidation: 'alice:1', bidder: 'carol', fraction: '1' }, 'keeper:carol'],
  tick('4000'),
)
const stored = events.map(encodeEvent)
const shelf = folderShelf('/nowhere')
const patience = new AbortController().signal
const last = events.length - 1

const told = async (revision: number): Promise<Statement> => {
  const { pool, halfway } = await stateAt(shelf, 'main', { tag: 'revision', revision }, (from) => stored.slice(from))
  if (pool === undefined) throw new RangeError('no such revision')
  return statementOf(pool, halfway)
}

/** What is asked of the past, and from which revisions on history was read for it. */
const pastOf = (back?: number, read: ReadFrom = (from) => stored.slice(from)) => {
  const reads: number[] = []
  const reader: ReadFrom = (from) => {
    reads.push(from)
    return read(from)
  }
  const past = openPast(
    () => reader,
    shelf,
    () => undefined,
    back,
  )
  const hashOf = (revision: number): string => events[revision]?.metadata.hash ?? ''
  const at = (revision: number, signal = patience, hash = hashOf(revision)) =>
    past.at({ pool: 'main', revision, hash }, ({ statement }) => statement(), signal)
  return { at, reads }
}

describe('moments of the past', () => {
  it('are what a fold up to them is, in any order of asking, however little is remembered of what lies before', async () => {
    for (const back of [0, 1, 3, undefined]) {
      const { at } = pastOf(back)
      for (const revision of events.map((_, i) => (i * 7) % events.length))
        expect(await at(revision)).toEqual(await told(revision))
    }
  })

  it('are stepped back through, event by event, without history being read again', async () => {
    const { at, reads } = pastOf()
    expect(await at(last)).toEqual(await told(last))
    expect(reads).toEqual([0])
    for (let revision = last - 1; revision >= 0; revision -= 1) expect(await at(revision)).toEqual(await told(revision))
    expect(reads).toEqual([0])
  })

  it('are gone on from where the last one stands, and still stepped back through behind it', async () => {
    const { at, reads } = pastOf()
    await at(5)
    await at(9)
    expect(reads).toEqual([0, 6])
    expect(await at(7)).toEqual(await told(7))
    expect(reads).toEqual([0, 6])
  })

  it('are what they are after one in the middle of a command', async () => {
    for (let revision = 1; revision <= last; revision += 1) {
      const { at } = pastOf(0)
      await at(revision - 1)
      expect(await at(revision)).toEqual(await told(revision))
    }
  })

  it('are gone on from a place within a command, too, to its end and beyond', async () => {
    const within = events.findIndex(({ metadata }) => (metadata.events ?? 1) > 2)
    const end = within + (events[within]?.metadata.events ?? 0) - 1
    for (const later of [end, end + 1, last]) {
      const { at, reads } = pastOf()
      expect(await at(within)).toEqual(await told(within))
      expect(await at(later)).toEqual(await told(later))
      expect(reads).toEqual([0, within + 1])
      expect(await at(within + 1)).toEqual(await told(within + 1))
    }
  })

  it('of another history are said to be elsewhere, and not worked out where nobody waits', async () => {
    const { at } = pastOf()
    await at(last)
    expect(await at(last - 1, patience, 'another')).toBe('elsewhere')
    const gone = new AbortController()
    gone.abort()
    expect(await pastOf().at(last, gone.signal)).toBeUndefined()
  })
})
