import { format } from '@novation/decimal'
import type { EventData } from '@novation/events'
import { accepted, type Decide, type Draft, reject } from '../decision'
import { missing } from '../missing'
import { overBecause } from '../state/duties'
import { healthOf } from '../state/health'
import type { Account } from '../state/pool'

/** Says that a liquidation is over, and how the account then stands, at the worst. */
export const recordEnd = (draft: Draft, account: Account, reason: EventData<'LiquidationEnded'>['reason']): void => {
  const { worst, maintenance } = healthOf(draft.pool, account)
  draft.record('LiquidationEnded', {
    liquidation: account.liquidation?.id ?? '',
    account: account.id,
    reason,
    equity: format(worst),
    maintenanceMargin: format(maintenance),
    ...missing(draft.pool, account),
  })
}

/**
 * Ends the liquidation of an account that has nothing left to close, or is restored even at the worst, or of which
 * everything left is worn out.
 */
export const endIfOver = (draft: Draft, account: Account): void => {
  const open = account.liquidation
  const reason = open === undefined ? undefined : overBecause(open, healthOf(draft.pool, account))
  if (reason !== undefined) recordEnd(draft, account, reason)
}

/** A liquidation that has done its work ends. */
export const endLiquidation: Decide<'EndLiquidation'> = (draft, { liquidation }) => {
  const { pool } = draft
  const account = pool.accounts.get(pool.liquidations.get(liquidation) ?? '')
  if (account?.liquidation === undefined)
    return reject('unknown-liquidation', `liquidation ${liquidation} is not open in this pool`)
  const reason = overBecause(account.liquidation, healthOf(pool, account))
  if (reason === undefined)
    return reject('nothing-due', `${account.id} is still below what ${liquidation} restores, at the worst`)
  recordEnd(draft, account, reason)
  return accepted
}
