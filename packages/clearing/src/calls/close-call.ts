import { format } from '@novation/decimal'
import { accepted, type Decide, reject } from '../decision'
import { missing } from '../missing'
import { isMet } from '../state/duties'
import { healthOf } from '../state/health'

/** Even at the worst the account covers its initial margin again, in time or late: the call is met. */
export const closeCall: Decide<'CloseCall'> = (draft, { account: id }) => {
  const { pool } = draft
  const account = pool.accounts.get(id)
  if (account === undefined) return reject('unknown-account', `no account ${id} in this pool`)
  if (account.call === undefined) return reject('nothing-due', `${id} has no open margin call`)
  const health = healthOf(pool, account)
  const { worst, initial } = health
  if (!isMet(health))
    return reject(
      'nothing-due',
      `${id} is worth ${format(worst)} at the worst, still below initial margin ${format(initial)}`,
    )
  draft.record('MarginCallMet', {
    account: id,
    equity: format(worst),
    initialMargin: format(initial),
    ...missing(pool, account),
  })
  return accepted
}
