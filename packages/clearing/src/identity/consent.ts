import { type Decision, reject } from '../decision'
import { consentOf } from '../state/consent'
import { ownerOf } from '../state/identity'
import type { Account, Pool } from '../state/pool'
import { actorsBehind } from './signers'

const isOwners = (pool: Pool, account: Account, signedBy: readonly string[]): boolean =>
  actorsBehind(pool, signedBy).some((actor) => ownerOf(actor) === account.id)

/** What leaves an account needs a key of its owner, as sender's or beside it, where its owner has it so (protocol 30). */
export const lacksConsent = (pool: Pool, account: Account, signedBy: readonly string[]): Decision | undefined =>
  consentOf(account, pool.at) === 'venue' || isOwners(pool, account, signedBy)
    ? undefined
    : reject('consent-missing', `nothing leaves ${account.id} without a key of its owner`)

/** Who bids takes positions over: where an account trades on its owner's orders only, a bid too needs a key of its owner. */
export const lacksConsentToBid = (pool: Pool, bidder: Account, signedBy: readonly string[]): Decision | undefined =>
  consentOf(bidder, pool.at) !== 'orders' || isOwners(pool, bidder, signedBy)
    ? undefined
    : reject('consent-missing', `${bidder.id} takes nothing over without a key of its owner`)
