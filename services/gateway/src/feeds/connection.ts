import type { Outflow } from '@novation/platform'
import type { Wire } from './wire'

/** Who has not taken so much is told nothing more until he has: what he misses he is read from the store, or told anew. */
export const slow_bytes = 256 * 1024

/** One that follows: where it is told things, and whether it may still be. */
export interface Connection {
  readonly wire: Wire
  readonly out: Pick<Outflow, 'write' | 'waiting' | 'taken' | 'drained'>
  /** Why who follows may not any more, or nothing. */
  readonly ended: () => Promise<string | undefined>
  /** Ends it from this side; `code` is that of a conversation. */
  readonly close: (code: number, reason: string) => void
  /** Aborted once nobody is there. */
  readonly left: AbortSignal
}

export const isSlow = ({ out }: Connection): boolean => out.waiting() > slow_bytes

/** Why a connection is closed, as numbers in a conversation. */
export const closings = { unavailable: 1013, ended: 4401, slow: 4408 } as const
