import { formatTime, type Millis, roleOf } from '@novation/events'
import { accepted, type Decide, reject } from '../decision'
import { actorsOf, bindingsOf, bindingsOfParty, isActive, isRevoked } from '../state/bindings'
import { ownerOf, partyOf } from '../state/identity'
import { delaysOf } from '../state/parameters'
import type { Pool } from '../state/pool'
import { actorsBehind } from './signers'

interface Asked {
  readonly actor: string
  readonly sender: string
  readonly signedBy: readonly string[]
}

const isOperator = (actor: string): boolean => roleOf(actor) === 'operator'

/**
 * How long nobody may use the key, so that whoever owns the name can object. The operator gives an owner the first key ever,
 * and no further one without the owner's signature or three days in which the owner sees it (protocol 28).
 */
const delay_ms = (pool: Pool, { actor, sender, signedBy }: Asked): Millis => {
  const { keyDelay_s, recoveryDelay_s } = delaysOf(pool.parameters)
  if (!isOperator(sender)) return actorsBehind(pool, signedBy).some(isOperator) ? 0 : keyDelay_s * 1000
  const bound = bindingsOfParty(pool, partyOf(actor))
  const isAsked = bound.some((binding) => isActive(binding, pool) && signedBy.includes(binding.key))
  return ownerOf(actor) === undefined || bound.length === 0 || isAsked ? 0 : recoveryDelay_s * 1000
}

/** Binds a key to an actor. The new key has signed it, so nobody takes a key that is not theirs. */
export const registerKey: Decide<'RegisterKey'> = ({ pool, record }, { actor, key }, sender, signedBy) => {
  if (pool.identity === undefined) return reject('not-adopted', `${pool.name} is open: it knows no keys`)
  const known = bindingsOf(pool, key).find((binding) => binding.actor === actor)
  if (known !== undefined)
    return reject('key-exists', `${key} ${isRevoked(known) ? 'was revoked' : 'is registered'} as a key of ${actor}`)
  if (!signedBy.includes(key)) return reject('key-missing', `${key} has not signed its own registration`)
  if (roleOf(actor) === undefined) return reject('bad-parameter', `${actor} has no role in this pool`)
  const activeFrom = formatTime(pool.at + delay_ms(pool, { actor, sender, signedBy }))
  record('KeyRegistered', { actor, key, activeFrom, by: signedBy.filter((each) => actorsOf(pool, each).length > 0) })
  return accepted
}
