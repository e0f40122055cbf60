import { format } from '@novation/decimal'
import { formatTime, type Proposal } from '@novation/events'
import { accept, type Decide, event, reject } from '../decision'
import type { Pool } from '../state/pool'
import { type Due, dueTimes } from './due'

/** How much one command says: the rest is due still, and follows at once. */
const atOnce = 500

/** A missed margin call is said; by itself it liquidates nobody. */
const missed = (pool: Pool, { id }: Due): readonly Proposal[] => {
  const call = pool.accounts.get(id)?.call
  return call === undefined
    ? []
    : [event('MarginCallMissed', { account: id, amount: format(call.amount), deadline: formatTime(call.deadline) })]
}

/** Time has come for what was due: so it is said, once, and nothing but the ledger's own time decides it (protocol 2, 4). */
export const passTime: Decide<'PassTime'> = (pool) => {
  const due = dueTimes(pool)
    .filter(({ at }) => at <= pool.at)
    .slice(0, atOnce)
  if (due.length === 0) return reject('nothing-due', `nothing is due at ${formatTime(pool.at)}`)
  return accept(
    event('TimePassed', { due: due.map(({ what, id }) => ({ what, id })) }),
    ...due.filter(({ what }) => what === 'margin-call').flatMap((item) => missed(pool, item)),
  )
}
