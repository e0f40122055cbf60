import { emptyPool, evolve, judge, type Pool } from '@novation/clearing'
import { type LedgerEvent, parseTime } from '@novation/events'
import { type EventStore, historyOf } from '@novation/platform'
import type { Place } from '../settings/texts'

/** Whether an event lies after a place. `start` is the first event: before it there is no state to speak of. */
const isAfter = (place: Place, event: LedgerEvent): boolean => {
  switch (place.tag) {
    case 'start':
      return event.revision > 0
    case 'end':
      return false
    case 'revision':
      return event.revision > place.revision
    case 'time':
      return parseTime(event.at) > place.at
  }
}

/** The state after the last event at or before a place, everybody judged; nothing where there is no such event. */
export const stateAt = async (store: EventStore, name: string, place: Place): Promise<Pool | undefined> => {
  let pool = emptyPool(name)
  for await (const event of historyOf(store, name, 0)) {
    if (isAfter(place, event)) break
    pool = evolve(pool, event)
  }
  return pool.revision < 0 ? undefined : judge(pool)
}
