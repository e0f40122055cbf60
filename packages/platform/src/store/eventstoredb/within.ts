import type { Scheduler } from '../../time/scheduler'

/** Something did not come in time. */
export class Late extends Error {
  override readonly name = 'Late'
}

/** Whoever waited was ended by their own side. */
export class Closing extends Error {
  override readonly name = 'Closing'
  constructor() {
    super('the store is closed')
  }
}

/**
 * What `work` answers, `Late` after so long, or `Closing` once `signal` is aborted. The work itself goes on: nobody can
 * take it back.
 */
export const within = async <A>(
  scheduler: Scheduler,
  timeout_ms: number,
  work: Promise<A>,
  signal?: AbortSignal,
): Promise<A> => {
  const done = new AbortController()
  const over = signal === undefined ? done.signal : AbortSignal.any([done.signal, signal])
  const late = scheduler.sleep(timeout_ms, over).then(() => {
    // Most work is done in time, and an error that nobody sees costs more than all the rest of this.
    if (done.signal.aborted) return work
    throw signal?.aborted ? new Closing() : new Late(`no answer within ${timeout_ms} ms`)
  })
  // Whichever comes second has nobody who listens.
  void late.catch(() => undefined)
  void work.catch(() => undefined)
  try {
    return await Promise.race([work, late])
  } finally {
    done.abort()
  }
}
