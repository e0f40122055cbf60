import { clockAsk, isClockMute, nextDue, type Pool } from '@novation/clearing'
import { type Command, idOf, type Millis, type Sender } from '@novation/events'

/** How long a ledger that has not been given any command leaves what is due to the one that has. */
export const grace_ms = 5_000

/**
 * How long until a ledger has something to do by itself: for ever where no time is set, or where nobody would believe its
 * clock, which has no key yet; 0 or less where it is due. A bulk that was interrupted is due at once.
 */
export const untilDue_ms = (pool: Pool, now: Millis, isLeading: boolean): Millis => {
  if (pool.bulk === undefined && isClockMute(pool)) return Number.POSITIVE_INFINITY
  const due = pool.bulk === undefined ? nextDue(pool) : pool.at
  return due === undefined ? Number.POSITIVE_INFINITY : due + (isLeading ? 0 : grace_ms) - now
}

/** The ledger's own wish that time passes, or that what has a fixing is settled: one for each state, so that no state is asked twice (protocol 4). */
export const askOfClock = (pool: Pool): Command => {
  const ask = clockAsk(pool)
  return { ...ask, id: idOf('clock', pool.head, ask.type), pool: pool.name, actor: 'clock' satisfies Sender }
}
