import {
  type Book,
  BrokenInvariant,
  emptyPool,
  evolve,
  judge,
  type Mark,
  nextDue,
  type Pool,
  type Processed,
  process,
  takeBackTo,
} from '@novation/clearing'
import {
  type Command,
  encodeEvent,
  idOf,
  type LedgerEvent,
  type Millis,
  type Sender,
  type Stored,
  streamOf,
} from '@novation/events'
import {
  appendLimit_bytes,
  bulkParts,
  type EventStore,
  eventSize_bytes,
  historyOf,
  type Scheduler,
} from '@novation/platform'
import { type AppendReport, appendSurely, TooLargeToAppend } from './append-surely'

/** An append holds whole commands, many at a time, and no more than this where it holds several (protocol 9, 12). */
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
  /** The pool as it is decided: while an append is in flight, ahead of what is durable. */
  readonly pool: () => Pool
  /** Sends `PassTime` whenever something falls due, until `signal`. Rejects when the ledger had to stop. */
  readonly keepTime: () => Promise<void>
}

interface Job {
  readonly commands: readonly Command[]
  readonly resolve: (outcomes: readonly Processed[]) => void
  readonly reject: (error: unknown) => void
}

/** What one command made, where the book was before it, and its revision after it. */
interface Made {
  readonly index: number
  readonly before: Mark
  readonly revision: number
  readonly events: readonly LedgerEvent[]
  readonly stored: readonly Stored[]
  readonly size_bytes: number
}

/** Turned away at the door: what it would make is more than the store takes in one piece, so it could never be durable. */
const tooLarge = (size_bytes: number, limit_bytes: number): Processed => ({
  tag: 'refused',
  code: 'malformed',
  reason: `its events would weigh ${size_bytes} bytes, and the store takes ${limit_bytes} at once: send less in one command`,
})

const passTime = (pool: Pool): Command => ({
  id: idOf('clock', pool.head, 'PassTime'),
  type: 'PassTime',
  pool: pool.name,
  actor: 'clock' satisfies Sender,
  data: {},
})

const isAccepted = (outcome: Processed | undefined): boolean =>
  outcome?.tag === 'decided' && outcome.rejection === undefined

