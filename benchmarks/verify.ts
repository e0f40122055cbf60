import { parseArgs } from 'node:util'
import { verify } from '@novation/audit'
import { type Stored, streamOf } from '@novation/events'
import { openEmbeddedStore } from '@novation/platform'

/**
 * How fast a ledger is verified, at each depth, as a ratio to bare JSON.parse of the same events in the same process:
 * 1 is as fast, 0.1 ten times slower. CPU time, interleaved, the best of three rounds.
 *
 *   node --require ./packages/testing/register.js benchmarks/verify.ts --ledger=DIR --events=100000
 */
const { values } = parseArgs({ options: { ledger: { type: 'string' }, events: { type: 'string', default: '100000' } } })

const depths = ['chain', 'fold', 'signature', 'everything'] as const

/** Seconds of CPU: a machine that does something else at the same time changes them least. */
const timed = async (work: () => void | Promise<void>): Promise<number> => {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

const beginsCommand = (body: string): boolean => {
  const { metadata }: { readonly metadata: { readonly events?: number } } = JSON.parse(body)
  return metadata.events !== undefined
}

/** The first so many events, and what is left of the command that the last of them belongs to. */
const read = async (directory: string, count: number): Promise<readonly Stored[]> => {
  const store = openEmbeddedStore(directory)
  const events: Stored[] = []
  for await (const { id, type, revision, hash, body } of store.read(streamOf('main'), 0)) {
    if (events.length >= count && beginsCommand(body)) break
    events.push({ id, type, revision, hash, body })
  }
  await store.close()
  return events
}

const measure = async (directory: string, count: number): Promise<void> => {
  const events = await read(directory, count)
  const best = new Map<string, number>()
  const note = (what: string, seconds: number): void =>
    void best.set(what, Math.min(best.get(what) ?? seconds, seconds))
  for (let round = 0; round < 3; round += 1) {
    note('JSON.parse', await timed(() => events.forEach(({ body }) => void JSON.parse(body))))
    for (const depth of depths) {
      const seconds = await timed(async () => {
        const { sound } = await verify(events, { pool: 'main', depth })
        if (!sound) throw new Error('only a sound ledger can be measured')
      })
      note(depth, seconds)
    }
  }
  const bare = best.get('JSON.parse') ?? Number.NaN
  for (const [what, seconds] of best)
    console.log(
      `${what.padEnd(12)} ${Math.round(events.length / seconds)
        .toLocaleString('en')
        .padStart(10)} events a second of CPU, ratio ${(bare / seconds).toFixed(3)}`,
    )
}

if (values.ledger === undefined) throw new Error('--ledger=DIR is missing')
void measure(values.ledger, Number(values.events))
