import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openEmbeddedStore } from '@novation/platform'
import { inTurns } from '../mesh/ledger/turns'
import { now_ms } from '../mesh/measure'
import { type Part, reportOf, say } from '../mesh/report'
import { bareFile, type Clock, eventsOf, type Groups, inGroupsOf, storeIn } from './ways'

/**
 * What the embedded store costs by itself: one durable command at a time, and batches of 100 and 1,000 events, against
 * the same bytes in a bare file; and, in the same run, the store of another checkout that is built.
 *
 *   npm run bench:store -- [--rounds=N] [--folder=DIR] [--beside=CHECKOUT] [--clock=cpu] [--output=json]
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    folder: { type: 'string', default: tmpdir() },
    beside: { type: 'string' },
    clock: { type: 'string', default: 'wall' },
    output: { type: 'string', default: 'table' },
  },
})

const cpu_ms: Clock = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
const clock = values.clock === 'cpu' ? cpu_ms : now_ms
const unit = values.clock === 'cpu' ? 'events/s of CPU' : 'events/s'

type Open = typeof openEmbeddedStore

/** How the store of another checkout is opened. */
const openOf = (checkout: string): Open => {
  const { openEmbeddedStore: open }: { readonly openEmbeddedStore: Open } = require(
    resolve(checkout, 'packages/platform/dist'),
  )
  return open
}

const opens: readonly (readonly [string, Open])[] = [
  ['the store', openEmbeddedStore],
  ...(values.beside === undefined ? [] : [[`the store of ${values.beside}`, openOf(values.beside)] as const]),
]

const measure = async (title: string, groups: Groups, rounds: number): Promise<Part> => {
  say(title)
  const folder = mkdtempSync(join(values.folder, 'novation-bench-'))
  const bare = 'a bare file and fdatasync'
  const ways = opens.map(([name, open], i) =>
    storeIn(name, (turn) => open(join(folder, `${i}-${turn}`)), groups, clock),
  )
  try {
    const rates = await inTurns([bareFile(bare, folder, groups, clock), ...ways], rounds, 'events')
    const rows = [...rates].map(([what, figure]) => ({
      what,
      figure,
      unit,
      ...(what === bare ? {} : { baseline: bare }),
    }))
    return { title, rows, notes: [] }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const main = async (): Promise<void> => {
  const rounds = Number(values.rounds)
  const groups = eventsOf(4_000)
  const parts = [
    await measure('One durable command at a time', groups.slice(0, 1_000), rounds),
    await measure('Batches of 100 events', inGroupsOf(100, groups), rounds),
    await measure('Batches of 1,000 events', inGroupsOf(1_000, groups), rounds),
  ]
  const output = values.output === 'json' ? 'json' : 'table'
  process.stdout.write(reportOf(parts, { accounts: 200, commands: groups.length, seconds: 0, rounds, output }))
}

void main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
