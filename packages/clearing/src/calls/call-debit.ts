import { format, negate } from '@novation/decimal'
import { formatTime } from '@novation/events'
import { accepted, type Decide, reject } from '../decision'
import { hasCalledDebit } from '../state/duties'
import { healthOf } from '../state/health'
import { periodFor } from '../state/paused'

/**
 * An account owes cash, and has coins that more than make up for it: it is told how much, and until when it is to come in, for
 * whoever has won that cash wants to take it out. One that was met less than a call's period ago goes on.
 */
export const callDebit: Decide<'CallDebit'> = (draft, { account: id }) => {
  const { pool } = draft
  const account = pool.accounts.get(id)
  if (account === undefined) return reject('unknown-account', `no account ${id} in this pool`)
  if (account.debit !== undefined) return reject('nothing-due', `${id} has been called for its debit already`)
  const health = healthOf(pool, account)
  if (!hasCalledDebit(pool, account, health))
    return reject('not-breached', `${id} owes no cash with coins beside, beyond ${pool.parameters.debit ?? '0'}`)
  draft.record('DebitCalled', {
    account: id,
    amount: format(negate(health.collateral.cash)),
    deadline: formatTime(pool.at + periodFor(pool, account, 'debit')),
  })
  return accepted
}
