import { Consent, formatTime } from '@novation/events'
import { accepted, type Decide, reject } from '../decision'
import { consentOf } from '../state/consent'
import { delaysOf } from '../state/parameters'

/** From the loosest to the tightest. */
const levels = Object.keys(Consent.keys)

/** An owner says without whose signature nothing leaves the account: at once where that is tighter, after a day where it is looser. */
export const setConsent: Decide<'SetConsent'> = ({ pool, record }, { account: id, consent }) => {
  const account = pool.accounts.get(id)
  if (account === undefined) return reject('unknown-account', `no account ${id} in this pool`)
  if (pool.identity === undefined) return reject('not-adopted', `${pool.name} is open: nobody has keys in it`)
  const isLooser = levels.indexOf(consent) < levels.indexOf(consentOf(account, pool.at))
  const wait_ms = isLooser ? delaysOf(pool.parameters).keyDelay_s * 1000 : 0
  record('ConsentSet', { account: id, consent, from: formatTime(pool.at + wait_ms) })
  return accepted
}
