import type { RecordedEvent } from '../event-store'
import { fromEventStoreDb } from './form'
import { formatPosition } from './position'
import type { Item } from './source'

/** An event of the client as the port has it. Throws on one that this house did not write. */
export const recordedEvent = (event: NonNullable<Item['event']>): RecordedEvent => {
  const where = `${event.streamId}:${event.revision}`
  if (event.position === undefined) throw new Error(`${where} has no position: EventStoreDB 22.6 or later is needed`)
  return {
    stream: event.streamId,
    revision: Number(event.revision),
    position: formatPosition(event.position),
    id: event.id,
    type: event.type,
    ...fromEventStoreDb(where, event.type, event.data, event.metadata),
  }
}
