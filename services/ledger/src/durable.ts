import type { Pool } from '@novation/clearing'
import { type LedgerEvent, type Stored, streamOf } from '@novation/events'
import type { EventStore, Scheduler } from '@novation/platform'
import { isNonEmpty } from 'fp-ts/Array'
import { last } from 'fp-ts/NonEmptyArray'
import { type AppendReport, appendSurely, TooLargeToAppend } from './append-surely'

/** What one decision made, to be appended as a whole. */
export interface Whole {
  readonly events: readonly LedgerEvent[]
  readonly stored: readonly Stored[]
}

export interface DurableReport extends AppendReport {
  /** After each append: what is durable now. The pool may be ahead of it. */
  readonly committed?: (pool: Pool, events: readonly LedgerEvent[], stored: readonly Stored[]) => void
}

/** How far a pool's history is in the store, and the only way to bring it further. */
export interface Durable {
  /** Of the last event that is durable. */
  readonly revision: () => number
  /** Somebody else's events were read up to here: they are durable. */
  readonly reached: (revision: number) => void
  /**
   * Appends all of these together, or where that is too large for the store, each half by itself, down to single ones.
   * Throws `TooLargeToAppend` at the first that the store does not take even alone: those before it are durable.
   */
  readonly append: (made: readonly Whole[]) => Promise<void>
}

export const openDurable = (
  pool: Pool,
  store: EventStore,
  scheduler: Scheduler,
  signal: AbortSignal,
  report: DurableReport,
): Durable => {
  const stream = streamOf(pool.name)
  let { revision } = pool

  const commit = async (made: readonly Whole[]): Promise<void> => {
    const stored = made.flatMap((whole) => whole.stored)
    if (!isNonEmpty(stored)) return
    await appendSurely(store, scheduler, stream, stored, signal, report)
    revision = last(stored).revision
    report.committed?.(
      pool,
      made.flatMap(({ events }) => events),
      stored,
    )
  }

  const append = async (made: readonly Whole[]): Promise<void> => {
    try {
      await commit(made)
    } catch (error) {
      if (!(error instanceof TooLargeToAppend) || made.length === 1) throw error
      const half = made.length >> 1
      await append(made.slice(0, half))
      await append(made.slice(half))
    }
  }

  return {
    append,
    revision: () => revision,
    reached: (read) => {
      revision = read
    },
  }
}
