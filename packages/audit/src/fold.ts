import { evolve, type Pool } from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'

/**
 * Folds one event for reading, not for deciding: it leaves out the indexes over commands and trades, which no statement
 * needs and which grow with the history.
 */
export const fold = (pool: Pool, event: LedgerEvent): Pool => {
  const next = evolve(pool, event)
  return next.outcomes.isEmpty() && next.trades.isEmpty()
    ? next
    : { ...next, outcomes: next.outcomes.clear(), trades: next.trades.clear() }
}
