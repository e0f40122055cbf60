import { Halted } from '../../host/halt'
import type { Position, RecordedEvent } from '../event-store'
import type { Connection } from './connection'
import { items } from './items'
import type { ReaderSettings } from './reader'
import { recordedEvent } from './recorded-event'
import { resuming } from './resume'
import { followed } from './source'
import { Closing } from './within'

/** A subscription ended without an error: the server has shut down, and the follower goes on with the next. */
const ended = (): Error => new Error('Premature close')

const isOwnEnd = (error: unknown): boolean =>
  error instanceof Closing || (error instanceof Halted && error.reason === 'stopped')

/**
 * Every event of a prefix, from after a position, until `settings.stop`. The client's subscriptions end when the
 * connection does and do not come back; this one does, behind the last event it delivered, however long it takes.
 */
export async function* follow(
  open: () => Connection,
  settings: ReaderSettings,
  prefix: string,
  position: Position | undefined,
): AsyncIterable<RecordedEvent> {
  const signal = AbortSignal.any([settings.stop, settings.closed])
  if (signal.aborted) return
  // A client of its own: who lets go of a shared one would silence the follower, and nobody would be told.
  const connection = open()

  async function* subscription(after: Position | undefined): AsyncIterable<RecordedEvent> {
    const client = await connection.client(signal)
    try {
      for await (const { event } of items(client, followed(prefix, after), { ...settings, signal }))
        if (event !== undefined) yield recordedEvent(event)
    } catch (error) {
      connection.renew(client)
      throw error
    }
    throw ended()
  }

  try {
    for await (const event of resuming((last) => subscription(last?.position ?? position), settings)) {
      if (signal.aborted) return
      yield event
      if (signal.aborted) return
    }
  } catch (error) {
    if (!signal.aborted || !isOwnEnd(error)) throw error
  } finally {
    await connection.close()
  }
}
