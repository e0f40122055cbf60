import { accepted, type Decide, reject } from '../decision'
import { isOverNow } from '../state/auction-clock'
import { hasLivePosition, healthOf } from '../state/health'
import { settleFunding } from '../trading/funding'
import { closeAgainst, closesOf } from './closes'
import { recordEnd } from './end'
import { mayBeTaken } from './untaken'

/**
 * Nobody took it: all of the account that can be dealt in is closed at the mark against the other side. Nobody gives:
 * counterparties keep what they have made, and what is missing stays as debt in cash, for the waterfall. What the account
 * is still worth goes to them. Where that touches more of them than one append can carry, it goes on as a bulk (protocol 12).
 */
export const deleverage: Decide<'Deleverage'> = (draft, { liquidation }) => {
  const { pool } = draft
  const account = pool.accounts.get(pool.liquidations.get(liquidation) ?? '')
  const open = account?.liquidation
  if (account === undefined || open === undefined)
    return reject('unknown-liquidation', `liquidation ${liquidation} is not open in this pool`)
  if (account.positions.size === 0) return reject('nothing-due', `${account.id} holds nothing that could be closed`)
  const health = healthOf(pool, account)
  if (!isOverNow(pool, open, health)) return reject('nothing-due', `the auction of ${liquidation} is still open`)
  if (!hasLivePosition(health))
    return reject('stale-price', `no position of ${account.id} has a fresh price and an open market`)
  const early = mayBeTaken(pool, account, open, health)
  if (early !== undefined) return early

  settleFunding(draft, account)
  const closes = closesOf(draft, account.id)
  if (closes.length > pool.parts.closes) {
    const bulk = `deleverage:${pool.revision + 1}`
    draft.record('BulkStarted', { bulk, what: 'deleveraging', accounts: closes.length, liquidation })
    return accepted
  }
  for (const closed of closes) closeAgainst(draft, account, closed)
  recordEnd(draft, account, 'deleveraged')
  return accepted
}
