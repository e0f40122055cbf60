import { type Book, isPriced, type Pool } from '@novation/clearing'
import { type Ask, ask, dueOf, ofBook, type Reactor, type Which } from '@novation/platform'

const asksFor = (pool: Pool, which: Which): readonly Ask[] => {
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
  ...ofBook,
  ...dueOf(asksFor),
}
