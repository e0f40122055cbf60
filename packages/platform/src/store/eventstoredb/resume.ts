import { backoff_ms, type Scheduler } from '../../time/scheduler'
import type { RecordedEvent } from '../event-store'
import { passes } from './failures'

/**
 * Reads on behind the last event delivered where a lost connection broke the reading off; `open` begins after it.
 * Throws what does not pass by itself, and what did not pass in so many tries without any progress.
 */
export async function* resuming(
  open: (last: RecordedEvent | undefined) => AsyncIterable<RecordedEvent>,
  scheduler: Scheduler,
  tries: number,
  signal: AbortSignal,
): AsyncIterable<RecordedEvent> {
  let last: RecordedEvent | undefined
  for (let failed = 0; ; failed += 1) {
    try {
      for await (const event of open(last)) {
        failed = 0
        last = event
        yield event
      }
      return
    } catch (error) {
      if (failed + 1 >= tries || !passes(error)) throw error
    }
    await scheduler.sleep(backoff_ms(failed), signal)
  }
}
