import { type Decision, reject } from '../decision'
import { consentOf } from '../state/consent'
import { ownerOf } from '../state/identity'
import type { Account, Pool } from '../state/pool'
import { actorsBehind } from './signers'

/** What leaves an account needs a key of its owner, as sender's or beside it, where its owner has it so (protocol 30). */
export const lacksConsent = (pool: Pool, account: Account, signedBy: readonly string[]): Decision | undefined => {
  if (consentOf(account, pool.at) === 'venue') return undefined
  const isOwners = actorsBehind(pool, signedBy).some((actor) => ownerOf(actor) === account.id)
  return isOwners ? undefined : reject('consent-missing', `nothing leaves ${account.id} without a key of its owner`)
}