/** Folds the recorded history of a pool, from zero: what `initial` makes of its name. */
export const foldHistory = async (
  store: EventStore,
  name: string,
  initial: (name: string) => Book = emptyPool,
): Promise<Book> => {
  const book = initial(name)
  for await (const event of historyOf(store, name, 0)) void evolve(book, event)
  return judge(book)
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
  initial: (name: string) => Book = emptyPool,
): Promise<LedgerWriter> => {
  const book = await foldHistory(store, name, initial)
  /** Up to here it is durable; what is decided beyond is in flight. */
  let durable = book.revision
  let leading = false
  let failure: { readonly error: unknown } | undefined
  let draining = false
  /** What the store takes in one append, as far as it has said so. */
  let limit_bytes = appendLimit_bytes
  const queue: Job[] = []

  /** Reads what another ledger has written while this one stood by. */
  const catchUp = async (): Promise<void> => {
    for await (const event of historyOf(store, name, book.revision + 1)) void evolve(book, event)
    void judge(book)
    durable = book.revision
  }

  /** Appends what was decided; only then does it count. */
  const commit = async (events: readonly LedgerEvent[], stored: readonly Stored[]): Promise<void> => {
    const [first, ...rest] = stored
    const last = stored.at(-1)
    if (first === undefined || last === undefined) return
    await appendSurely(store, scheduler, streamOf(name), [first, ...rest], signal, report)
    durable = last.revision
    report.committed?.(book, events)
  }

  /** A bulk is decided to its end, a part an append. */
  const finishBulk = async (): Promise<void> => {
    for (const { events } of bulkParts(book)) await commit(events, events.map(encodeEvent))
  }

  /** Appends what several commands made: together, or where that is too large for the store, each half by itself. */
  const commitAll = async (made: readonly Made[]): Promise<void> => {
    if (made.length === 0) return
    try {
      await commit(
        made.flatMap(({ events }) => events),
        made.flatMap(({ stored }) => stored),
      )
    } catch (error) {
      if (!(error instanceof TooLargeToAppend) || made.length === 1) throw error
      const half = made.length >> 1
      await commitAll(made.slice(0, half))
      await commitAll(made.slice(half))
    }
  }

  const decideAll = async (commands: readonly Command[]): Promise<readonly Processed[]> => {
    const outcomes: Processed[] = []
    let group: Made[] = []
    let size_bytes = 0

    /** Everything decided becomes durable, up to the one command that the store does not take: that one is decided again. */
    const flush = async (): Promise<void> => {
      const made = group
      group = []
      size_bytes = 0
      try {
        await commitAll(made)
      } catch (error) {
        const refused = made.find(({ revision }) => revision > durable)
        if (!(error instanceof TooLargeToAppend) || refused === undefined) throw error
        limit_bytes = Math.min(error.limit_bytes, refused.size_bytes - 1)
        outcomes.length = refused.index
        takeBackTo(book, refused.before)
      }
    }

    /** What the next command comes to, after all that is decided before it. */
    const decideNext = async (command: Command): Promise<Processed> => {
      const index = outcomes.length
      const before = book.mark()
      const outcome = process(book, command, scheduler.now())
      if (outcome.tag !== 'decided') return outcome
      const stored = outcome.events.map(encodeEvent)
      const size = stored.reduce((sum, event) => sum + eventSize_bytes(event), 0)
      if (size > limit_bytes) {
        takeBackTo(book, before)
        return tooLarge(size, limit_bytes)
      }
      if (size_bytes + size > groupLimit_bytes) await flush()
      // What was before may have been refused after all, and then this was decided on what never came to be.
      if (outcomes.length < index) return outcome
      const revision = stored.at(-1)?.revision ?? durable
      group.push({ index, before, revision, events: outcome.events, stored, size_bytes: size })
      size_bytes += size
      return outcome
    }

    book.hold()
    for (let command = commands[0]; command !== undefined; command = commands[outcomes.length]) {
      const index = outcomes.length
      const outcome = await decideNext(command)
      if (outcomes.length < index) continue
      outcomes.push(outcome)
      report.decided?.(command, outcome)
      const isBulk = book.bulk !== undefined
      if (!isBulk && size_bytes < groupLimit_bytes && outcomes.length < commands.length) continue
      await flush()
      await finishBulk()
    }
    book.release()
    return outcomes
  }

  /** How long until this ledger has something to do by itself: for ever where no time is set, 0 or less where it is due. */
  const untilDue_ms = (): Millis => {
    const due = book.bulk === undefined ? nextDue(book) : book.at
    return due === undefined ? Number.POSITIVE_INFINITY : due + (leading ? 0 : grace_ms) - scheduler.now()
  }
  const isDue = (): boolean => untilDue_ms() <= 0

  /** What is due by time comes first, then everything that is waiting, in the order in which it came. */
  const drainOnce = async (jobs: readonly Job[]): Promise<void> => {
    if (!leading) await catchUp()
    leading = leading || isDue() || jobs.some(({ commands }) => commands.length > 0)
    if (leading) await finishBulk()
    const time = isDue() ? [passTime(book)] : []
    const outcomes = await decideAll([...time, ...jobs.flatMap(({ commands }) => commands)])
    const [passed] = outcomes
    if (time.length > 0 && !isAccepted(passed))
      throw new BrokenInvariant(`time does not pass in ${name} at revision ${durable}: ${JSON.stringify(passed)}`)
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
      await scheduler.sleep(Math.min(rest_ms, Math.max(1, untilDue_ms())), signal)
    }
  }

  return { submit, pool: () => book, keepTime }
}
