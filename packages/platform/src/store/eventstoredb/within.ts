import type { Scheduler } from '../../time/scheduler'

/** Something did not come in time. */
export class Late extends Error {
  override readonly name = 'Late'
}

/** What `work` answers, or `Late` after so long. The work itself goes on: nobody can take it back. */
export const within = async <A>(scheduler: Scheduler, timeout_ms: number, work: Promise<A>): Promise<A> => {
  const done = new AbortController()
  const late = scheduler.sleep(timeout_ms, done.signal).then(() => {
    // Most work is done in time, and an error that nobody sees costs more than all the rest of this.
    if (done.signal.aborted) return work
    throw new Late(`no answer within ${timeout_ms} ms`)
  })
  // Whichever comes second has nobody who listens.
  late.catch(() => undefined)
  try {
    return await Promise.race([work, late])
  } finally {
    done.abort()
  }
}
