import type { Millis } from '@novation/events'

/** The clock and the timers a service is given: nothing in a service knows another time, so a simulator can own it. */
export interface Scheduler {
  /** Milliseconds since 1970, as this machine believes. */
  readonly now: () => Millis
  /** Comes back after so long, or at once when `signal` is aborted; never throws. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
}

/** The machine's own time. Most sleeps are cut short, so that ends by a plain return and not by an error thrown and caught. */
export const systemScheduler: Scheduler = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve()
      const wake = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      const timer = setTimeout(wake, ms)
      signal?.addEventListener('abort', wake)
    }),
}

/** How long to wait before the nth try (from 0): doubling from 50 ms to 5 s. */
export const backoff_ms = (tries: number): number => Math.min(5_000, 50 * 2 ** Math.min(tries, 10))
