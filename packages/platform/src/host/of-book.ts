import { type Book, emptyPool, follow, judgedSince, openSnapshot, type Pool, takeSnapshot } from '@novation/clearing'
import type { Ask, Reactor } from './reactor'

/** How a service follows the book: with one of its own, which its snapshot keeps between two lives. */
export const ofBook = {
  initial: emptyPool,
  evolve: follow,
  snapshot: { write: takeSnapshot, read: openSnapshot },
} satisfies Partial<Reactor<Book>>

/** Of the accounts that have a duty, those that are to be looked at. */
export type Which = (ids: ReadonlySet<string>) => readonly string[]

/** What is due of everybody who has a duty, and of those only whom the last commands may have changed. */
export const dueOf = (asksFor: (pool: Pool, which: Which) => readonly Ask[]) =>
  ({
    due: (pool: Book) => asksFor(pool, (ids) => [...ids]),
    news: {
      since: judgedSince,
      due: (pool: Book, changed: ReadonlySet<string>) =>
        asksFor(pool, (ids) => [...changed].filter((id) => ids.has(id))),
    },
  }) satisfies Partial<Reactor<Book>>
