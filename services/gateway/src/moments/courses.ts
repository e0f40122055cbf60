import { foldOn, type Label, type ReadFrom, type Shelf, stateBefore } from '@novation/audit'
import { type Book, emptyPool } from '@novation/clearing'
import { oneAccount } from '../series/account-course'
import { type Course, type Moved, openCourse } from '../series/course'
import { onePrice } from '../series/price-course'

/** What a course may be of. */
const courses = {
  account: (name: string) => openCourse(oneAccount(name)),
  price: (name: string) => openCourse(onePrice(name)),
} as const satisfies Readonly<Record<string, (name: string) => Course<Moved>>>

export interface CourseAsked {
  readonly of: keyof typeof courses
  readonly name: string
  /** The first revision that it is told of. */
  readonly from: number
  /** At most so many rows. */
  readonly points: number
}

/** A course as far as it was followed, and the book it was followed in. */
interface Held {
  readonly pool: string
  readonly of: CourseAsked['of']
  readonly name: string
  readonly begins: number
  readonly book: Book
  readonly course: Course<Moved>
}

/** So many are kept for the next question: whoever looks at one looks again. */
const room = 2

/**
 * The courses of accounts and prices, each followed through history as far as it is asked for. One that is given up when time is up is gone
 * on with when it is asked for again.
 */
export const openCourses = (
  readerOf: (pool: string) => ReadFrom,
  shelf: Shelf,
  passedOver: (label: Label, reason: string) => void,
) => {
  /** The one asked for last stands last. */
  let held: readonly Held[] = []

  const begun = async (
    pool: string,
    { of, name, from }: CourseAsked,
    signal: AbortSignal,
  ): Promise<Held | undefined> => {
    const known = held.find((one) => one.pool === pool && one.of === of && one.name === name && one.begins <= from)
    if (known !== undefined) return known
    const place = { tag: 'revision', revision: from } as const
    const book = await stateBefore(shelf, pool, place, readerOf(pool), passedOver, { signal })
    if (signal.aborted) return undefined
    return { pool, of, name, begins: from, book: book ?? emptyPool(pool), course: courses[of](name) }
  }

  /** The book at that revision or beyond, and the course up to there; nothing where `signal` was aborted first. */
  return async (pool: string, asked: CourseAsked, revision: number, signal: AbortSignal): Promise<Held | undefined> => {
    const one = await begun(pool, asked, signal)
    if (one === undefined) return undefined
    const { book, course } = one
    held = held.filter((each) => each !== one)
    if (book.revision < revision)
      await foldOn(book, { tag: 'revision', revision }, readerOf(pool), {
        signal,
        leaves: (before, { at }) => course.leaves(before, at),
      }).then(() => undefined)
    // What failed on the way is not kept: its book may be of a history that a restored backup has cut off.
    held = [...held, one].slice(-room)
    return book.revision < revision ? undefined : one
  }
}
