import { type Stored, streamOf } from '@novation/events'
import type { EventStore, Revision, Scheduler } from '@novation/platform'

/** What follows a place in a pool's history, for one reader at its own pace. */
export interface Tail {
  /** Takes what was acknowledged, in order. While the reader keeps up it never has to ask the store. */
  readonly handed: (events: readonly Stored[]) => void
  /** The next events, so many at most; none where there are none yet. */
  readonly next: (most: number) => Promise<readonly Stored[]>
  /** Until something is handed, or so long at most. */
  readonly wait: (ms: number) => Promise<void>
  /** What is read next is what comes after this. */
  readonly moveTo: (revision: Revision) => void
}

/** How many events wait for a reader at most; one that falls further behind reads them from the store. */
const most = 4_096

/** A sleep that somebody may end. */
const bell = (scheduler: Scheduler, signal: AbortSignal) => {
  let ring: () => void = () => undefined
  return {
    ring: () => ring(),
    wait: async (ms: number): Promise<void> => {
      if (signal.aborted) return
      const rung = new AbortController()
      const wake = () => rung.abort()
      ring = wake
      signal.addEventListener('abort', wake, { once: true })
      await scheduler.sleep(ms, rung.signal)
      signal.removeEventListener('abort', wake)
    },
  }
}

export const openTail = (
  store: EventStore,
  pool: string,
  scheduler: Scheduler,
  signal: AbortSignal,
  after: Revision = -1,
): Tail => {
  const rung = bell(scheduler, signal)
  let place = after
  /** In memory, one after the other. */
  let queue: readonly Stored[] = []
  /** The last that was handed: of a ledger that leads, the last there is. */
  let newest: Revision | undefined
  let reading: AsyncIterator<Stored> | undefined

  const fromQueue = (count: number): readonly Stored[] => {
    queue = queue.slice(Math.max(0, place + 1 - (queue[0]?.revision ?? 0)))
    if (queue[0]?.revision !== place + 1) return []
    const taken = queue.slice(0, count)
    queue = queue.slice(count)
    return taken
  }

  const fromStore = async (count: number): Promise<readonly Stored[]> => {
    reading ??= store.read(streamOf(pool), place + 1)[Symbol.asyncIterator]()
    const taken: Stored[] = []
    while (taken.length < count) {
      const read = await reading.next()
      if (read.done === true) {
        reading = undefined
        break
      }
      taken.push(read.value)
    }
    return taken
  }

  return {
    handed: (events) => {
      const [first, last] = [events[0], events.at(-1)]
      if (first === undefined || last === undefined) return
      newest = last.revision
      const follows = queue.length === 0 || queue.at(-1)?.revision === first.revision - 1
      if (!follows) queue = events.slice(0, most)
      else if (queue.length + events.length <= most) queue = [...queue, ...events]
      rung.ring()
    },
    next: async (count) => {
      if (reading === undefined) {
        const taken = fromQueue(count)
        place += taken.length
        if (taken.length > 0 || (newest !== undefined && place >= newest)) return taken
      }
      const taken = await fromStore(count)
      place += taken.length
      return taken
    },
    wait: async (ms) => {
      // Handed while the reader was looking elsewhere: nobody rings for that again.
      if (newest === undefined || place >= newest) await rung.wait(ms)
    },
    moveTo: (revision) => {
      place = revision
      void reading?.return?.()
      reading = undefined
    },
  }
}
