import { ceil, format, subtract } from '@novation/decimal'
import { formatTime } from '@novation/events'
import { accepted, type Decide, reject } from '../decision'
import { badPrices } from '../stale'
import { healthOf, settlementPlaces } from '../state/health'

/** Equity is below initial margin: the account is told how much brings it back (rounded up to what can be paid), and until when. */
export const callMargin: Decide<'CallMargin'> = (draft, { account: id }) => {
  const { pool } = draft
  const account = pool.accounts.get(id)
  if (account === undefined) return reject('unknown-account', `no account ${id} in this pool`)
  if (account.call !== undefined) return reject('nothing-due', `${id} has been called already`)
  const stale = badPrices(pool, account)
  if (stale !== undefined) return stale
  const { status, equity, initial, maintenance, positions } = healthOf(pool, account)
  if (status === 'healthy' || positions.length === 0)
    return reject('not-breached', `${id} has equity ${format(equity)}, not below initial margin ${format(initial)}`)
  draft.record('MarginCall', {
    account: id,
    amount: format(ceil(subtract(initial, equity), settlementPlaces(pool))),
    deadline: formatTime(pool.at + pool.parameters.callPeriod_s * 1000),
    equity: format(equity),
    initialMargin: format(initial),
    maintenanceMargin: format(maintenance),
  })
  return accepted
}
