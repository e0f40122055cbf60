import { left } from 'fp-ts/Either'
import { type Scheduler, systemScheduler } from '../../time/scheduler'
import { assertAppendable } from '../append-rules'
import type { EventStore } from '../event-store'
import { appendTo } from './append'
import { openConnection } from './connection'
import { follow } from './follower'
import { openReader } from './reader'
import { shareWriting } from './shared-writing'

export interface EventStoreDbOptions {
  /** How long an append may take until its outcome is unknown, and a reader may hear nothing until it tries again. */
  readonly timeout_ms?: number
  /** How often a reading is tried again without any progress before it throws; a follower never gives up. */
  readonly tries?: number
  readonly scheduler?: Scheduler
}

/**
 * EventStoreDB behind the port, by a connection string (`esdb://host:2113?tls=false`). The leader decides what is read
 * and written. A lost connection ends no reading: it goes on where it was.
 */
export const openEventStoreDb = (
  connectionString: string,
  { timeout_ms = 5_000, tries = 8, scheduler = systemScheduler }: EventStoreDbOptions = {},
): EventStore => {
  if (/throwOnAppendFailure=false/i.test(connectionString)) {
    throw new Error('throwOnAppendFailure=false makes the client report wrong revisions: leave it out')
  }
  const closed = new AbortController()
  const open = () => openConnection(connectionString, timeout_ms, scheduler)
  // A writer that gets no answer lets go of its client and of every call on it: readers have their own.
  const [writing, reading] = [shareWriting(connectionString, timeout_ms, scheduler), open()]
  const settings = { scheduler, timeout_ms, tries, closed: closed.signal }

  return {
    append: (stream, events, expected) => async () => {
      assertAppendable(stream, events, expected)
      if (closed.signal.aborted) return left({ tag: 'unavailable', reason: 'the store is closed' })
      return appendTo(writing, scheduler, timeout_ms, stream, events, expected)
    },
    ...openReader(reading, settings),
    follow: (prefix, position, signal) =>
      follow(open, settings, prefix, position, AbortSignal.any([signal, closed.signal])),
    close: async () => {
      closed.abort()
      await Promise.all([writing.close(), reading.close()])
    },
  }
}
