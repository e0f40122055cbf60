import { formatTime, type Millis } from '@novation/events'
import type { Pool } from '../state/pool'
import { type Due, dueTimes } from '../time/due'

/** What falls due next, where that is by `until`. */
export const dueBy = (pool: Pool, until: Millis): Due | undefined => {
  const [due] = dueTimes(pool)
  return due !== undefined && due.at <= until ? due : undefined
}

/** Throws where the ledger would not let time pass for what is due, or leaves it due: asking again would never end. */
export const assertPassed = ({ what, id, at }: Due, accepted: boolean, after: Pool): void => {
  const [next] = dueTimes(after)
  if (accepted && !(next?.what === what && next.id === id && next.at === at)) return
  throw new Error(`time does not pass at ${formatTime(at)}: ${what} ${id} is due still`)
}
