import { format, isNegative, negate } from '@novation/decimal'
import { acceptDraft, type Decide, type Draft, draft, event, record, reject } from '../decision'
import { badPrices } from '../stale'
import { healthOf } from '../state/health'
import { backstopStands } from '../state/judge'
import { deficitOf, prefundedFor, sharesOf } from '../state/loss-plan'
import { settleFunding } from '../trading/funding'
import { accountOf, closeAgainst, closesOf } from './closes'
import { drawn } from './draw'
import { ended } from './end'

/** Each prefunded layer pays the account its part of all deficits (risk 5 a). */
const drawPrefunded = (so: Draft, id: string): Draft => {
  const account = accountOf(so.pool, id)
  const deficit = deficitOf(healthOf(so.pool, account).equity)
  if (!isNegative(negate(deficit))) return so
  const { first, fund, rest } = prefundedFor(so.pool, account, deficit, sharesOf(so.pool))
  return record(
    so,
    ...drawn(so.pool, 'skin-in-the-game', 'deleverage', account, id, first),
    ...drawn(so.pool, 'fund', 'deleverage', account, id, fund),
    ...drawn(so.pool, 'skin-in-the-game', 'deleverage', account, id, rest),
  )
}

/**
 * Nobody took it: the account is closed out whole. The prefunded layers pay first; what is left of the loss is asked of the
 * counterparties of its positions, and what nobody could give stays as debt in cash. Equity that is left goes to them
 * instead. Where that touches more of them than one append can carry, it goes on as a bulk (protocol 12).
 */
export const deleverage: Decide<'Deleverage'> = (pool, { liquidation }) => {
  const account = pool.accounts.get(pool.liquidations.get(liquidation) ?? '')
  const open = account?.liquidation
  if (account === undefined || open === undefined)
    return reject('unknown-liquidation', `liquidation ${liquidation} is not open in this pool`)
  if (open.stage === 'auction') return reject('nothing-due', `the auction of ${liquidation} is still open`)
  if (account.positions.isEmpty()) return reject('nothing-due', `${account.id} holds nothing that could be closed`)
  const stale = badPrices(pool, account)
  if (stale !== undefined) return stale
  const { status, equity, maintenance } = healthOf(pool, account)
  if (status === 'healthy' || status === 'restricted')
    return reject(
      'not-breached',
      `${account.id} has equity ${format(equity)}, not below maintenance margin ${format(maintenance)}`,
    )
  if (open.stage === 'backstop' && backstopStands(pool, account.id))
    return reject('backstop-first', `the backstop has yet to take what it can of ${liquidation}`)

  const paid = drawPrefunded(record(draft(pool), ...settleFunding(pool, account)), account.id)
  const closes = closesOf(paid.pool, account.id)
  if (closes.length > pool.parts.closes)
    return acceptDraft(
      record(
        paid,
        event('BulkStarted', {
          bulk: `deleverage:${pool.revision + 1}`,
          what: 'deleveraging',
          accounts: closes.length,
          liquidation,
        }),
      ),
    )
  const flat = closes.reduce((so, closed) => closeAgainst(so, account.id, closed), paid)
  return acceptDraft(record(flat, ended(flat.pool, accountOf(flat.pool, account.id), 'deleveraged')))
}
