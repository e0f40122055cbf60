import type { Millis } from '@novation/events'
import type { Book } from './book'
import type { Account, Pool } from './pool'

/** What has time of its own, and goes on where it is asked for anew soon after it has ended. */
type Timed = 'call' | 'debit' | 'auction'

/** What ended, with what is left of its time, or has gone by. */
export const pause = (book: Book, account: Account, what: Timed, ms: Millis): void =>
  book.put(account, 'paused', what, { at: book.at, ms: Math.max(0, ms) })

/** That time, where it ended within a call's period; else nothing of it is left. */
export const pausedFor = ({ at, parameters }: Pool, { paused }: Account, what: Timed): Millis | undefined => {
  const so = paused.get(what)
  return so !== undefined && at - so.at <= parameters.callPeriod_s * 1000 ? so.ms : undefined
}

/** How long a call, or a debit, has from now: its period, or what was left of it when it was met not long ago. */
export const periodFor = (pool: Pool, account: Account, what: 'call' | 'debit'): Millis =>
  pausedFor(pool, account, what) ?? pool.parameters.callPeriod_s * 1000
