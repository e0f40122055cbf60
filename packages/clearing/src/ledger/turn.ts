import { format, isNegative } from '@novation/decimal'
import type { Draft } from '../decision'
import { isOverNow } from '../state/auction-clock'
import { healthOf } from '../state/health'

/**
 * Notes of each auction that has turned how it stands by the end of a command: whether its account is below zero, for that
 * has a clock of its own, and whether it is over. Once a bulk is under way, who stands where is not settled.
 */
export const turnAuctions = (draft: Draft): void => {
  const { pool } = draft
  if (pool.bulk !== undefined) return
  for (const id of [...pool.standing.turned].sort()) {
    const account = pool.accounts.get(id)
    const open = account?.liquidation
    if (account === undefined || open === undefined) continue
    const health = healthOf(pool, account)
    draft.record('AuctionTurned', {
      liquidation: open.id,
      account: id,
      equity: format(health.best),
      maintenanceMargin: format(health.maintenance),
      solvent: !isNegative(health.best),
      over: isOverNow(pool, open, health),
    })
  }
}
