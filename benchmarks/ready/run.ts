import { execFileSync } from 'node:child_process'
import { closeSync, copyFileSync, fsyncSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Stored } from '@novation/events'
import { folderShelf, openEmbeddedStore } from '@novation/platform'
import { writeFirstLayout } from '../../packages/platform/src/store/contract/first-layout-file'
import { median, now_ms } from '../mesh/measure'
import { type Part, reportOf, say } from '../mesh/report'
import { makeLedger, type Size } from './make'

/**
 * How long a ledger takes until it is ready, from its newest snapshot and from its first event; what it holds in memory;
 * and how long a file of the first layout takes to be given today's.
 *
 *   npm run bench:ready -- [--events=1000000] [--accounts=100000] [--behind=25000] [--rounds=3] [--output=json]
 */
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    accounts: { type: 'string', default: '100000' },
    behind: { type: 'string', default: '25000' },
    rounds: { type: 'string', default: '3' },
    output: { type: 'string', default: 'table' },
  },
})

/** What a process came to that opened a ledger: seconds since it began, of the wall and of CPU, and bytes. */
interface Opened {
  readonly wall_s: number
  readonly cpu_s: number
  readonly folded: number
  readonly outcome_bytes: number
  readonly account_bytes: number
}

/** A process of its own each time, as it would be after a kill, with the room for what is young that the image gives. */
const opened = (folder: string, how: 'snapshot' | 'fold'): Opened => {
  const words = ['--max-semi-space-size=64', '--expose-gc', join(__dirname, 'open.js'), folder, how]
  return JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8', maxBuffer: 1e6 }))
}

const readyPart = (folder: string, rounds: number): readonly Part[] => {
  const tries = Array.from({ length: rounds }, (_, i) => {
    say(`opening, ${i + 1} of ${rounds}`)
    return opened(folder, 'snapshot')
  })
  say('folding from the first event')
  const fold = opened(folder, 'fold')
  const of = (what: keyof Opened): number => median(tries.map((each) => each[what]))
  const all = 'folded from the first event'
  return [
    {
      title: 'Ready after kill -9',
      rows: [
        { what: all, figure: fold.wall_s, unit: 's' },
        { what: 'from the newest snapshot', figure: of('wall_s'), unit: 's', baseline: all },
        { what: `${all}, CPU`, figure: fold.cpu_s, unit: 's' },
        { what: 'from the newest snapshot, CPU', figure: of('cpu_s'), unit: 's', baseline: `${all}, CPU` },
      ],
      notes: [`From the start of the process, ${of('folded')} events after the snapshot.`],
    },
    {
      title: 'Memory',
      rows: [
        { what: 'an outcome', figure: of('outcome_bytes'), unit: 'bytes' },
        { what: 'an account with its positions', figure: of('account_bytes'), unit: 'bytes' },
      ],
      notes: [
        'Heap and buffers, after the garbage was collected; beside the accounts, all else of the process counts among them.',
      ],
    },
  ]
}

const migrationPart = async (folder: string, appends: readonly (readonly Stored[])[]): Promise<Part> => {
  say('writing a file of the first layout')
  const old = join(folder, 'first-layout')
  writeFirstLayout(
    old,
    appends.map((events) => ({ stream: 'ledger-main', events })),
  )
  const copying = now_ms()
  copyFileSync(join(old, 'events.db'), join(folder, 'copy.db'))
  const copy = openSync(join(folder, 'copy.db'), 'r+')
  fsyncSync(copy)
  closeSync(copy)
  const copied = now_ms()
  say('giving it the layout of today')
  const store = openEmbeddedStore(old)
  const [first] = appends[0] ?? []
  if (first === undefined) throw new Error('nothing was made')
  const began = now_ms()
  const outcome = await store.append('ledger-other', [first], -1)()
  const ended = now_ms()
  if (outcome._tag === 'Left') throw new Error(`the store answered ${outcome.left.tag}`)
  await store.close()
  const base = 'the file copied and synced'
  return {
    title: 'A file of the first layout is given the layout of today',
    rows: [
      { what: base, figure: (copied - copying) / 1000, unit: 's' },
      { what: 'the first append, which does it', figure: (ended - began) / 1000, unit: 's', baseline: base },
    ],
    notes: [],
  }
}

const main = async (): Promise<void> => {
  const size: Size = {
    events: Number(values.events),
    accounts: Number(values.accounts),
    behind: Number(values.behind),
  }
  const folder = mkdtempSync(join(tmpdir(), 'novation-ready-'))
  try {
    const store = openEmbeddedStore(folder)
    const made = await makeLedger(store, folderShelf(join(folder, 'snapshots')), size)
    await store.close()
    const rounds = Number(values.rounds)
    const parts = [...readyPart(folder, rounds), await migrationPart(folder, made.appends)]
    const { kept, commands, positions } = made
    say(`${commands} commands, ${positions} positions, a state of ${kept.state_bytes} bytes`)
    const output = values.output === 'json' ? 'json' : 'table'
    process.stdout.write(reportOf(parts, { accounts: size.accounts, commands, seconds: 0, rounds, output }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

void main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
