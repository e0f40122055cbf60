import { format } from '@novation/decimal'
import { formatTime, parseTime } from '@novation/events'
import { accepted, type Decide, type Draft, reject } from '../decision'
import { deadlineOf } from '../state/countdown'
import { dueNamed, wholeExpiryOf } from '../state/expiries'
import { meanNow } from '../state/fixing-window'
import { markOf } from '../state/health'
import { expiryOf } from '../state/markets'
import { fixingOf, recordExpiry } from '../trading/fixing'
import { type Due, dueNow, isSaid } from './due'

/** How much one command says: the rest is due still, and follows at once. */
const atOnce = 500

/** A dead market is settled at its last price, for that is all that there is; what ends with others, once the price of all of them is known. */
const expire = (draft: Draft, { what, id }: Due): void => {
  const { pool } = draft
  const instrument = pool.instruments.get(id)
  if (instrument === undefined || instrument.fixed) return
  const alone = wholeExpiryOf(pool, instrument) === undefined
  const fixing = what === 'dead' ? markOf(instrument) : fixingOf(pool, instrument)
  recordExpiry(draft, instrument, alone ? fixing : undefined)
}

/** The price of an expiry is known: what its underlying came to over the time before; once nobody could tell for too long, its last price. */
const fixExpiry = (draft: Draft, id: string): void => {
  const { pool } = draft
  const of = dueNamed(id)
  const known = expiryOf(pool, of.underlying, parseTime(of.expiry))
  const asset = pool.assets.get(of.underlying)
  if (known === undefined || asset?.price === undefined) return
  draft.record('ExpiryFixed', { ...of, price: format(meanNow(pool, asset, known) ?? asset.price.value) })
}

const missCall = (draft: Draft, id: string): void => {
  const account = draft.pool.accounts.get(id)
  const call = account?.call
  if (account === undefined || call === undefined) return
  const missed = {
    account: id,
    amount: format(call.amount),
    deadline: formatTime(deadlineOf(draft.pool, account, 'call')),
  }
  draft.record('MarginCallMissed', missed)
}

/**
 * Time has come for what was due: so it is said, once, and nothing but the ledger's own time decides it (protocol 2, 4).
 * A missed margin call is said too; by itself it liquidates nobody.
 */
export const passTime: Decide<'PassTime'> = (draft) => {
  const { pool } = draft
  const due = dueNow(pool).filter(isSaid).slice(0, atOnce)
  if (due.length === 0) return reject('nothing-due', `nothing is due at ${formatTime(pool.at)}`)
  draft.record('TimePassed', { due: due.map(({ what, id }) => ({ what, id })) })
  for (const each of due) {
    if (each.what === 'margin-call') missCall(draft, each.id)
    if (each.what === 'expiry-fixing') fixExpiry(draft, each.id)
    if (each.what === 'expiry' || each.what === 'fixing' || each.what === 'dead') expire(draft, each)
  }
  return accepted
}
