import type { Book } from '@novation/clearing'
import { formatTime, type LedgerEvent } from '@novation/events'
import { quiet } from '@novation/platform'
import { nameOf } from './channels'
import { closings, isSlow } from './connection'
import { LogCohort, type LogReader, note } from './log-cohort'
import { freshPage, type Page, type Pages } from './pages'
import { StateCohort, type StateReader } from './state-cohort'
import type { FindJob } from './states'
import type { Standing } from './wire'

/** Nobody hears nothing for longer than this. */
const heartbeat_ms = 15_000
/** So many are written to before anybody else gets their turn. */
const company = 1_000

const standingOf = ({ revision, head, at }: Book): Standing => ({ revision, hash: head, at: formatTime(at) })

export interface PoolFeedOf {
  readonly book: Book
  readonly pages: Pages
  readonly now: () => number
  /** Does what reads the store: not too many at once. */
  readonly reading: <A>(work: () => Promise<A>) => Promise<A>
  readonly flush_ms: () => number
  readonly jobs: FindJob
}

/** Everybody who follows one pool. */
export const openPoolFeed = ({ book, pages, now, reading, flush_ms, jobs }: PoolFeedOf) => {
  const pool = book.name
  const logs = new Map<string, LogCohort>()
  const states = new Map<string, StateCohort>()
  let fresh: LedgerEvent[] = []
  let behind = 0
  /** Up to where everybody has been told. */
  let told = standingOf(book)
  let flushing: Promise<void> = Promise.resolve()
  let waiting: (() => void)[] = []

  const seenNow = () => ({ pool: book, flush_ms: flush_ms(), jobs })

  /** Comes back when everything that has happened by now has been told. */
  const afterFlush = (): Promise<void> => new Promise((resolve) => void waiting.push(resolve))

  const logNameOf = ({ connection: { wire }, wish, word }: LogReader): string => `${wire.name} ${word} ${nameOf(wish)}`
  const stateNameOf = ({ connection: { wire }, channel, own }: StateReader): string =>
    `${wire.name} ${channel.word} ${own}`

  const say = (reader: LogReader, ...message: Parameters<typeof note>): void =>
    reader.connection.out.write(reader.connection.wire.put(pool, note(...message)))

  /** Puts who has been told everything with those who are in the same case. False where they have not been told as much yet. */
  const joined = (reader: LogReader): boolean => {
    const name = logNameOf(reader)
    const known = logs.get(name)
    const { connection, wish, word } = reader
    const cohort = known ?? new LogCohort(pool, connection.wire, wish, word, told.revision + 1, now())
    if (cohort.next !== reader.next) return false
    logs.set(name, cohort)
    cohort.join(reader)
    return true
  }

  const resync = (reader: LogReader, why: string): void => {
    reader.isOver = true
    say(reader, 'resync', reader.word, undefined, { why })
  }

  /** One page further; whether it goes on. */
  const turn = async (reader: LogReader, said: { at: number }): Promise<boolean> => {
    const { connection, wish, word } = reader
    const page = await reading(() => pages(pool, reader.next, told.revision))
    if (page === undefined || reader.isOver || connection.left.aborted) return false
    if (reader.last !== undefined && page.before !== reader.last.hash) {
      resync(reader, `event ${page.first} does not go on from what was told: a backup was restored`)
      return false
    }
    const { bytes, previous } = page.told(connection.wire, wish, reader.previous)
    Object.assign(reader, { next: page.last.revision + 1, last: page.last, previous })
    if (bytes !== undefined) connection.out.write(bytes)
    else if (now() - said.at >= heartbeat_ms) say(reader, 'heartbeat', word, page.last, { head: book.revision })
    else return true
    said.at = now()
    return true
  }

  /** Reads to somebody from the store, at his own pace, until he has been told everything; then he hears with the others. */
  const catchUp = async (reader: LogReader, isNew: boolean): Promise<void> => {
    const { connection } = reader
    const said = { at: now() }
    // Who has just come is up to date when he has been told what had happened by then.
    const enough = isNew ? book.revision : -1
    for (;;) {
      if (isSlow(connection) || reader.next <= told.revision) await connection.out.drained()
      if (reader.isOver || connection.left.aborted) return
      if (reader.next > told.revision) {
        if (told.revision >= enough && joined(reader)) break
        if (now() - said.at >= heartbeat_ms) {
          said.at = now()
          say(reader, 'heartbeat', reader.word, reader.last, { head: book.revision })
        }
        await afterFlush()
      } else if (!(await turn(reader, said))) return
    }
    if (isNew) say(reader, 'caught-up', reader.word, reader.last)
  }

  /** Begins to tell somebody; where history cannot be read he is hung up on, and comes again. */
  const follow = (reader: LogReader, isNew = true): void => {
    behind += 1
    void catchUp(reader, isNew)
      .catch(() => reader.connection.close(closings.unavailable, 'unavailable'))
      .finally(() => {
        behind -= 1
      })
  }

  const write = async (all: Iterable<readonly [LogReader | StateReader, string | Uint8Array]>): Promise<void> => {
    let written = 0
    for (const [{ connection }, bytes] of all) {
      connection.out.write(bytes)
      written += 1
      if (written % company === 0) await quiet()
    }
  }

  const flushAll = async (): Promise<void> => {
    const before = told
    const page: Page | undefined = freshPage(fresh)
    fresh = []
    told = page?.last ?? told
    const began = now()
    for (const [name, cohort] of logs) {
      if (cohort.size === 0) logs.delete(name)
      else if (page !== undefined) await write(cohort.tell(page, before, (reader) => follow(reader, false), began))
    }
    const seen = seenNow()
    for (const [name, cohort] of states) {
      if (cohort.size === 0) states.delete(name)
      else await write(cohort.tell(seen, standingOf(book), began))
    }
    for (const cohort of logs.values())
      if (began - cohort.told_at >= heartbeat_ms) await write(cohort.keepUp(told, book.revision, began))
    for (const cohort of states.values())
      if (began - cohort.told_at >= heartbeat_ms) await write(cohort.keepUp(told, began))
  }

  return {
    /** A command was decided; it is told with the next flush. */
    heard: (events: readonly LedgerEvent[]): void => void fresh.push(...events),
    /** Tells what has happened since the last time. */
    flush: (): Promise<void> => {
      const woken = waiting
      waiting = []
      flushing = flushAll().finally(() => {
        for (const wake of woken) wake()
      })
      return flushing
    },
    /** Nothing is being told at the moment: who is told what can be changed. */
    still: (): Promise<void> => flushing,
    follow,
    /** Where the telling is, for who goes on elsewhere. */
    unfollow: (reader: LogReader): void => {
      reader.isOver = true
      logs.get(logNameOf(reader))?.leave(reader, told)
    },
    told: (): Standing => told,
    watch: (reader: StateReader): void => {
      const name = stateNameOf(reader)
      const { connection, channel, own } = reader
      const cohort =
        states.get(name) ?? new StateCohort(pool, connection.wire, channel, own, seenNow(), standingOf(book), now())
      states.set(name, cohort)
      cohort.join(reader)
    },
    unwatch: (reader: StateReader): void => states.get(stateNameOf(reader))?.leave(reader),
    stats: () => ({ cohorts: logs.size + states.size, behind }),
    resync: (why: string): void => {
      for (const cohort of logs.values()) for (const reader of cohort.readers()) resync(reader, why)
    },
  }
}

export type PoolFeed = ReturnType<typeof openPoolFeed>
