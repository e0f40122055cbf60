import { ErrorType, type EventStoreDBClient } from '@eventstore/db-client'
import type { Position, RecordedEvent, Revision } from '../event-store'
import type { HistoryGone } from '../history-gone'
import type { Connection } from './connection'
import { commandError } from './failures'
import { tombstoned, whyHidden } from './hidden'
import { items } from './items'
import { parsePosition } from './position'
import { recordedEvent } from './recorded-event'
import { resuming, type Waiting } from './resume'
import { allFrom, type Call, type Item, isOf, lastOf, streamFrom } from './source'
import { Closing, Late, within } from './within'

export interface ReaderSettings extends Waiting {
  readonly timeout_ms: number
}

type Events = AsyncIterable<RecordedEvent>

/** What is there to be read: streams, their ends, and all of them together. */
export const openReader = (connection: Connection, settings: ReaderSettings) => {
  const { scheduler, timeout_ms, stop, closed } = settings
  const waiting = AbortSignal.any([stop, closed])

  const answered = async <A>(work: (client: EventStoreDBClient) => Promise<A>): Promise<A> => {
    const client = await connection.client(waiting)
    try {
      return await within(scheduler, timeout_ms, work(client))
    } catch (error) {
      if (error instanceof Late) connection.renew(client)
      throw error
    }
  }

  async function* answers(call: Call): AsyncIterable<Item> {
    if (closed.aborted) throw new Closing()
    const client = await connection.client(waiting)
    try {
      yield* items(client, call, { scheduler, timeout_ms, signal: closed })
    } catch (error) {
      if (error instanceof Late) connection.renew(client)
      throw error
    }
  }

  async function* recorded(call: Call, isWanted: (event: NonNullable<Item['event']>) => boolean = () => true): Events {
    for await (const { event } of answers(call)) if (event !== undefined && isWanted(event)) yield recordedEvent(event)
  }

  const hidden = (stream: string, first?: RecordedEvent): Promise<HistoryGone | undefined> =>
    answered((client) => whyHidden(client, stream, first))

  /**
   * The events of one stream. One that never was is empty; one that lost its events, or hides them, is an error and
   * never looks empty: who took it for new would write its first event in the middle of another history.
   */
  async function* ofStream(stream: string, call: Call, isWhole: boolean): Events {
    let isEmpty = true
    try {
      for await (const event of recorded(call)) {
        isEmpty = false
        yield event
      }
      if (!isEmpty || isWhole) return
    } catch (error) {
      const type = commandError(error)?.type
      if (type === ErrorType.STREAM_DELETED) throw tombstoned(stream)
      if (type !== ErrorType.STREAM_NOT_FOUND) throw error
    }
    const why = await hidden(stream)
    if (why !== undefined) throw why
  }

  /** From `from` on without a gap. */
  async function* unbroken(stream: string, from: Revision): Events {
    let due = from
    // Who reads on from where it was has seen what is before, and finds nothing where nothing has come.
    for await (const event of ofStream(stream, streamFrom(stream, from), from > 0)) {
      if (event.revision !== due) throw (await hidden(stream, event)) ?? new Error(`${stream} lacks event ${due}`)
      due += 1
      yield event
    }
  }

  const persistently = (open: (last: RecordedEvent | undefined) => Events) => resuming(open, settings)

  const read = (stream: string, from: Revision): Events =>
    persistently((last) => unbroken(stream, last === undefined ? from : last.revision + 1))

  const last = async (stream: string): Promise<RecordedEvent | undefined> => {
    for await (const event of persistently(() => ofStream(stream, lastOf(stream), false))) return event
    return undefined
  }

  /** The server begins with the event at the position; the port begins after it. */
  const allAfter = (prefix: string, after: Position | undefined): Events => {
    const known = after === undefined ? undefined : parsePosition(after).commit
    return recorded(allFrom(after), ({ streamId, position }) => isOf(prefix, streamId) && position?.commit !== known)
  }

  return {
    read,
    last,
    readAll: (prefix: string, position: Position | undefined): Events =>
      persistently((before) => allAfter(prefix, before?.position ?? position)),
    hidden,
  }
}
