import { decodeEvent, type LedgerEvent, streamOf } from '@novation/events'
import type { EventStore, Revision } from '../store/event-store'
import { Halted } from './halt'

/** The recorded history of a pool, decoded. An event that cannot be read stops it: what comes after cannot be understood either. */
export async function* historyOf(store: EventStore, pool: string, from: Revision): AsyncIterable<LedgerEvent> {
  for await (const recorded of store.read(streamOf(pool), from)) {
    const event = decodeEvent(recorded)
    if (event._tag === 'Left') throw new Halted('broken-history', event.left)
    yield event.right
  }
}
