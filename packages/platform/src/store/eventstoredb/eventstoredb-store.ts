import { left } from 'fp-ts/Either'
import { type Scheduler, systemScheduler } from '../../time/scheduler'
import { assertAppendable } from '../append-rules'
import { type AppendError, type EventStore, noStream } from '../event-store'
import { type Door, type Heard, openDoors } from '../standing'
import { appendTo } from './append'
import { paced } from './clients'
import { openConnection } from './connection'
import { readConnectionString } from './connection-string'
import { reasonOf, troubleOf } from './failures'
import { follow } from './follower'
import { openReader } from './reader'
import { shareWriting } from './shared-writing'
import { Closing } from './within'

export interface EventStoreDbOptions {
  /** How long an append may take until its outcome is unknown, and a reader may hear nothing until it tries again. */
  readonly timeout_ms?: number
  /** How long a reading waits for a store that is away until it throws: without it, until it is told to stop. */
  readonly wait_ms?: number
  /** Ends whatever waits for the store; what does not wait goes on. */
  readonly stop?: AbortSignal
  readonly scheduler?: Scheduler
  /** Hears, at each failure, how the store stands, and when all is well again. */
  readonly heard?: Heard
}

const tell = (door: Door, error: AppendError): void => {
  if (error.tag === 'conflict' || error.tag === 'too-large') door.well()
  else door.failed(error.tag === 'forbidden' ? 'forbidden' : 'away', error.reason)
}

/**
 * EventStoreDB behind the port, by a connection string (`esdb://host:2113?tls=false`). The leader decides what is read
 * and written. A lost connection ends no reading: it goes on where it was. Writer, readers and followers have a
 * connection each, so that one that is swallowed costs its own `timeout_ms` and nobody else's.
 */
export const openEventStoreDb = (
  connectionString: string,
  {
    timeout_ms = 5_000,
    wait_ms = Number.POSITIVE_INFINITY,
    stop = new AbortController().signal,
    scheduler = systemScheduler,
    heard,
  }: EventStoreDbOptions = {},
): EventStore => {
  const told = readConnectionString(connectionString)
  if (told._tag === 'Left') throw new Error(`the connection string: ${told.left}`)
  const closed = new AbortController()
  const client = paced(connectionString, scheduler)
  const open = () => openConnection(client, timeout_ms, scheduler)
  const [writing, reading] = [shareWriting(connectionString, client, timeout_ms, scheduler), open()]
  const door = openDoors(scheduler, heard)
  const settings = { scheduler, timeout_ms, wait_ms, stop, closed: closed.signal }
  const { hidden, ...reader } = openReader(reading, { ...settings, door: door() })
  const writingDoor = door()
  /** Streams that are known to be new where they look so. */
  const begun = new Set<string>()

  /** A deleted stream lets its first event pass once more: who begins a stream must know that it is none. */
  const begin = async (stream: string): Promise<AppendError | undefined> => {
    if (begun.has(stream)) return undefined
    try {
      const why = await hidden(stream)
      if (why !== undefined) throw why
      begun.add(stream)
      return undefined
    } catch (error) {
      if (error instanceof Closing) return { tag: 'unavailable', reason: error.message }
      const trouble = troubleOf(error)
      if (trouble === undefined) throw error
      return { tag: trouble === 'forbidden' ? 'forbidden' : 'unavailable', reason: reasonOf(error) }
    }
  }

  return {
    ...reader,
    append: (stream, events, expected) => async () => {
      assertAppendable(stream, events, expected)
      if (closed.signal.aborted) return left({ tag: 'unavailable', reason: 'the store is closed' })
      const wrong = expected === noStream ? await begin(stream) : undefined
      const outcome = wrong === undefined ? await appendTo(writing, settings, stream, events, expected) : left(wrong)
      if (outcome._tag === 'Left') tell(writingDoor, outcome.left)
      else writingDoor.well()
      return outcome
    },
    follow: (prefix, position, signal) =>
      follow(open, { ...settings, door: door(), stop: AbortSignal.any([stop, signal]) }, prefix, position),
    close: async () => {
      closed.abort()
      await Promise.all([writing.close(), reading.close()])
    },
  }
}
