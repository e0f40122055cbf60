import {
  type Book,
  emptyPool,
  follow,
  isPriced,
  judgedSince,
  openSnapshot,
  type Pool,
  takeSnapshot,
} from '@novation/clearing'
import { type Ask, ask, type Reactor } from '@novation/platform'

const asksFor = (pool: Pool, which: (ids: ReadonlySet<string>) => readonly string[]): readonly Ask[] => {
  const { call, closeCall } = pool.standing.duties
  return [
    ...which(call).map((account) => ask('CallMargin', { account }, account)),
    ...which(closeCall).map((account) => ask('CloseCall', { account }, account)),
  ].filter(({ subject }) => isPriced(pool, subject))
}

/**
 * Calls margin from accounts below their initial margin, and closes the call once they are back. It cannot liquidate.
 * On a stale price nothing could be decided, so nothing is due until it is fresh again.
 */
export const margin: Reactor<Book> = {
  name: 'margin',
  initial: emptyPool,
  evolve: follow,
  snapshot: { write: takeSnapshot, read: openSnapshot },
  due: (pool) => asksFor(pool, (ids) => [...ids]),
  news: {
    since: judgedSince,
    due: (pool, changed) => asksFor(pool, (ids) => [...changed].filter((id) => ids.has(id))),
  },
}
