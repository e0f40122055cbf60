import { type Book, emptyPool, follow, openSnapshot, takeSnapshot } from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'
import type { Reactor } from '@novation/platform'
import { type Either, left, right } from 'fp-ts/Either'
import { openRing, type Ring, ringSize } from './moments/ring'
import { type Course, openCourse } from './series/course'
import { type PoolRow, wholePool } from './series/pool-course'

/**
 * One pool as this gateway has followed it. The book stands at the end of the last whole command, whatever has come of the
 * next: whoever asks never meets a state that was not decided on.
 */
export interface Head {
  readonly book: Book
  /** Where it was before. */
  readonly ring: Ring
  /** How it has stood so far, in a few figures. */
  readonly course: Course<PoolRow>
  /** What has come of a command (or part of a bulk) whose other events are still on their way. */
  readonly pending: LedgerEvent[]
  /** Where that one ends. */
  groupEnd: number
}

/** Every pool this gateway follows, by name. */
export type Heads = ReadonlyMap<string, Head>

const headOf = (
  book: Book,
  back: number,
  pending: readonly LedgerEvent[],
  groupEnd: number,
  past: readonly PoolRow[] = [],
): Head => ({
  book,
  ring: openRing(book, back),
  course: openCourse(wholePool, past),
  pending: [...pending],
  groupEnd,
})

/** Hears of each whole command (or part of a bulk), once the book stands at its end. */
export type Hears = (book: Book, events: readonly LedgerEvent[]) => void

const take = (head: Head, event: LedgerEvent, hears: Hears): Head => {
  const { events } = event.metadata
  if (events !== undefined) head.groupEnd = event.revision + events - 1
  head.pending.push(event)
  if (event.revision < head.groupEnd) return head
  const whole = head.pending.splice(0)
  head.course.leaves(head.book, event.at)
  for (const each of whole) {
    void follow(head.book, each)
    head.ring.took(each)
  }
  hears(head.book, whole)
  return head
}

interface Saved {
  readonly book: unknown
  readonly pending: readonly LedgerEvent[]
  readonly groupEnd: number
  readonly past: readonly PoolRow[]
}

const isSaved = (json: unknown): json is Saved =>
  typeof json === 'object' &&
  json !== null &&
  'book' in json &&
  'pending' in json &&
  'groupEnd' in json &&
  'past' in json

const open = (json: unknown, back: number): Either<string, Head> => {
  if (!isSaved(json)) return left('not the place of a gateway')
  const book = openSnapshot(json.book)
  return book._tag === 'Left' ? book : right(headOf(book.right, back, json.pending, json.groupEnd, json.past))
}

/**
 * Follows the feed as every reactor does, and asks nothing. What it knows of each pool is found in `heads`; `back` is how many of the last
 * revisions can be gone back to.
 */
export const followingHeads = (
  hears: Hears = () => undefined,
  back = ringSize,
): { readonly reactor: Reactor<Head>; readonly heads: Heads } => {
  const heads = new Map<string, Head>()
  const known = (head: Head): Head => {
    heads.set(head.book.name, head)
    return head
  }
  return {
    heads,
    reactor: {
      name: 'gateway',
      // Made beside what is read of a checkpoint, too: then it is not the one that is followed.
      initial: (pool) => {
        const fresh = headOf(emptyPool(pool), back, [], -1)
        return heads.has(pool) ? fresh : known(fresh)
      },
      evolve: (head, event) => known(take(head, event, hears)),
      due: () => [],
      snapshot: {
        write: ({ book, pending, groupEnd, course }): Saved => ({
          book: takeSnapshot(book),
          pending,
          groupEnd,
          past: course.past(),
        }),
        read: (json) => {
          const head = open(json, back)
          return head._tag === 'Left' ? head : right(known(head.right))
        },
      },
    },
  }
}

/** The same for who only writes places down: nobody asks him about any moment. */
export const placesOfHeads = (): Reactor<Head> => followingHeads(() => undefined, 1).reactor
