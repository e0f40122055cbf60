import { left } from 'fp-ts/Either'
import { assertAppendable } from '../append-rules'
import type { EventStore, Position, RecordedEvent, Revision } from '../event-store'
import { openAppender } from './append'
import { hangBell } from './bell'
import { told } from './file-errors'
import { type Connection, connectFile, connectMemory, copyLog, fileOf, hasEmbeddedStore } from './layout'
import type { Migrating } from './migrate'
import { type Ask, openReader } from './reader'

export interface EmbeddedOptions {
  /** How long a follower may miss what another process appended. */
  readonly poll_ms?: number
  /** How long an append waits for another process's write before it answers `unavailable`; it blocks meanwhile. */
  readonly busyTimeout_ms?: number
  /** Hears how far a file of an earlier layout is that is given today's, in events; everything waits for it. */
  readonly migrating?: Migrating
}

const positionNumber = (position: Position | undefined): number => {
  if (position === undefined) return 0
  if (!/^\d{1,15}$/.test(position)) throw new Error(`${JSON.stringify(position)} is not a position of this store`)
  return Number(position)
}

/** The store on a connection that was taken into use; `where` names it in what it says. */
export const storeOn = (
  connection: Connection,
  where: string,
  poll_ms: number,
  migrating: Migrating = () => undefined,
): EventStore => {
  const ask = openReader(connection)
  const appender = openAppender(connection, where, migrating)
  const bell = hangBell()
  const closed = new AbortController()

  const asked: Ask = (question) => {
    try {
      return ask(question)
    } catch (error) {
      throw told(error, where)
    }
  }

  async function* read(stream: string, from: Revision): AsyncIterable<RecordedEvent> {
    for (let next = from; ; ) {
      const events = asked((rows) => rows.stream(stream, next))
      yield* events
      const last = events.at(-1)
      if (last === undefined) return
      next = last.revision + 1
    }
  }

  async function* readAll(prefix: string, position: Position | undefined): AsyncIterable<RecordedEvent> {
    for (let after = positionNumber(position); ; ) {
      const { events, reached } = asked((rows) => rows.search(prefix, after))
      yield* events
      if (reached === after) return
      after = reached
    }
  }

  async function* follow(
    prefix: string,
    position: Position | undefined,
    signal: AbortSignal,
  ): AsyncIterable<RecordedEvent> {
    const stop = AbortSignal.any([signal, closed.signal])
    for (let after = positionNumber(position); !stop.aborted; ) {
      const since = bell.rings()
      const { events, reached } = asked((rows) => rows.search(prefix, after))
      for (const event of events) {
        if (stop.aborted) return
        yield event
      }
      if (reached === after) await bell.wait(since, poll_ms, stop)
      after = reached
    }
  }

  return {
    append: (stream, events, expected) => async () => {
      assertAppendable(stream, events, expected)
      if (closed.signal.aborted) return left({ tag: 'unavailable', reason: 'the store is closed' })
      const outcome = appender.append(stream, events, expected)
      bell.ring()
      return outcome
    },
    read,
    last: async (stream) => asked((rows) => rows.last(stream)),
    readAll,
    follow,
    close: async () => {
      if (closed.signal.aborted) return
      closed.abort()
      try {
        // All in the one file, so that a copy of it is a copy of the store.
        if (!appender.hasFailed()) void copyLog(connection, 'whole')
      } catch (error) {
        throw told(error, where)
      } finally {
        connection.close()
      }
    },
  }
}

/**
 * A store in one file of `directory`, which is made if it is missing. An acknowledged append survives the end of the
 * process and of the machine. Several processes may open it at once: they conflict, they do not corrupt. Throws on a
 * file of another layout, and leaves it as it was.
 */
export const openEmbeddedStore = (
  directory: string,
  { poll_ms = 50, busyTimeout_ms = 2_000, migrating }: EmbeddedOptions = {},
): EventStore => storeOn(connectFile(directory, busyTimeout_ms), fileOf(directory), poll_ms, migrating)

/** The same store without a file: as strict, and gone when it is closed. */
export const openMemoryStore = (): EventStore => storeOn(connectMemory(), 'the store in memory', 1_000)

export { hasEmbeddedStore }
