import { accepted, type Decide, reject } from '../decision'
import { isOverNow } from '../state/auction-clock'
import { arePositionsWornOut, hasLive, healthOf } from '../state/health'
import { recordEnd } from './end'
import { mayBeTaken } from './untaken'

/**
 * Nobody took the coins of an account that has no position left to close: they were offered in vain, and the auction ends.
 * What the account owes is for the waterfall, which may pay for the coins; what is left of them goes on sale anew.
 */
export const closeOut: Decide<'CloseOut'> = (draft, { liquidation }) => {
  const { pool } = draft
  const account = pool.accounts.get(pool.liquidations.get(liquidation) ?? '')
  const open = account?.liquidation
  if (account === undefined || open === undefined)
    return reject('unknown-liquidation', `liquidation ${liquidation} is not open in this pool`)
  const health = healthOf(pool, account)
  if (!isOverNow(pool, open, health)) return reject('nothing-due', `the auction of ${liquidation} is still open`)
  if (!arePositionsWornOut(health))
    return reject('nothing-due', `${account.id} holds positions that are to be closed before`)
  if (!hasLive(health)) return reject('stale-price', `nothing that ${account.id} holds has a fresh price`)
  const early = mayBeTaken(pool, account, open, health)
  if (early !== undefined) return early
  recordEnd(draft, account, 'closed-out')
  return accepted
}
