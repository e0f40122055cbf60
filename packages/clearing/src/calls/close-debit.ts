import { accepted, type Decide, reject } from '../decision'
import { hasCalledDebit } from '../state/duties'
import { healthOf } from '../state/health'

/** The cash has come in, in time or late, or the coins are gone: the debit is met. */
export const closeDebit: Decide<'CloseDebit'> = (draft, { account: id }) => {
  const { pool } = draft
  const account = pool.accounts.get(id)
  if (account === undefined) return reject('unknown-account', `no account ${id} in this pool`)
  if (account.debit === undefined) return reject('nothing-due', `${id} has not been called for a debit`)
  if (account.liquidation !== undefined || hasCalledDebit(pool, account, healthOf(pool, account)))
    return reject('nothing-due', `${id} still owes cash with coins beside, or they are being sold`)
  draft.record('DebitMet', { account: id })
  return accepted
}
