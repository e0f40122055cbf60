import { firstAt, type Place } from '@novation/audit'
import { type FeedCursor, isStill } from '../feeds/cursor'
import type { Beginning } from '../feeds/feeds'
import type { Standing } from '../feeds/wire'
import type { Gateway } from '../gateway'
import type { Head } from '../heads'
import { reached } from './head-of'

const standsAt = async ({ pages }: Gateway, { book }: Head, revision: number): Promise<Standing | undefined> =>
  revision < 0 ? undefined : (await pages(book.name, revision, revision))?.last

const beyond = (what: string, { book }: Head): string => `${what}, beyond the end of the ledger at ${book.revision}`

/** Where the telling begins; or why who was told something must begin anew. */
export const beginning = async (
  gateway: Gateway,
  head: Head,
  where: FeedCursor | Place,
  left: AbortSignal,
): Promise<Beginning | string> => {
  if ('tag' in where) {
    // Whoever names a revision knows of it, and another gateway may be a little ahead: what lies beyond the end is another history.
    const far = where.tag === 'revision' ? await reached(gateway, head, where.revision - 1, left) : undefined
    if (where.tag === 'revision' && far?._tag === 'Left') return beyond(`\`from\` is ${where.revision}`, head)
    const first = await firstAt(gateway.store, head.book.name, where)
    return { from: first, before: await standsAt(gateway, head, Math.min(first - 1, head.book.revision)) }
  }
  // Another gateway may have been a little ahead of this one.
  const come = await reached(gateway, head, where.revision, left)
  if (come._tag === 'Left') return beyond(`the cursor is at ${where.revision}`, head)
  const before = await standsAt(gateway, head, where.revision)
  return before !== undefined && isStill(where, before.hash)
    ? { from: where.revision + 1, before }
    : `event ${where.revision} is not what it was: a backup was restored`
}
