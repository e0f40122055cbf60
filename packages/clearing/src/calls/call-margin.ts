import { ceil, format, subtract } from '@novation/decimal'
import { formatTime } from '@novation/events'
import { accepted, type Decide, reject } from '../decision'
import { marginedBy } from '../margined-by'
import { missing } from '../missing'
import { isCalled } from '../state/duties'
import { healthOf } from '../state/health'
import { periodFor } from '../state/paused'
import { settlementPlaces } from '../state/worth'

/**
 * Even at the best the account is worth less than its initial margin: it is told how much brings it back at the worst
 * (rounded up to what can be paid), and until when: one that was met less than a call's period ago goes on.
 */
export const callMargin: Decide<'CallMargin'> = (draft, { account: id }) => {
  const { pool } = draft
  const account = pool.accounts.get(id)
  if (account === undefined) return reject('unknown-account', `no account ${id} in this pool`)
  if (account.call !== undefined) return reject('nothing-due', `${id} has been called already`)
  const health = healthOf(pool, account)
  const { worst, best, initial, callLine, maintenance } = health
  if (!isCalled(health))
    return reject(
      'not-breached',
      `${id} is worth ${format(best)} at the best, not below initial margin ${format(callLine)}, or holds no position`,
    )
  draft.record('MarginCall', {
    account: id,
    amount: format(ceil(subtract(initial, worst), settlementPlaces(pool))),
    deadline: formatTime(pool.at + periodFor(pool, account, 'call')),
    equity: format(best),
    initialMargin: format(callLine),
    maintenanceMargin: format(maintenance),
    ...missing(pool, account),
    ...marginedBy(pool, account, health),
  })
  return accepted
}
