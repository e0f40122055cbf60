/** Why the beginning of a stream, or all of it, is not to be seen any more. */
export type Gone = 'deleted' | 'reopened' | 'truncated' | 'counted' | 'aged' | 'tombstoned' | 'scavenged'

/**
 * Events that were written are hidden or gone. No restart cures it, and whoever folded what is left would come to
 * another state: nothing may be read or written before somebody has put it right.
 */
export class HistoryGone extends Error {
  override readonly name = 'HistoryGone'
  constructor(
    readonly how: Gone,
    readonly stream: string,
    message: string,
    readonly remedy: string,
  ) {
    super(message)
  }
}
