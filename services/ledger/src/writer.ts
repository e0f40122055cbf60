import { emptyPool, evolve, judge, nextDue, type Pool, type Processed, process, processBulk } from '@novation/clearing'
import { type Command, encodeEvent, idOf, type LedgerEvent, type Stored, streamOf } from '@novation/events'
import { type EventStore, historyOf, type Scheduler } from '@novation/platform'
import { type AppendReport, appendSurely } from './append-surely'

/** An append holds whole commands, many at a time; a command that passes this size ends it (protocol 9, 12). */
const groupLimit_bytes = 512 * 1024

export interface WriterReport extends AppendReport {
  readonly decided?: (command: Command, outcome: Processed) => void
  /** After each append: the pool as it durably is. */
  readonly committed?: (pool: Pool, events: readonly LedgerEvent[]) => void
}

/** The only writer of one pool's history. */
export interface LedgerWriter {
  /** Decides the commands in order, and answers each once what it made is durable. */
  readonly submit: (commands: readonly Command[]) => Promise<readonly Processed[]>
  /** The pool as it durably is. */
  readonly pool: () => Pool
  /** Sends `PassTime` whenever something falls due, until `signal`. Rejects when the ledger had to stop. */
  readonly keepTime: () => Promise<void>
}

interface Job {
  readonly commands: readonly Command[]
  readonly resolve: (outcomes: readonly Processed[]) => void
  readonly reject: (error: unknown) => void
}

const passTime = (pool: Pool): Command => ({
  id: idOf('clock', pool.head, 'PassTime'),
  type: 'PassTime',
  pool: pool.name,
  actor: 'clock',
  data: {},
})

/** Folds the recorded history of a pool, from zero: what `initial` makes of its name. */
export const foldHistory = async (
  store: EventStore,
  name: string,
  initial: (name: string) => Pool = emptyPool,
): Promise<Pool> => {
  let pool = initial(name)
  for await (const event of historyOf(store, name, 0)) pool = evolve(pool, event)
  return judge(pool)
}

/** How long the clock rests at most before it looks again: a due time may have come nearer meanwhile. */
const rest_ms = 1_000

/** How long a ledger that has not been given any command leaves what is due to the one that has. */
const grace_ms = 5_000

/**
 * Opens the ledger of a pool: folds what is recorded, finishes a bulk that a crash interrupted, and takes commands. One
 * append is in flight; what arrives meanwhile is decided together and appended together (group commit). It leads from the
 * first command it is given; until then another may, and it keeps time only where that one does not.
 */
export const openLedger = async (
  name: string,
  store: EventStore,
  scheduler: Scheduler,
  signal: AbortSignal,
  report: WriterReport = {},
  initial: (name: string) => Pool = emptyPool,
): Promise<LedgerWriter> => {
  let durable = await foldHistory(store, name, initial)
  let leading = false
  let failure: { readonly error: unknown } | undefined
  let draining = false
  const queue: Job[] = []

  /** Reads what another ledger has written while this one stood by. */
  const catchUp = async (): Promise<void> => {
    for await (const event of historyOf(store, name, durable.revision + 1)) durable = evolve(durable, event)
    durable = judge(durable)
  }

  /** Appends what was decided since `durable`; only then does it count. */
  const commit = async (pool: Pool, events: readonly LedgerEvent[], stored: readonly Stored[]): Promise<void> => {
    const [first, ...rest] = stored
    if (first === undefined) return
    await appendSurely(store, scheduler, streamOf(name), [first, ...rest], signal, report)
    durable = pool
    report.committed?.(pool, events)
  }

  /** A bulk is decided to its end, a part an append, and nothing else in between (protocol 12). */
  const finishBulk = async (): Promise<void> => {
    for (let part = processBulk(durable); part !== undefined; part = processBulk(durable))
      await commit(part.pool, part.events, part.events.map(encodeEvent))
  }

  const decideAll = async (commands: readonly Command[]): Promise<readonly Processed[]> => {
    let pool = durable
    let events: LedgerEvent[] = []
    let stored: Stored[] = []
    let size_bytes = 0
    const outcomes: Processed[] = []
    for (const command of commands) {
      const outcome = process(pool, command, scheduler.now())
      outcomes.push(outcome)
      report.decided?.(command, outcome)
      if (outcome.tag !== 'decided') continue
      const made = outcome.events.map(encodeEvent)
      pool = outcome.pool
      events.push(...outcome.events)
      stored.push(...made)
      size_bytes += made.reduce((size, { body }) => size + body.length, 0)
      if (pool.bulk === undefined && size_bytes < groupLimit_bytes) continue
      await commit(pool, events, stored)
      await finishBulk()
      pool = durable
      events = []
      stored = []
      size_bytes = 0
    }
    await commit(pool, events, stored)
    return outcomes
  }

  const isDue = (): boolean => {
    const due = durable.bulk === undefined ? nextDue(durable) : durable.at
    return due !== undefined && due + (leading ? 0 : grace_ms) <= scheduler.now()
  }

  /** What is due by time comes first, then everything that is waiting, in the order in which it came. */
  const drainOnce = async (jobs: readonly Job[]): Promise<void> => {
    if (!leading) await catchUp()
    leading = leading || isDue() || jobs.some(({ commands }) => commands.length > 0)
    if (leading) await finishBulk()
    const time = isDue() ? [passTime(durable)] : []
    const outcomes = (await decideAll([...time, ...jobs.flatMap(({ commands }) => commands)])).slice(time.length)
    let from = 0
    for (const { commands, resolve } of jobs) {
      resolve(outcomes.slice(from, from + commands.length))
      from += commands.length
    }
  }

  const drain = async (): Promise<void> => {
    if (draining) return
    draining = true
    while (queue.length > 0 && failure === undefined) {
      const jobs = queue.splice(0)
      try {
        await drainOnce(jobs)
      } catch (error) {
        failure = { error }
        for (const { reject } of jobs) reject(error)
      }
    }
    draining = false
    if (failure !== undefined) for (const { reject } of queue.splice(0)) reject(failure.error)
  }

  const submit = (commands: readonly Command[]): Promise<readonly Processed[]> =>
    new Promise((resolve, reject) => {
      queue.push({ commands, resolve, reject })
      void drain()
    })

  const keepTime = async (): Promise<void> => {
    while (!signal.aborted) {
      if (failure !== undefined) throw failure.error
      if (isDue()) await submit([])
      const due = nextDue(durable)
      const wait = due === undefined ? rest_ms : Math.max(1, due - scheduler.now())
      await scheduler.sleep(Math.min(rest_ms, wait), signal)
    }
  }

  return { submit, pool: () => durable, keepTime }
}
