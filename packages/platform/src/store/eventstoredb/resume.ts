import { Halted } from '../../host/halt'
import { backoff_ms, type Scheduler } from '../../time/scheduler'
import type { RecordedEvent } from '../event-store'
import { type Door, StoreTrouble } from '../standing'
import { reasonOf, troubleOf } from './failures'
import { Closing } from './within'

/** How long a reader waits for a store that is away, and who may end its waiting. */
export interface Waiting {
  readonly scheduler: Scheduler
  /** Without any progress, after so long the reading throws. */
  readonly wait_ms: number
  /** Whoever waits is told to stop. */
  readonly stop: AbortSignal
  readonly closed: AbortSignal
  readonly door: Door
}

/** A right does not come back in a moment, nor does a password: who is not let in knocks seldom. */
const forbidden_ms = 5_000

/**
 * Reads on behind the last event delivered where a lost connection broke the reading off; `open` begins after it. It
 * waits for as long as it may, and throws what does not pass, `StoreTrouble` where it waited long enough, `Halted` where it was told to stop while it waited, and
 * `Closing` where the store was closed under it.
 */
export async function* resuming(
  open: (last: RecordedEvent | undefined) => AsyncIterable<RecordedEvent>,
  { scheduler, wait_ms, stop, closed, door }: Waiting,
): AsyncIterable<RecordedEvent> {
  const ended = AbortSignal.any([stop, closed])
  let last: RecordedEvent | undefined
  let since: number | undefined
  for (let failed = 0; ; failed += 1) {
    let trouble: ReturnType<typeof troubleOf>
    try {
      for await (const event of open(last)) {
        failed = 0
        since = undefined
        door.well()
        last = event
        yield event
      }
      return door.well()
    } catch (error) {
      trouble = troubleOf(error)
      const told = error instanceof Closing && stop.aborted && !closed.aborted
      if (told) throw new Halted('stopped', 'told to stop before the store could be read')
      if (trouble === undefined) throw error
      door.failed(trouble, reasonOf(error))
      since ??= scheduler.now()
      // Whoever will not wait for ever does not wait for a right.
      const isOver = trouble === 'forbidden' ? Number.isFinite(wait_ms) : scheduler.now() - since >= wait_ms
      if (isOver) throw new StoreTrouble(trouble, reasonOf(error))
    }
    await scheduler.sleep(trouble === 'forbidden' ? forbidden_ms : backoff_ms(failed), ended)
    if (closed.aborted) throw new Closing()
    if (stop.aborted) throw new Halted('stopped', 'told to stop before the store could be read')
  }
}
