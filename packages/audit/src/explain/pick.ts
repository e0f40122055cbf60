import type { LedgerEvent } from '@novation/events'
import { readEvent } from '../decoded'
import type { ReadFrom } from '../snapshots/state-at'

/** Reading on is cheaper than beginning anew as long as the next event is no farther away than this. */
const near = 1000

/** Some events of a history by their revisions; one that is not there is left out. */
export const pick = async (read: ReadFrom, revisions: Iterable<number>): Promise<ReadonlyMap<number, LedgerEvent>> => {
  const waiting = [...new Set(revisions)].sort((a, b) => b - a)
  const found = new Map<number, LedgerEvent>()
  let next = waiting.pop()
  while (next !== undefined) {
    const began = next
    for await (const stored of read(began)) {
      if (stored.revision === next) {
        found.set(next, readEvent(stored))
        next = waiting.pop()
      }
      if (next === undefined || next - stored.revision > near) break
    }
    // It is not there.
    if (next === began) next = waiting.pop()
  }
  return found
}
