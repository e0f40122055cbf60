import { type Book, emptyPool, signWith, unsigned } from '@novation/clearing'
import type { LedgerEvent, Millis, Verify } from '@novation/events'
import {
  type EventStore,
  type Hosted,
  historyOf,
  type Mesh,
  passUntil,
  recoverFrom,
  startMesh,
} from '@novation/platform'
import type { Keyring } from '../identity/keyring'
import { signLine } from '../identity/sign-line'
import { poolOf } from '../ledger/pool-of'
import type { World } from '../world'
import type { CommandLine } from './command-lines'
import { leapOf } from './leap'
import { type LedgerWriter, ledgerWriter } from './ledger-writer'
import { counting, noCounts, type RunCounts, verdictOf } from './run-counts'
import { step } from './step'

/** A line that left no trace in the ledger, and why. */
export interface TurnedAway {
  readonly line: number
  readonly code: string
  readonly reason: string
}

/** How a run goes, and who hears of it. */
export interface RunOptions {
  /** The pool, where it is known before the first command names it. */
  readonly pool?: string | undefined
  readonly reactors: (book: Book) => readonly Hosted[]
  /** Signs the lines that are not signed, and what the services ask, where the pool wants that. */
  readonly keyring?: Keyring | undefined
  /** Checks signatures; as anywhere where nothing else is said. */
  readonly verify?: Verify | undefined
  readonly maxSettle: number
  /** How far ahead of the ledger's time a line may be; as far as it likes where nothing is said. */
  readonly jump_ms?: number
  /** Lets time pass up to here once the last line is done. */
  readonly until?: Millis | undefined
  /** After each append, with what has become durable. */
  readonly durable: (events: readonly LedgerEvent[]) => Promise<void>
  readonly turnedAway: (line: TurnedAway) => Promise<void>
  /** After each line. */
  readonly advanced: (line: number, mesh: Mesh | undefined) => Promise<void>
}

/** What a run came to. `mesh` is absent where neither a line nor the ledger named a pool. */
export interface RunResult {
  readonly mesh: Mesh | undefined
  readonly counts: RunCounts
  /** The last line that was done, where somebody stopped the run. */
  readonly interruptedAfter?: number
}

interface Running {
  readonly mesh: Mesh
  readonly writer: LedgerWriter
}

/** Folds what the ledger holds already, and does what was left undone in it. */
const begin = async (
  store: EventStore,
  world: World,
  pool: string,
  { reactors, maxSettle, keyring, verify }: RunOptions,
  durable: RunOptions['durable'],
): Promise<Running> => {
  const writer = ledgerWriter(store, world.clock, pool, durable)
  const book = emptyPool(pool, undefined, verify)
  const mesh = startMesh(book, reactors(book), keyring === undefined ? unsigned : signWith(keyring.of))
  const { events } = await recoverFrom(mesh, historyOf(store, pool, 0), maxSettle)
  await writer.add(events)
  return { mesh, writer }
}

/**
 * Runs commands through the whole mesh into a ledger: each settles before the next is decided, and whole settlings
 * become durable together. Killed at any moment and started again with the same lines, it ends with the same ledger.
 */
export const runMesh = async (
  lines: AsyncIterable<readonly CommandLine[]>,
  store: EventStore,
  world: World,
  options: RunOptions,
): Promise<RunResult> => {
  const { maxSettle, jump_ms, until, keyring, turnedAway, advanced } = options
  let counts = noCounts
  let running: Running | undefined
  let last = 0

  const start = (pool: string): Promise<Running> =>
    begin(store, world, pool, options, async (events) => {
      counts = counting(counts, 'events', events.length)
      await options.durable(events)
    })

  const doLine = async (line: CommandLine): Promise<void> => {
    counts = counting(counts, 'lines')
    last = line.line
    if ('code' in line) {
      counts = counting(counts, line.code === 'malformed' ? 'malformed' : 'refused')
      return turnedAway(line)
    }
    running ??= await start(line.command.pool)
    const { revision, at } = running.mesh.pool
    const leap = leapOf(line.command, revision < 0 || at === 0 ? world.clock.now() : at, jump_ms)
    if (leap !== undefined) {
      counts = counting(counts, 'malformed')
      return turnedAway({ line: line.line, code: 'malformed', reason: leap })
    }
    const { identity } = running.mesh.pool
    const command =
      keyring === undefined ? line.command : signLine(keyring, { domain: identity?.domain, at }, line.command)
    const { events, outcome } = step(running.mesh, command, maxSettle)
    counts = counting(counts, verdictOf(outcome))
    if (outcome.tag === 'refused') await turnedAway({ line: line.line, code: outcome.code, reason: outcome.reason })
    await running.writer.add(events)
  }

  const letTimePass = async (): Promise<void> => {
    if (running === undefined || until === undefined) return
    const { events } = passUntil(running.mesh, until, maxSettle)
    await running.writer.add(events)
  }

  try {
    const known = options.pool ?? (await poolOf(store))
    if (options.pool !== undefined) running = await start(options.pool)
    for await (const batch of lines) {
      for (const line of batch) {
        if (world.interrupted.aborted) break
        await doLine(line)
        await advanced(line.line, running?.mesh)
      }
      // Whoever sent these lines waits for them, and not for more lines to come.
      await running?.writer.flush()
      if (world.interrupted.aborted) break
    }
    if (running === undefined && known !== undefined) running = await start(known)
    if (!world.interrupted.aborted) await letTimePass()
  } finally {
    // Whatever stopped the run, everything that settled is kept.
    await running?.writer.flush()
  }
  return {
    mesh: running?.mesh,
    counts,
    ...(world.interrupted.aborted ? { interruptedAfter: last } : {}),
  }
}
