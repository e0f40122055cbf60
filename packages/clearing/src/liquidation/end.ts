import { format } from '@novation/decimal'
import { accepted, type Decide, type Draft, reject } from '../decision'
import { badPrices } from '../stale'
import { healthOf, isRestored, staleFor } from '../state/health'
import type { Account, Health, Pool } from '../state/pool'

type Reason = 'restored' | 'closed' | 'deleveraged'

/** Says that a liquidation is over, and how the account then stands. */
export const recordEnd = (draft: Draft, account: Account, reason: Reason): void => {
  const { equity, maintenance } = healthOf(draft.pool, account)
  draft.record('LiquidationEnded', {
    liquidation: account.liquidation?.id ?? '',
    account: account.id,
    reason,
    equity: format(equity),
    maintenanceMargin: format(maintenance),
  })
}

/** Why a liquidation is over, if it is: nothing is left to close, or the account stands at its buffer again. */
const overBecause = (pool: Pool, account: Account): Reason | undefined => {
  if (account.positions.size === 0) return 'closed'
  const { equity, maintenance } = healthOf(pool, account)
  return isRestored(account.liquidation?.terms.buffer ?? '0', equity, maintenance) ? 'restored' : undefined
}

/**
 * Ends the liquidation of an account that has nothing left to close, or stands at its buffer again. On a stale price
 * nobody is let go: the liquidation stays open until a fresh one says the same.
 */
export const endIfRestored = (draft: Draft, account: Account): void => {
  const { pool } = draft
  if (account.liquidation === undefined) return
  if (account.positions.size > 0 && staleFor(pool, account).length > 0) return
  const reason = overBecause(pool, account)
  if (reason !== undefined) recordEnd(draft, account, reason)
}

/** Once the auction is over, an account back at its maintenance margin is let go though the buffer is not reached. */
const isRecovered = (account: Account, { status }: Health): boolean =>
  account.liquidation?.stage !== 'auction' && (status === 'healthy' || status === 'restricted')

/** A liquidation that has done its work ends: the buffer is reached, or nothing is left to close. */
export const endLiquidation: Decide<'EndLiquidation'> = (draft, { liquidation }) => {
  const { pool } = draft
  const account = pool.accounts.get(pool.liquidations.get(liquidation) ?? '')
  if (account?.liquidation === undefined)
    return reject('unknown-liquidation', `liquidation ${liquidation} is not open in this pool`)
  const recovered = isRecovered(account, healthOf(pool, account)) ? 'restored' : undefined
  const reason = overBecause(pool, account) ?? recovered
  if (reason === undefined)
    return reject('nothing-due', `${account.id} is still below the buffer that ${liquidation} restores`)
  const stale = badPrices(pool, account)
  if (stale !== undefined) return stale
  recordEnd(draft, account, reason)
  return accepted
}
