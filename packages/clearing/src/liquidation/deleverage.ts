import { format, isZero } from '@novation/decimal'
import { accepted, type Decide, type Draft, reject } from '../decision'
import { deficitOf } from '../state/deficit'
import { backstopStandsFor } from '../state/duties'
import { hasLive, healthOf, isBreached } from '../state/health'
import { prefundedFor } from '../state/loss-plan'
import type { Account } from '../state/pool'
import { settleFunding } from '../trading/funding'
import { closeAgainst, closesOf } from './closes'
import { drawAll } from './draw'
import { recordEnd } from './end'

/** Each prefunded layer pays the account its part of all deficits (risk 5 a). */
const drawPrefunded = (draft: Draft, account: Account): void => {
  const { pool } = draft
  const deficit = deficitOf(healthOf(pool, account))
  if (isZero(deficit)) return
  drawAll(draft, 'deleverage', account, prefundedFor(pool, account, deficit))
}

/**
 * Nobody took it: all of the account that can be dealt in is closed out. The prefunded layers pay first; what is left of the loss is asked of the
 * counterparties of its positions, and what nobody could give stays as debt in cash. Equity that is left goes to them
 * instead. Where that touches more of them than one append can carry, it goes on as a bulk (protocol 12).
 */
export const deleverage: Decide<'Deleverage'> = (draft, { liquidation }) => {
  const { pool } = draft
  const account = pool.accounts.get(pool.liquidations.get(liquidation) ?? '')
  const open = account?.liquidation
  if (account === undefined || open === undefined)
    return reject('unknown-liquidation', `liquidation ${liquidation} is not open in this pool`)
  if (open.stage === 'auction') return reject('nothing-due', `the auction of ${liquidation} is still open`)
  if (account.positions.size === 0) return reject('nothing-due', `${account.id} holds nothing that could be closed`)
  const health = healthOf(pool, account)
  if (!hasLive(health))
    return reject('stale-price', `nothing that ${account.id} holds has a fresh price and an open market`)
  if (!isBreached(health))
    return reject(
      'not-breached',
      `${account.id} is worth ${format(health.best)} at the best, not below maintenance margin ${format(health.maintenance)}`,
    )
  if (open.stage === 'backstop' && backstopStandsFor(pool, account.id))
    return reject('backstop-first', `the backstop has yet to take what it can of ${liquidation}`)

  settleFunding(draft, account)
  drawPrefunded(draft, account)
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
