import { ErrorType } from '@eventstore/db-client'
import type { Scheduler } from '../../time/scheduler'
import type { Position, RecordedEvent, Revision } from '../event-store'
import type { Connection } from './connection'
import { commandError } from './failures'
import { Closing, items } from './items'
import { parsePosition } from './position'
import { recordedEvent } from './recorded-event'
import { resuming } from './resume'
import { allFrom, type Call, type Item, isOf, lastOf, streamFrom } from './source'
import { Late } from './within'

export interface ReaderSettings {
  readonly scheduler: Scheduler
  readonly timeout_ms: number
  readonly tries: number
  /** Ends whatever is being read, with an error: a reading must never end early and look complete. */
  readonly closed: AbortSignal
}

const isMissing = (error: unknown): boolean => commandError(error)?.type === ErrorType.STREAM_NOT_FOUND

/** What is there to be read: streams, their ends, and all of them together. */
export const openReader = (connection: Connection, { scheduler, timeout_ms, tries, closed }: ReaderSettings) => {
  async function* answers(call: Call): AsyncIterable<Item> {
    if (closed.aborted) throw new Closing('the store is closed')
    const client = await connection.client()
    try {
      yield* items(client, call, { scheduler, timeout_ms, signal: closed })
    } catch (error) {
      // A stream that never was is empty.
      if (isMissing(error)) return
      if (error instanceof Late) connection.renew(client)
      throw error
    }
  }

  async function* recorded(call: Call, isWanted: (event: NonNullable<Item['event']>) => boolean) {
    for await (const { event } of answers(call)) if (event !== undefined && isWanted(event)) yield recordedEvent(event)
  }

  const persistently = (open: (last: RecordedEvent | undefined) => AsyncIterable<RecordedEvent>) =>
    resuming(open, scheduler, tries, closed)

  const read = (stream: string, from: Revision): AsyncIterable<RecordedEvent> =>
    persistently((last) => recorded(streamFrom(stream, last === undefined ? from : last.revision + 1), () => true))

  /** The server begins with the event at the position; the port begins after it. */
  const allAfter = (prefix: string, after: Position | undefined): AsyncIterable<RecordedEvent> => {
    const known = after === undefined ? undefined : parsePosition(after).commit
    return recorded(allFrom(after), ({ streamId, position }) => isOf(prefix, streamId) && position?.commit !== known)
  }

  return {
    read,
    last: async (stream: string): Promise<RecordedEvent | undefined> => {
      for await (const event of persistently(() => recorded(lastOf(stream), () => true))) return event
      return undefined
    },
    readAll: (prefix: string, position: Position | undefined): AsyncIterable<RecordedEvent> =>
      persistently((last) => allAfter(prefix, last?.position ?? position)),
  }
}
