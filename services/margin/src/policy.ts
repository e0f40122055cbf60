import { emptyPool, follow, openSnapshot, type Pool, takeSnapshot } from '@novation/clearing'
import { ask, type Reactor } from '@novation/platform'

/** Calls margin from accounts below their initial margin, and closes the call once they are back. It cannot liquidate. */
export const margin: Reactor<Pool> = {
  name: 'margin',
  initial: emptyPool,
  evolve: follow,
  snapshot: { write: takeSnapshot, read: openSnapshot },
  due: ({ standing: { duties } }) => [
    ...[...duties.call].map((account) => ask('CallMargin', { account }, account)),
    ...[...duties.closeCall].map((account) => ask('CloseCall', { account }, account)),
  ],
}
