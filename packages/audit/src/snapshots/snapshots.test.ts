import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { judge, statementOf } from '@novation/clearing'
import type { Stored } from '@novation/events'
import { openMemoryDisk } from '@novation/platform'
import { isAfter, type Place } from '../place'
import { calm, crash, foldOf, type Line, runLines, start_ms, storedOf } from '../test-world'
import { verify } from '../verify/verify'
import { folderShelf, type Shelf } from './shelf'
import { snapshotWitness, stateAt, takeSnapshots } from './state-at'

const events = runLines(crash)
const ledger = storedOf(events)
const reading = (stored: readonly Stored[]) => (from: number) => stored.slice(from)
const end: Place = { tag: 'end' }

/** Another history of the same length up to where snapshots are taken. */
const richer = ([second, type, data, actor]: Line): Line =>
  type === 'Deposit' && second === 3
    ? [second, type, { account: 'carol', asset: 'USD', amount: '9000' }, 'venue']
    : ([second, type, data, actor] as Line)

describe('the state at any place', () => {
  let directory: string
  let shelf: Shelf
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'novation-snapshots-'))
    shelf = folderShelf(directory)
  })
  afterEach(() => rmSync(directory, { recursive: true }))

  const statementAt = async (place: Place) => {
    const { pool } = await stateAt(shelf, 'main', place, reading(ledger))
    return pool === undefined ? undefined : statementOf(pool)
  }
  const whole = (place: Place) => statementOf(judge(foldOf(events.filter((event) => !isAfter(place, event)))))
  const tamper = (change: (text: string) => string): void => {
    for (const file of readdirSync(directory))
      writeFileSync(join(directory, file), change(readFileSync(join(directory, file), 'utf8')))
  }

  it('is the same with snapshots as by a full replay, at every revision', async () => {
    expect(await takeSnapshots(shelf, 'main', 10, reading(ledger))).toBe(5)
    for (const { revision } of ledger) {
      const place: Place = { tag: 'revision', revision }
      expect(await statementAt(place)).toEqual(whole(place))
    }
    expect((await stateAt(shelf, 'main', { tag: 'revision', revision: 41 }, reading(ledger))).folded).toBe(2)
  })

  it('goes by time as well, to the last event of that time', async () => {
    await takeSnapshots(shelf, 'main', 10, reading(ledger))
    const revisionAt = async (second: number) =>
      (await statementAt({ tag: 'time', at: start_ms + second * 1000 }))?.revision
    expect(await revisionAt(1)).toBe(6)
    expect(await revisionAt(30)).toBe(33)
    expect(await revisionAt(100_000)).toBe(ledger.length - 1)
    expect(await revisionAt(-1)).toBeUndefined()
  })

  it('names the command that a place stands inside of, and how many of its events have happened', async () => {
    const first = events.find(({ metadata }) => (metadata.events ?? 0) > 2)
    if (first === undefined) throw new Error('no command makes three events')
    const { revision, metadata } = first
    const halfwayAt = async (done: number) =>
      (await stateAt(shelf, 'main', { tag: 'revision', revision: revision + done - 1 }, reading(ledger))).halfway
    const total = metadata.events ?? 0
    for (const done of [1, 2]) expect(await halfwayAt(done)).toEqual({ id: metadata.commandId, done, total })
    expect(await halfwayAt(total)).toBeUndefined()
  })

  it('is the end for a revision that does not exist yet', async () => {
    expect((await statementAt({ tag: 'revision', revision: 10_000 }))?.revision).toBe(ledger.length - 1)
  })

  it('begins from no snapshot of another history, and says so', async () => {
    await takeSnapshots(shelf, 'main', 20, reading(storedOf(runLines(calm.map(richer)))))
    const reasons: string[] = []
    const { pool, folded } = await stateAt(shelf, 'main', end, reading(ledger), (_, reason) => reasons.push(reason))
    expect(pool === undefined ? undefined : statementOf(pool)).toEqual(whole(end))
    expect(folded).toBe(ledger.length)
    expect(reasons).toEqual(['it was taken of another history'])
  })

  it('begins from no snapshot that is damaged', async () => {
    for (const change of [(text: string) => text.replace('"1500"', '"9500"'), () => '{"half']) {
      await takeSnapshots(shelf, 'main', 20, reading(ledger))
      tamper(change)
      expect(await statementAt(end)).toEqual(whole(end))
    }
  })

  it('is held against a full replay by the verification, which names a snapshot that lies', async () => {
    await takeSnapshots(shelf, 'main', 20, reading(ledger))
    const check = async () => {
      const witnesses = shelf.labels('main').map((label) => snapshotWitness(shelf, label))
      return (await verify(ledger, { pool: 'main', witnesses })).checks.find((result) => result.check === 'snapshot')
    }
    expect(await check()).toEqual({ check: 'snapshot', outcome: 'held', through: 39 })
    tamper((text) => text.replace('"1500"', '"9500"'))
    expect(await check()).toMatchObject({ outcome: 'broken', at: 19, reason: expect.stringContaining('damaged') })
  })

  it('is put aside to last, and not at all where the disk does not take it', async () => {
    const room = openMemoryDisk()
    const steps: string[] = []
    const disk = room.mount({ did: ({ verb }) => void steps.push(verb) })
    await folderShelf('/shelf', disk).put(foldOf(events))
    expect(steps).toEqual(['makeFolder', 'create', 'write', 'sync', 'rename', 'syncFolder'])
    const failing = room.mount({ fault: ({ verb }) => (verb === 'sync' ? 'EIO' : undefined) })
    await expect(takeSnapshots(folderShelf(directory, failing), 'main', 10, reading(ledger))).rejects.toMatchObject({
      name: 'Halted',
      reason: 'disk-failed',
    })
    expect(shelf.labels('main')).toEqual([])
  })

  it('goes on taking snapshots from where the last one stands, and stops between two events', async () => {
    const stop = new AbortController()
    stop.abort()
    expect(await takeSnapshots(shelf, 'main', 10, reading(ledger), undefined, stop.signal)).toBe(0)
    expect(await takeSnapshots(shelf, 'main', 10, reading(ledger))).toBe(5)
    expect(await takeSnapshots(shelf, 'main', 10, reading(ledger))).toBe(0)
  })

  it('says how far it has come, and where a snapshot stands of another revision than its label', async () => {
    const reached: number[] = []
    const long = Array.from({ length: 1000 }, (_, i): Line => [20 + i, 'OpenAccount', { account: `a-${i}` }, 'venue'])
    const stored = storedOf(runLines([...calm, ...long], () => []))
    expect(await takeSnapshots(shelf, 'main', 400, reading(stored), (revision) => reached.push(revision))).toBe(2)
    expect(reached).toEqual([999])
    expect(shelf.labels('main').map(({ revision }) => revision)).toEqual([399, 799])

    const [label] = shelf.labels('main')
    if (label === undefined) throw new Error('nothing was put aside')
    const reasons: string[] = []
    const mislabelled: Shelf = { ...shelf, labels: () => [{ ...label, revision: 500 }], open: () => shelf.open(label) }
    const at = { tag: 'revision', revision: 600 } as const
    const { pool, folded } = await stateAt(mislabelled, 'main', at, reading(stored), (_, reason) =>
      reasons.push(reason),
    )
    expect([pool?.revision, folded]).toEqual([600, 601])
    expect(reasons).toEqual(['it is of pool main at revision 399'])
    for (const wrong of [{ pool: 'other' }, { at: label.at + 1 }]) {
      const labelled: Shelf = { ...shelf, labels: () => [{ ...label, ...wrong }], open: () => shelf.open(label) }
      expect((await stateAt(labelled, 'main', at, reading(stored))).folded).toBe(601)
    }
  })

  it('takes the nearest snapshot, reads only what comes after it, and answers nothing where it is interrupted', async () => {
    await takeSnapshots(shelf, 'main', 10, reading(ledger))
    const reads: number[] = []
    const watched = (from: number) => {
      reads.push(from)
      return ledger.slice(from)
    }
    const { folded } = await stateAt(shelf, 'main', { tag: 'revision', revision: 29 }, watched)
    // The event on which the snapshot stands, then what follows.
    expect([folded, reads]).toEqual([0, [29, 30]])
    const signal = AbortSignal.abort()
    expect(await stateAt(shelf, 'main', end, reading(ledger), undefined, { signal })).toEqual({ folded: 0 })
    expect(await stateAt(shelf, 'main', { tag: 'time', at: start_ms - 1 }, reading(ledger))).toEqual({ folded: 0 })
  })

  it('is held against nothing where no state was made, and told where it is of another one', async () => {
    await takeSnapshots(shelf, 'main', 20, reading(storedOf(runLines(calm.map(richer)))))
    const [label] = shelf.labels('main')
    if (label === undefined) throw new Error('nothing was put aside')
    const { objection } = snapshotWitness(shelf, label)
    const stored = ledger[19] as Stored
    expect(objection(stored, undefined)).toBeUndefined()
    expect(objection(stored, foldOf(events.slice(0, 20)))).toMatch(
      /^the snapshot holds state [0-9a-f]{12}…, a full replay gives [0-9a-f]{12}…$/,
    )
  })
})
