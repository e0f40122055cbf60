import { type CommandData, type Millis, parseTime, roleOf } from '@novation/events'
import { accepted, type Decide, reject } from '../decision'
import { bindingsOf, isActive, isPending, isRevoked } from '../state/bindings'
import { type Binding, ownerOf, partyOf } from '../state/identity'
import type { Pool } from '../state/pool'
import { actorsBehind } from './signers'

/** Every binding that stands, of every key. */
const standing = ({ identity }: Pool): readonly Binding[] =>
  [...(identity?.keys.values() ?? [])].flat().filter((each) => !isRevoked(each))

/**
 * Who may strike out a binding: the key itself; an active key of the actor, while it is pending; an operator, but for the
 * bindings of owners (protocol 29).
 */
const mayRevoke = (pool: Pool, binding: Binding, signedBy: readonly string[]): boolean => {
  if (signedBy.includes(binding.key)) return true
  const actors = actorsBehind(pool, signedBy)
  const isOwn = actors.some((actor) => partyOf(actor) === partyOf(binding.actor))
  if (isPending(binding, pool) && isOwn) return true
  return ownerOf(binding.actor) === undefined && actors.some((actor) => roleOf(actor) === 'operator')
}

/**
 * Whether a binding falls with others of a key: what the key registered for the same actor and is pending still; since a
 * time, all that it registered. An owner's active key falls only with an active key of that owner: else an operator could
 * take an owner's keys by giving up its own.
 */
const fallsWith = (
  pool: Pool,
  targets: readonly Binding[],
  since: Millis | undefined,
): ((each: Binding) => boolean) => {
  const key = targets[0]?.key ?? ''
  const parties = new Set(targets.map(({ actor }) => partyOf(actor)))
  const active = new Set(targets.flatMap((each) => (isActive(each, pool) ? [partyOf(each.actor)] : [])))
  return (each) => {
    if (!each.by.includes(key)) return false
    const party = partyOf(each.actor)
    if (isPending(each, pool) && parties.has(party)) return true
    if (since === undefined || each.since < since) return false
    return isPending(each, pool) || ownerOf(each.actor) === undefined || active.has(party)
  }
}

const inOrder = (bindings: readonly Binding[]): readonly Binding[] =>
  bindings.toSorted((a, b) => (a.key === b.key ? (a.actor < b.actor ? -1 : 1) : a.key < b.key ? -1 : 1))

/** Who could not be without a key: nobody could ever return, or time would never pass, and nothing be decided after it. */
const neverWithout = [
  ['operator', 'no operator would be left, and nobody could ever return'],
  ['clock', 'the clock would be left without a key, and time would stand still: register its next one first'],
] as const

/** Why a revocation goes too far: it takes the last active key of somebody who has one and must. */
const leavesWithout = (pool: Pool, fallen: ReadonlySet<Binding>): string | undefined => {
  const active = standing(pool).filter((each) => isActive(each, pool))
  return neverWithout.find(([role]) => {
    const keys = active.filter((each) => roleOf(each.actor) === role)
    return keys.length > 0 && keys.every((each) => fallen.has(each))
  })?.[1]
}

const targetsOf = (pool: Pool, { key, actor }: CommandData<'RevokeKey'>): readonly Binding[] =>
  bindingsOf(pool, key).filter((each) => !isRevoked(each) && (actor === undefined || each.actor === actor))

/** Takes a key from an actor, or from all, at once and for ever. What was decided stays. */
export const revokeKey: Decide<'RevokeKey'> = ({ pool, record }, data, _, signedBy) => {
  const { key, actor, reason, since } = data
  const targets = targetsOf(pool, data)
  if (targets.length === 0)
    return reject('unknown-key', `${key} is no key of ${actor ?? 'anybody'} here, or was revoked before`)
  const foreign = targets.find((each) => !mayRevoke(pool, each, signedBy))
  if (foreign !== undefined)
    return reject('not-own-key', `${key} is a key of ${foreign.actor}, who alone may revoke it`)
  const falls = fallsWith(pool, targets, since === undefined ? undefined : parseTime(since))
  const fallen = inOrder([...new Set([...targets, ...standing(pool).filter(falls)])])
  const without = leavesWithout(pool, new Set(fallen))
  if (without !== undefined) return reject('last-key', without)
  record('KeyRevoked', { key, reason, bindings: fallen.map((each) => ({ actor: each.actor, key: each.key })) })
  return accepted
}
