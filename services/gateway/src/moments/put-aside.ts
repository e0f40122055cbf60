import { type ReadFrom, type Shelf, takeSnapshots } from '@novation/audit'
import type { Book } from '@novation/clearing'

/** Two shelves as one: what is put aside goes onto the first. */
export const bothShelves = (own: Shelf, other: Shelf): Shelf => {
  const ofOwn = (pool: string) => new Set(own.labels(pool).map(({ revision }) => revision))
  return {
    labels: (pool) =>
      [...own.labels(pool), ...other.labels(pool).filter(({ revision }) => !ofOwn(pool).has(revision))].sort(
        (a, b) => a.revision - b.revision,
      ),
    put: own.put,
    open: (label) => own.open(label) ?? other.open(label),
  }
}

/** Moments are put aside so many events apart at the least, */
const least = 20_000
/** and of a history of any length not many more than these. */
const most = 32
/** Where there are many accounts, one costs as much to open as so many events to fold. */
const eventsPerAccount = 0.5

/** How far apart: always the same places of a history, whoever comes by. */
export const spacingOf = (events: number, accounts: number): number => {
  const wanted = Math.max(events / most, accounts * eventsPerAccount)
  return least * 2 ** Math.max(0, Math.ceil(Math.log2(wanted / least)))
}

/**
 * Has moments of a history put aside, from the last that is there to its end, once it has grown by enough: then any moment is as near as one of
 * them. It goes on beside whatever else is done, and tells what it cannot do.
 */
export const openAside = (
  shelf: Shelf,
  readerOf: (pool: string) => ReadFrom,
  unkept: (error: unknown) => void,
  spacing = spacingOf,
) => {
  let isBusy = false
  const putAside = async (pool: string, every: number): Promise<void> => {
    try {
      await takeSnapshots(shelf, pool, every, readerOf(pool)).then(() => undefined)
    } catch (error) {
      unkept(error)
    } finally {
      isBusy = false
    }
  }
  /** `head`: where the history ends; how many accounts there are is seen in a book of it. */
  return ({ name, accounts }: Book, head: number): void => {
    const every = spacing(head + 1, accounts.size)
    const last = shelf.labels(name).at(-1)?.revision ?? -1
    if (isBusy || Math.floor((head + 1) / every) <= Math.floor((last + 1) / every)) return
    isBusy = true
    void putAside(name, every)
  }
}
