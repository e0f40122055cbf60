import { emptyPool, follow, isPriced, openSnapshot, type Pool, takeSnapshot } from '@novation/clearing'
import { ask, type Reactor } from '@novation/platform'

/**
 * Calls margin from accounts below their initial margin, and closes the call once they are back. It cannot liquidate.
 * On a stale price nothing could be decided, so nothing is due until it is fresh again.
 */
export const margin: Reactor<Pool> = {
  name: 'margin',
  initial: emptyPool,
  evolve: follow,
  snapshot: { write: takeSnapshot, read: openSnapshot },
  due: (pool) => {
    const { call, closeCall } = pool.standing.duties
    return [
      ...[...call].map((account) => ask('CallMargin', { account }, account)),
      ...[...closeCall].map((account) => ask('CloseCall', { account }, account)),
    ].filter(({ subject }) => isPriced(pool, subject))
  },
}
