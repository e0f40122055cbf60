import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Stored } from '@novation/events'
import { folderShelf } from '../../snapshots/shelf'
import { snapshotWitness, takeSnapshots } from '../../snapshots/state-at'
import { calm, type Line, runLines, storedOf } from '../../test-world'
import { ledger, tamperings } from '../test-tamperings'
import type { Verification } from '../verification'
import { verify } from '../verify'
import { type InPieces, verifyInPieces } from './in-pieces'
import { startThreads, type Threads } from './threads'

const execArgv = ['--require', join(__dirname, '../../../../testing/register.js')]
const counts = [1, 2, 3] as const
const depths = ['everything', 'fold', 'chain'] as const
const started = new Map<number, Threads>()
const threads = (count: number): Threads => {
  const known = started.get(count) ?? startThreads(count, { file: join(__dirname, 'thread.ts'), execArgv })
  started.set(count, known)
  return known
}
beforeAll(() => void counts.map(threads))
afterAll(() => Promise.all([...started.values()].map((each) => each.end())))

/** A thread that runs the sources first has to make them ready. */
jest.setTimeout(120_000)

const folder = mkdtempSync(join(tmpdir(), 'novation-pieces-'))
afterAll(() => rmSync(folder, { recursive: true }))

let shelves = 0
/** A folder with a snapshot about every so many events. */
const shelfOf = async (history: readonly Stored[], every: number): Promise<string> => {
  shelves += 1
  const directory = join(folder, String(shelves))
  await takeSnapshots(folderShelf(directory), 'main', every, (from) => history.slice(from))
  return directory
}

const told = ({ state: _, suspended: __, ...report }: Verification) => report

const inOnePass = async (history: readonly Stored[], { snapshots, depth = 'everything' }: Partial<InPieces>) => {
  const shelf = folderShelf(snapshots ?? folder)
  const witnesses = shelf.labels('main').map((label) => snapshotWitness(shelf, label))
  return told(await verify(history, { pool: 'main', depth, witnesses }))
}
const inPieces = async (count: number, history: readonly Stored[], asked: Partial<InPieces>, readings = 2) => {
  let read = 0
  const reading = (from: number) => {
    read += 1
    return history.slice(from)
  }
  const found = await verifyInPieces(reading, { pool: 'main', least: 4, part: 3, ...asked }, threads(count))
  expect(read).toBeLessThanOrEqual(readings)
  return told(found)
}
/** What holds is read once: nobody had to look again in one pass. */
const inPiecesAlone = (count: number, history: readonly Stored[], asked: Partial<InPieces>) =>
  inPieces(count, history, asked, 1)

describe('a verification in threads', () => {
  it.each(depths)('comes to what one pass comes to, at depth "%s"', async (depth) => {
    const snapshots = await shelfOf(ledger, 6)
    const expected = await inOnePass(ledger, { snapshots, depth })
    expect(expected).toMatchObject({ sound: true, complete: true, events: ledger.length })
    for (const count of counts) expect(await inPiecesAlone(count, ledger, { snapshots, depth })).toEqual(expected)
  })

  const honest = shelfOf(ledger, 7)
  it.each(tamperings)('tells the same of a ledger that was tampered with: %s', async (_, history) => {
    const snapshots = await honest
    for (const depth of depths) {
      const expected = await inOnePass(history, { snapshots, depth })
      for (const count of counts) expect(await inPieces(count, history, { snapshots, depth })).toEqual(expected)
    }
  })

  it('knows in each piece of the trades that were cleared in another', async () => {
    const again = (second: number): Line => [
      second,
      'ClearTrade',
      { trade: 't-1', instrument: 'BTC-PERP', buyer: 'carol', seller: 'bob', quantity: '1', price: '1000' },
      'venue',
    ]
    const history = storedOf(runLines([...calm, ...[11, 12, 13, 14, 15].map(again)]))
    expect(history.filter(({ body }) => body.includes('duplicate-trade'))).toHaveLength(5)
    const snapshots = await shelfOf(history, 4)
    const expected = await inOnePass(history, { snapshots })
    expect(expected.sound).toBe(true)
    for (const count of counts) expect(await inPiecesAlone(count, history, { snapshots })).toEqual(expected)
  })

  it('is not led on by a snapshot that lies', async () => {
    const snapshots = await shelfOf(ledger, 6)
    for (const name of readdirSync(snapshots).sort().slice(1, 4)) {
      const path = join(snapshots, name)
      const whole = readFileSync(path, 'utf8')
      for (const lie of [whole.replace(/"revision":\d+/, '"revision":1'), whole.slice(0, -40), 'null']) {
        writeFileSync(path, lie)
        const expected = await inOnePass(ledger, { snapshots })
        expect(expected.sound).toBe(false)
        expect(await inPieces(2, ledger, { snapshots })).toEqual(expected)
      }
      writeFileSync(path, whole)
    }
  })

  it('ends where it is interrupted, and says how far all was proven', async () => {
    const snapshots = await shelfOf(ledger, 6)
    expect(await inPieces(2, ledger, { snapshots, signal: AbortSignal.abort() })).toMatchObject({
      complete: false,
      sound: true,
      revision: -1,
    })
    const stop = new AbortController()
    const reading = function* (from: number) {
      for (const event of ledger.slice(from)) {
        if (event.revision === 40) stop.abort()
        yield event
      }
    }
    const found = await verifyInPieces(
      reading,
      { pool: 'main', least: 4, part: 3, snapshots, signal: stop.signal },
      threads(2),
    )
    expect(found).toMatchObject({ complete: false, sound: true })
    expect(found.revision).toBeLessThan(40)
    expect(found.head).toBe(ledger[found.revision]?.hash ?? '0'.repeat(64))
  })

  it('fails where a thread dies, and says why', async () => {
    const file = join(folder, 'dying.js')
    writeFileSync(
      file,
      "require('node:worker_threads').parentPort.on('message', () => { throw new Error('no memory') })",
    )
    const dying = startThreads(2, { file })
    await expect(
      verifyInPieces((from) => ledger.slice(from), { pool: 'main', depth: 'chain', least: 4, part: 3 }, dying),
    ).rejects.toThrow('no memory')
    await dying.end()
  })
})
