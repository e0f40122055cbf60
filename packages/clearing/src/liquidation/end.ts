import { format } from '@novation/decimal'
import { acceptDraft, type Decide, type Draft, draft, event, record, reject } from '../decision'
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

/** Ends the liquidation of an account that has nothing left to close, or stands at its buffer again. */
export const endIfRestored = (so: Draft, id: string): Draft => {
  const account = so.pool.accounts.get(id)
  if (account?.liquidation === undefined) return so
  if (account.positions.isEmpty()) return record(so, ended(so.pool, account, 'closed'))
  const { equity, maintenance } = healthOf(so.pool, account)
  return isRestored(account.liquidation.terms.buffer, equity, maintenance)
    ? record(so, ended(so.pool, account, 'restored'))
    : so
}

/** Once the auction is over, an account back at its maintenance margin is let go though the buffer is not reached. */
const isRecovered = (account: Account, { status }: Health): boolean =>
  account.liquidation?.stage !== 'auction' && (status === 'healthy' || status === 'restricted')

/** A liquidation that has done its work ends: the buffer is reached, or nothing is left to close. */
export const endLiquidation: Decide<'EndLiquidation'> = (pool, { liquidation }) => {
  const account = pool.accounts.get(pool.liquidations.get(liquidation) ?? '')
  if (account?.liquidation === undefined)
    return reject('unknown-liquidation', `liquidation ${liquidation} is not open in this pool`)
  const stale = staleFor(pool, account)
  if (stale.length > 0) return reject('stale-price', `${account.id} depends on the price of ${stale.join(', ')}, which is stale`)
  const so = endIfRestored(draft(pool), account.id)
  if (so.events.length > 0) return acceptDraft(so)
  if (isRecovered(account, healthOf(pool, account))) return acceptDraft(record(so, ended(pool, account, 'restored')))
  return reject('nothing-due', `${account.id} is still below the buffer that ${liquidation} restores`)
}
