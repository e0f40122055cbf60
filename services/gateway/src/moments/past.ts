import { foldOn, type Label, type ReadFrom, type Shelf, stateAt } from '@novation/audit'
import { type Book, isWhole } from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'
import { type Moment, momentOf } from './moment'
import { openRing, type Ring, ringSize } from './ring'

/** A moment that was worked out, and what lies just before it. */
interface Held {
  readonly moment: Moment
  readonly book: Book
  /** The revisions that were passed last: whoever steps back from here is answered in the same book. */
  readonly ring: Ring
}

/** Which revision of which pool, the event there, and whether something is to be decided on it. */
interface Wanted {
  readonly pool: string
  readonly revision: number
  readonly hash: string
  readonly decides?: boolean
}

/** So many books are kept for the next question at most, */
const room = 4
/** and, but for one, no more than of so many accounts in all: some half a gigabyte. */
const accountsHeld = 250_000

/**
 * Moments of any revision, worked out from the nearest snapshot or from a moment that is held, whichever is nearer; those a little before one that
 * is held are gone back to in its book. For a thread of its own: folding takes its time.
 */
export const openPast = (
  readerOf: (pool: string) => ReadFrom,
  shelf: Shelf,
  passedOver: (label: Label, reason: string) => void,
  back = ringSize,
) => {
  /** The one asked for last stands last. */
  let held: readonly Held[] = []

  const without = (one: Held | undefined): readonly Held[] => held.filter((each) => each !== one)

  /**
   * The nearest one before, where no snapshot is nearer still. From within a command it is gone on from to the end of that and beyond: a moment
   * within the same one would not know how far it has come.
   */
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
        ({ book }) =>
          book.name === pool &&
          book.revision < revision &&
          (isWhole(book) || book.groupEnd <= revision) &&
          book.revision >= snapshot,
      )
      .toSorted((a, b) => b.book.revision - a.book.revision)[0]
  }

  const keep = (one: Held): Held => {
    let accounts = 0
    held = [...without(one), one]
      .toReversed()
      .filter(({ book }, i) => {
        accounts += book.accounts.size
        return i < room && (i === 0 || accounts <= accountsHeld)
      })
      .toReversed()
    return one
  }

  /** A moment, from the nearest before it. What is passed last on the way is remembered, from the end of a command on. */
  const reached = async (pool: string, revision: number, signal: AbortSignal): Promise<Held | undefined> => {
    const place = { tag: 'revision', revision } as const
    const read = readerOf(pool)
    const from = nearest(pool, revision)
    held = without(from)
    let ring = from?.ring
    const how = {
      signal,
      leaves: (before: Book): void => {
        if (ring === undefined && isWhole(before) && before.revision >= revision - back) ring = openRing(before, back)
      },
      took: (event: LedgerEvent): void => ring?.took(event),
    }
    const { pool: book, halfway } =
      from === undefined
        ? await stateAt(shelf, pool, place, read, passedOver, how)
        : await foldOn(from.book, place, read, how)
    return book && { book, moment: momentOf(book, halfway), ring: ring ?? openRing(book, back) }
  }

  const holds =
    (pool: string, revision: number, hash: string) =>
    ({ book, ring }: Held): boolean =>
      book.name === pool && ((book.revision === revision && book.head === hash) || ring.spotAt(revision)?.hash === hash)

  /**
   * What work comes to at a revision. Undefined where `signal`
   * was aborted first; `elsewhere` where the event there has another hash.
   */
  const answer = async <A>(
    { pool, revision, hash, decides }: Wanted,
    work: (moment: Moment, book: Book) => A,
    signal: AbortSignal,
  ): Promise<A | 'elsewhere' | undefined> => {
    const known = held.find(holds(pool, revision, hash))
    const one = known ?? (await reached(pool, revision, signal))
    if (one === undefined) return undefined
    const { book, moment, ring } = keep(one)
    if (book.revision === revision) return book.head === hash ? work(moment, book) : 'elsewhere'
    return ring.at(revision, hash, (there) => work(there, book), decides)
  }

  return {
    at: async <A>(
      wanted: Wanted,
      work: (moment: Moment, book: Book) => A,
      signal: AbortSignal,
    ): Promise<A | 'elsewhere' | undefined> => {
      try {
        return await answer(wanted, work, signal)
      } catch (error) {
        // Whatever was held may be of a history that a restored backup has cut off.
        if (held.length === 0) throw error
        held = []
        return answer(wanted, work, signal)
      }
    },
  }
}
