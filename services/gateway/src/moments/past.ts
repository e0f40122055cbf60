import { foldOn, type Label, type ReadFrom, type Shelf, stateAt } from '@novation/audit'
import { type Book, isWhole } from '@novation/clearing'
import { type Moment, momentOf } from './moment'

export interface Held {
  readonly moment: Moment
  /** What the moment is of; of one between two events of a command nothing goes on. */
  readonly book: Book
}

/** How many moments are kept for the next question. */
const room = 4

/**
 * Moments of any revision, worked out from the nearest snapshot or from a moment that is held, whichever is nearer. For a
 * thread of its own: folding takes its time.
 */
export const openPast = (
  readerOf: (pool: string) => ReadFrom,
  shelf: Shelf,
  passedOver: (label: Label, reason: string) => void,
) => {
  /** The one asked for last stands last. */
  let held: readonly Held[] = []

  const without = (one: Held | undefined): readonly Held[] => held.filter((each) => each !== one)

  /** The nearest one before, where no snapshot is nearer still. */
  const nearest = (pool: string, revision: number): Held | undefined => {
    const snapshot = Math.max(
      -1,
      ...shelf
        .labels(pool)
        .map((label) => label.revision)
        .filter((at) => at <= revision),
    )
    return held
      .filter(
        ({ book }) => book.name === pool && isWhole(book) && book.revision < revision && book.revision >= snapshot,
      )
      .toSorted((a, b) => b.book.revision - a.book.revision)[0]
  }

  const keep = (one: Held): Held => {
    held = [...without(one), one].slice(-room)
    return one
  }

  /** The moment at a revision, where the event has this hash; nothing where there is no such event, or where `signal` was aborted first. */
  const momentAt = async (
    pool: string,
    revision: number,
    hash: string,
    signal: AbortSignal,
  ): Promise<Held | undefined> => {
    const known = held.find(({ book }) => book.name === pool && book.revision === revision && book.head === hash)
    if (known !== undefined) return keep(known)
    const place = { tag: 'revision', revision } as const
    const read = readerOf(pool)
    const from = nearest(pool, revision)
    held = without(from)
    const { pool: book, halfway } =
      from === undefined
        ? await stateAt(shelf, pool, place, read, passedOver, { signal })
        : await foldOn(from.book, place, read, { signal })
    return book === undefined ? undefined : keep({ book, moment: momentOf(book, halfway) })
  }

  return {
    momentAt: async (pool: string, revision: number, hash: string, signal: AbortSignal): Promise<Held | undefined> => {
      try {
        return await momentAt(pool, revision, hash, signal)
      } catch (error) {
        // Whatever was held may be of a history that a restored backup has cut off.
        if (held.length === 0) throw error
        held = []
        return momentAt(pool, revision, hash, signal)
      }
    },
  }
}
