import type { Millis } from '@novation/events'
import { quiet } from '@novation/platform'

interface Entry {
  readonly at: Millis
  readonly order: number
  readonly run: () => void
}

/** The only clock there is. Whatever happens, happens as an entry here; between two of them every promise comes to rest. */
export interface Timeline {
  readonly now: () => Millis
  /** Runs something so much later; of several at one time, in the order in which they were asked for. */
  readonly after: (ms: number, run: () => void) => void
  /** Lets time pass up to `until`, or until `stopped` says that enough has been seen. */
  readonly passTo: (until: Millis, stopped: () => boolean) => Promise<void>
  /** How many entries have run. */
  readonly steps: () => number
}

const isBefore = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)

/** A binary heap, earliest first. */
const openHeap = () => {
  const entries: Entry[] = []
  const swap = (i: number, j: number): void => {
    const [a, b] = [entries[i], entries[j]]
    if (a === undefined || b === undefined) return
    entries[i] = b
    entries[j] = a
  }
  const earlier = (i: number, j: number): boolean => {
    const [a, b] = [entries[i], entries[j]]
    return a !== undefined && b !== undefined && isBefore(a, b)
  }
  return {
    first: () => entries[0],
    push: (entry: Entry): void => {
      entries.push(entry)
      for (let i = entries.length - 1; i > 0; ) {
        const parent = (i - 1) >> 1
        if (!earlier(i, parent)) return
        swap(i, parent)
        i = parent
      }
    },
    pop: (): void => {
      swap(0, entries.length - 1)
      entries.pop()
      for (let i = 0; ; ) {
        const child = earlier(2 * i + 2, 2 * i + 1) ? 2 * i + 2 : 2 * i + 1
        if (!earlier(child, i)) return
        swap(i, child)
        i = child
      }
    },
  }
}

export const openTimeline = (begin: Millis): Timeline => {
  const heap = openHeap()
  let now = begin
  let order = 0
  let steps = 0
  return {
    now: () => now,
    after: (ms, run) => {
      order += 1
      heap.push({ at: now + Math.max(0, ms), order, run })
    },
    passTo: async (until, stopped) => {
      await quiet()
      for (let entry = heap.first(); entry !== undefined && entry.at <= until; entry = heap.first()) {
        heap.pop()
        now = entry.at
        steps += 1
        entry.run()
        await quiet()
        if (stopped()) return
      }
      now = Math.max(now, until)
    },
    steps: () => steps,
  }
}
