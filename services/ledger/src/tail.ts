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

/** So much text waits for a reader at most, of some thirty thousand events; one that falls further behind reads the store. */
const defaultMost_chars = 32 * 1024 * 1024

/** Events in memory, each right behind the one before it. */
interface Waiting {
  /** Puts these at the end, where they follow and there is room for all of them: a reader gets the others from the store. */
  readonly put: (events: readonly Stored[]) => void
  /** Those after a place, so many at most, and none where the next one is not here. What is before them is let go. */
  readonly take: (after: Revision, count: number) => readonly Stored[]
}

const nothingWaiting = (most_chars: number): Waiting => {
  let events: Stored[] = []
  let first = 0
  let chars = 0

  const drop = (count: number): void => {
    for (let left = Math.min(count, events.length - first); left > 0; left -= 1) {
      chars -= events[first]?.body.length ?? 0
      first += 1
    }
    if (first < events.length - first) return
    events = events.slice(first)
    first = 0
  }

  return {
    put: (more) => {
      const weight = more.reduce((sum, { body }) => sum + body.length, 0)
      const last = events.at(-1)
      if (last !== undefined && (last.revision + 1 !== more[0]?.revision || chars + weight > most_chars)) return
      events.push(...more)
      chars += weight
    },
    take: (after, count) => {
      drop(after + 1 - (events[first]?.revision ?? after + 1))
      if (events[first]?.revision !== after + 1) return []
      const taken = events.slice(first, first + count)
      drop(taken.length)
      return taken
    },
  }
}

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
  most_chars = defaultMost_chars,
): Tail => {
  const rung = bell(scheduler, signal)
  let place = after
  const waiting = nothingWaiting(most_chars)
  /** The last that was handed: of a ledger that leads, the last there is. */
  let newest: Revision | undefined
  let reading: AsyncIterator<Stored> | undefined

  const leaveStore = (): void => {
    void reading?.return?.()
    reading = undefined
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
      newest = events.at(-1)?.revision ?? newest
      waiting.put(events)
      rung.ring()
    },
    next: async (count) => {
      const waited = waiting.take(place, count)
      if (waited.length > 0) leaveStore()
      const isThere = reading === undefined && newest !== undefined && place >= newest
      const taken = waited.length > 0 || isThere ? waited : await fromStore(count)
      place += taken.length
      return taken
    },
    wait: async (ms) => {
      // Handed while the reader was looking elsewhere: nobody rings for that again.
      if (newest === undefined || place >= newest) await rung.wait(ms)
    },
    moveTo: (revision) => {
      place = revision
      leaveStore()
    },
  }
}
