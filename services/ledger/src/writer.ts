import { type Book, BrokenInvariant, emptyPool, type Pool, type Processed } from '@novation/clearing'
import type { Command } from '@novation/events'
import type { EventStore, Scheduler, Shelf } from '@novation/platform'
import { passTime, untilDue_ms } from './due-time'
import { type DurableReport, openDurable } from './durable'
import { type DecideReport, openGroupCommit } from './group-commit'
import { catchUp } from './history'
import { type OpeningReport, openBook } from './opening'

export interface WriterReport extends DurableReport, DecideReport, OpeningReport {}

/** The only writer of one pool's history. */
export interface LedgerWriter {
  /** Decides the commands in order, and answers each once what it made is durable. */
  readonly submit: (commands: readonly Command[]) => Promise<readonly Processed[]>
  /** The pool as it is decided: while an append is in flight, ahead of what is durable. */
  readonly pool: () => Pool
  /** The revision up to which it is durable. */
  readonly durable: () => number
  /** Sends `PassTime` whenever something falls due, until `signal`. Rejects when the ledger had to stop. */
  readonly keepTime: () => Promise<void>
}

interface Job {
  readonly commands: readonly Command[]
  readonly resolve: (outcomes: readonly Processed[]) => void
  readonly reject: (error: unknown) => void
}

const isAccepted = (outcome: Processed | undefined): boolean =>
  outcome?.tag === 'decided' && outcome.rejection === undefined

/** How long the clock rests at most before it looks again: a due time may have come nearer meanwhile. */
const rest_ms = 1_000

/**
 * Opens the ledger of a pool: from a snapshot of the shelf, and what is recorded after it, or from the first event. Finishes a bulk that a crash interrupted, and takes commands. One
 * append is in flight; what arrives meanwhile is decided together and appended together (group commit). It leads from the
 * first command it is given; until then another may, and it keeps time only where that one does not.
 */
export const openLedger = async (
  name: string,
  store: EventStore,
  scheduler: Scheduler,
  signal: AbortSignal,
  report: WriterReport = {},
  initial: (name: string) => Book = emptyPool,
  shelf?: Shelf,
): Promise<LedgerWriter> => {
  const { book, decides } = await openBook(store, initial(name), shelf, report)
  const durable = openDurable(book, store, scheduler, signal, report)
  const { decideAll, finishBulk } = openGroupCommit(book, durable, () => scheduler.now(), report)
  let leading = false
  let failure: { readonly error: unknown } | undefined
  let draining = false
  const queue: Job[] = []

  const wait_ms = () => untilDue_ms(book, scheduler.now(), leading)
  const isDue = (): boolean => wait_ms() <= 0

  /** What is due by time comes first, then everything that is waiting, in the order in which it came. */
  const drainOnce = async (jobs: readonly Job[]): Promise<void> => {
    if (!leading) durable.reached((await catchUp(book, store)).revision)
    if (!leading && (isDue() || jobs.some(({ commands }) => commands.length > 0))) {
      await decides()
      leading = true
    }
    if (leading) await finishBulk()
    const time = isDue() ? [passTime(book)] : []
    const outcomes = await decideAll([...time, ...jobs.flatMap(({ commands }) => commands)])
    const [passed] = outcomes
    if (time.length > 0 && !isAccepted(passed))
      throw new BrokenInvariant(
        `time does not pass in ${name} at revision ${durable.revision()}: ${JSON.stringify(passed)}`,
      )
    let from = time.length
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
      if (isDue()) await submit([]).then(() => undefined)
      await scheduler.sleep(Math.min(rest_ms, Math.max(1, wait_ms())), signal)
    }
  }

  return { submit, pool: () => book, durable: durable.revision, keepTime }
}
