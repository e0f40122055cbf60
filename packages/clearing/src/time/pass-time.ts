import { format } from '@novation/decimal'
import { formatTime } from '@novation/events'
import { accepted, type Decide, reject } from '../decision'
import { dueNow } from './due'

/** How much one command says: the rest is due still, and follows at once. */
const atOnce = 500

/**
 * Time has come for what was due: so it is said, once, and nothing but the ledger's own time decides it (protocol 2, 4).
 * A missed margin call is said too; by itself it liquidates nobody.
 */
export const passTime: Decide<'PassTime'> = (draft) => {
  const { pool } = draft
  const due = dueNow(pool).slice(0, atOnce)
  if (due.length === 0) return reject('nothing-due', `nothing is due at ${formatTime(pool.at)}`)
  draft.record('TimePassed', { due: due.map(({ what, id }) => ({ what, id })) })
  for (const { what, id } of due) {
    const call = what === 'margin-call' ? pool.accounts.get(id)?.call : undefined
    if (call === undefined) continue
    const missed = { account: id, amount: format(call.amount), deadline: formatTime(call.deadline) }
    draft.record('MarginCallMissed', missed)
  }
  return accepted
}
