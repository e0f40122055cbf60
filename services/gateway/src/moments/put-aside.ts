import { type Label, type OwnShelf, type ReadFrom, type Shelf, takeSnapshots } from '@novation/audit'
import type { Pool } from '@novation/clearing'

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

/** Which place of a history a revision is the last one of, or beyond. */
const placeOf = (revision: number, every: number): number => Math.floor((revision + 1) / every)

/** Those that are needed of moments so far apart: the first at each place. What lay nearer was put there when history was shorter. */
export const needed = (labels: readonly Label[], every: number): readonly Label[] =>
  labels.filter((label, i) => {
    const before = labels[i - 1]
    return placeOf(label.revision, every) > (before === undefined ? 0 : placeOf(before.revision, every))
  })

/** How large a history is by now. */
export interface Size {
  readonly revision: number
  readonly accounts: number
}

/** Whether a history is so long that moments of it are put aside. */
export const isLong = ({ revision, accounts }: Size): boolean =>
  placeOf(revision, spacingOf(revision + 1, accounts)) > 0

/** A history that moments are being put aside of. */
interface Run {
  readonly pool: string
  readonly every: number
  /** Where it began, and how far moments stand by now. */
  readonly from: number
  reached: number
}

/**
 * Has moments of a history put aside, from the last that is there to its end, once it has grown by enough: then any moment is as near as one of
 * them. It goes on beside whatever else is done, and tells what it cannot do. What is needed no more is cleared away from its own shelf.
 */
export const openAside = (
  own: OwnShelf,
  shelf: Shelf,
  readerOf: (pool: string) => ReadFrom,
  unkept: (error: unknown) => void,
  spacing = spacingOf,
) => {
  let running: Run | undefined
  /** Pools whose turn comes when that one is done, and how long their histories were. */
  const next = new Map<string, Size>()
  let waiting: readonly (() => void)[] = []

  const wake = (): void => {
    const all = waiting
    waiting = []
    for (const one of all) one()
  }

  const putAside = async (run: Run): Promise<void> => {
    const put = async (book: Pool): Promise<void> => {
      await shelf.put(book)
      run.reached = book.revision
      wake()
    }
    try {
      await takeSnapshots({ ...shelf, put }, run.pool, run.every, readerOf(run.pool)).then(() => undefined)
      const kept = new Set(needed(own.labels(run.pool), run.every).map(({ revision }) => revision))
      await own.clear(run.pool, ({ revision }) => kept.has(revision))
    } catch (error) {
      unkept(error)
    } finally {
      running = undefined
      wake()
      const [turn] = next
      if (turn !== undefined) {
        next.delete(turn[0])
        keep(...turn)
      }
    }
  }

  /** Has what lacks put aside, where a history has come so far. */
  const keep = (pool: string, { revision, accounts }: Size): void => {
    const every = spacing(revision + 1, accounts)
    const last = shelf.labels(pool).at(-1)?.revision ?? -1
    if (placeOf(revision, every) <= placeOf(last, every)) return
    if (running !== undefined) {
      if (running.pool !== pool) next.set(pool, { revision, accounts })
      return
    }
    running = { pool, every, from: last, reached: last }
    void putAside(running)
  }

  /** Whether the moment before a revision is still to come of what is being put aside. */
  const isToCome = (pool: string, revision: number): boolean =>
    running?.pool === pool &&
    running.from < revision &&
    placeOf(running.reached, running.every) < placeOf(revision, running.every)

  /**
   * Waits while moments on the way to a revision are being put aside: history is walked once then, and not by everybody who asks. Answers at
   * once where nothing is to come, and where `signal` is aborted.
   */
  const near = async (pool: string, revision: number, signal: AbortSignal): Promise<void> => {
    const gone = (): void => wake()
    signal.addEventListener('abort', gone, { once: true })
    while (!signal.aborted && isToCome(pool, revision))
      await new Promise<void>((resolve) => {
        waiting = [...waiting, resolve]
      })
    signal.removeEventListener('abort', gone)
  }

  return { keep, near }
}
