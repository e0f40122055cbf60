import { streamOf } from '@novation/events'
import { quiet, type Readable, type RecordedEvent } from '@novation/platform'
import type { Place } from '../place'
import { atOf } from './first-at'

/** Whether an event stands after the place it is read to; `--to` is inclusive. */
const isBeyond = (place: Place, event: RecordedEvent): boolean =>
  (place.tag === 'start' && event.revision > 0) ||
  (place.tag === 'revision' && event.revision > place.revision) ||
  (place.tag === 'time' && atOf(event) > place.at)

/** So many events are read before anybody else (a Ctrl-C) gets their turn. */
const stride = 500

/** The recorded events from a revision to a place, both inclusive. */
export async function* upTo(store: Readable, pool: string, first: number, to: Place): AsyncIterable<RecordedEvent> {
  let read = 0
  for await (const recorded of store.read(streamOf(pool), first)) {
    if (isBeyond(to, recorded)) return
    yield recorded
    read += 1
    if (read % stride === 0) await quiet()
  }
}
