import { format } from '@novation/decimal'
import { acceptDraft, type Decide, type Draft, draft, event, record, reject } from '../decision'
import { badPrices } from '../stale'
import { type Health, healthOf, isRestored, staleFor } from '../state/health'
import type { Account, Pool } from '../state/pool'

type Reason = 'restored' | 'closed' | 'deleveraged'

/** That a liquidation is over, and how the account then stands. */
export const ended = (pool: Pool, account: Account, reason: Reason) => {
  const { equity, maintenance } = healthOf(pool, account)
  return event('LiquidationEnded', {
    liquidation: account.liquidation?.id ?? '',
    account: account.id,
    reason,
    equity: format(equity),
    maintenanceMargin: format(maintenance),
  })
}

/** Ended, where an account has nothing left to close, or stands at its buffer again at the present marks. */
const endAtBuffer = (so: Draft, account: Account): Draft => {
  if (account.positions.isEmpty()) return record(so, ended(so.pool, account, 'closed'))
  const { equity, maintenance } = healthOf(so.pool, account)
  const buffer = account.liquidation?.terms.buffer ?? '0'
  return isRestored(buffer, equity, maintenance) ? record(so, ended(so.pool, account, 'restored')) : so
}

/**
 * Ends the liquidation of an account that has nothing left to close, or stands at its buffer again. On a stale price
 * nobody is let go: the liquidation stays open until a fresh one says the same.
 */
export const endIfRestored = (so: Draft, id: string): Draft => {
  const account = so.pool.accounts.get(id)
  if (account?.liquidation === undefined) return so
  return account.positions.isEmpty() || staleFor(so.pool, account).length === 0 ? endAtBuffer(so, account) : so
}

/** Once the auction is over, an account back at its maintenance margin is let go though the buffer is not reached. */
const isRecovered = (account: Account, { status }: Health): boolean =>
  account.liquidation?.stage !== 'auction' && (status === 'healthy' || status === 'restricted')

/** A liquidation that has done its work ends: the buffer is reached, or nothing is left to close. */
export const endLiquidation: Decide<'EndLiquidation'> = (pool, { liquidation }) => {
  const account = pool.accounts.get(pool.liquidations.get(liquidation) ?? '')
  if (account?.liquidation === undefined)
    return reject('unknown-liquidation', `liquidation ${liquidation} is not open in this pool`)
  const so = endAtBuffer(draft(pool), account)
  const recovered = so.events.length === 0 && isRecovered(account, healthOf(pool, account))
  const done = recovered ? record(so, ended(pool, account, 'restored')) : so
  if (done.events.length === 0)
    return reject('nothing-due', `${account.id} is still below the buffer that ${liquidation} restores`)
  return badPrices(pool, account) ?? acceptDraft(done)
}
