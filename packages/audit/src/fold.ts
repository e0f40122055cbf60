import { evolve, judge, type Pool } from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'

/**
 * Folds one event for reading, not for deciding: it leaves out the indexes over commands and trades, which no statement
 * needs and which grow with the history. Who owes what is judged where a bulk begins, since its plan is fixed by that.
 */
export const fold = (pool: Pool, event: LedgerEvent): Pool => {
  const next = evolve(event.type === 'BulkStarted' ? judge(pool) : pool, event)
  return next.outcomes.isEmpty() && next.trades.isEmpty()
    ? next
    : { ...next, outcomes: next.outcomes.clear(), trades: next.trades.clear() }
}
