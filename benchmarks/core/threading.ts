import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folderShelf, startThreads, takeSnapshots, verifyInPieces } from '@novation/audit'
import type { Stored } from '@novation/events'
import { now_ms } from '../mesh/measure'
import { type Row, say } from '../table/row'
import { asRead, newCore } from './either-core'
import { houseOf, loadOf } from './house'

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = now_ms()
  await work()
  return (now_ms() - began) / 1000
}

/** How long a ledger of so many events takes to verify in one thread and in two, by the clock, from ten snapshots. */
export const measure = async (events: number): Promise<readonly Row[]> => {
  say(`verifying ${events} events in threads`)
  const core = newCore()
  const history: Stored[] = houseOf(500, 10_000).flatMap((line) => core.decide(line).map(asRead))
  for (let day = 0; history.length < events; day += 1)
    for (const line of loadOf(500, 5_000, day)) history.push(...core.decide(line).map(asRead))
  const folder = mkdtempSync(join(tmpdir(), 'novation-bench-'))
  const read = (from: number) => history.slice(from)
  try {
    await takeSnapshots(folderShelf(folder), 'main', Math.ceil(history.length / 10), read).then(() => undefined)
    const took: number[] = []
    for (const count of [1, 2]) {
      const threads = startThreads(count)
      const asked = { pool: 'main', snapshots: folder, least: 1_000 }
      // The first run makes the threads ready.
      await verifyInPieces(read, asked, threads).then(() => undefined)
      took.push(await seconds(() => verifyInPieces(read, asked, threads)))
      await threads.end()
    }
    const [one = 0, two = 1] = took
    return [
      {
        id: `threads-${events}`,
        what: `verified in two threads, everything, ${history.length.toLocaleString('en')} events, by the clock`,
        figure: two,
        unit: 's',
        baseline: { what: 'in one', figure: one },
        goal: { of: 'ratio', is: 'at least', value: 1.7 },
      },
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}
