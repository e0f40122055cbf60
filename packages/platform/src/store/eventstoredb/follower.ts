import type { Position, RecordedEvent } from '../event-store'
import type { Connection } from './connection'
import { items } from './items'
import type { ReaderSettings } from './reader'
import { recordedEvent } from './recorded-event'
import { resuming } from './resume'
import { followed } from './source'

/** A subscription ended without an error: the server has shut down, and the follower goes on with the next. */
const ended = (): Error => new Error('Premature close')

/**
 * Every event of a prefix, from after a position, until `signal`. The client's subscriptions end when the connection
 * does and do not come back; this one does, behind the last event it delivered, however long it takes.
 */
export async function* follow(
  open: () => Connection,
  { scheduler, timeout_ms }: Pick<ReaderSettings, 'scheduler' | 'timeout_ms'>,
  prefix: string,
  position: Position | undefined,
  signal: AbortSignal,
): AsyncIterable<RecordedEvent> {
  // A client of its own: who lets go of a shared one would silence the follower, and nobody would be told.
  const connection = open()

  async function* subscription(after: Position | undefined): AsyncIterable<RecordedEvent> {
    const client = await connection.client()
    for await (const { event } of items(client, followed(prefix, after), { scheduler, timeout_ms, signal })) {
      if (event !== undefined) yield recordedEvent(event)
    }
    throw ended()
  }

  try {
    if (signal.aborted) return
    const events = resuming(
      (last) => subscription(last?.position ?? position),
      scheduler,
      Number.POSITIVE_INFINITY,
      signal,
    )
    for await (const event of events) {
      if (signal.aborted) return
      yield event
      if (signal.aborted) return
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    await connection.close()
  }
}
