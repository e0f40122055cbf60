import type { Consent, Millis } from '@novation/events'
import type { Consenting, Owned } from './identity'

/** What an account's owner must have signed at a time. */
export const consentOf = ({ consent }: Owned, at: Millis): Consent => {
  if (consent === undefined) return 'venue'
  const { now, later } = consent
  return later !== undefined && later.from <= at ? later.consent : now
}

/** The same once something else is to hold from a time on. */
export const consentAfter = (owned: Owned, at: Millis, consent: Consent, from: Millis): Consenting =>
  from <= at ? { now: consent } : { now: consentOf(owned, at), later: { consent, from } }
