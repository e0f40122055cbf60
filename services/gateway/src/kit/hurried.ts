import { type Scheduler, systemScheduler } from '@novation/platform'

/** A clock that goes so many times as fast: whoever waits for five seconds is kept waiting for that part of them. */
export const hurried = (by: number): Scheduler => {
  const began = systemScheduler.now()
  return {
    ...systemScheduler,
    now: () => began + (systemScheduler.now() - began) * by,
    sleep: (ms, signal) => systemScheduler.sleep(ms / by, signal),
  }
}
