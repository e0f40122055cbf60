import { format } from '@novation/decimal'
import { accepted, type Decide, reject } from '../decision'
import { badPrices } from '../stale'
import { healthOf } from '../state/health'

/** Equity is at initial margin again, in time or late: the call is met. */
export const closeCall: Decide<'CloseCall'> = (draft, { account: id }) => {
  const { pool } = draft
  const account = pool.accounts.get(id)
  if (account === undefined) return reject('unknown-account', `no account ${id} in this pool`)
  if (account.call === undefined) return reject('nothing-due', `${id} has no open margin call`)
  const { status, equity, initial } = healthOf(pool, account)
  if (status !== 'healthy')
    return reject('nothing-due', `${id} has equity ${format(equity)}, still below initial margin ${format(initial)}`)
  const stale = badPrices(pool, account)
  if (stale !== undefined) return stale
  draft.record('MarginCallMet', { account: id, equity: format(equity), initialMargin: format(initial) })
  return accepted
}
