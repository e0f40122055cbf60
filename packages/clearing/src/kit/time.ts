import { formatTime, type Millis } from '@novation/events'
import type { Pool } from '../state/pool'
import { type Due, dueNow, dueTimes, nextDue } from '../time/due'

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

const named = (due: readonly Due[]): string => JSON.stringify(due.map(({ at, what, id }) => [formatTime(at), what, id]))

/** How what is kept of due times differs from what a look at everything finds, or nothing. */
export const wrongOfDue = (pool: Pool): string | undefined => {
  const all = dueTimes(pool)
  if (nextDue(pool) !== all[0]?.at) return `${nextDue(pool)} falls due next, of ${named(all)}`
  const [now, late] = [named(dueNow(pool)), named(all.filter(({ at }) => at <= pool.at))]
  return now === late ? undefined : `${now} is due now, and not ${late}`
}
