import type { Book } from './book'
import { type Binding, type Bound, type Identity, partyOf } from './identity'

const isFromNow = ({ from }: Binding, { at }: Bound): boolean => from <= at

export const isRevoked = ({ revokedAt }: Binding): boolean => revokedAt !== undefined

/** Whether what the key signs counts now. */
export const isActive = (binding: Binding, pool: Bound): boolean => !isRevoked(binding) && isFromNow(binding, pool)

/** Whether it will, if nobody objects. */
export const isPending = (binding: Binding, pool: Bound): boolean => !isRevoked(binding) && !isFromNow(binding, pool)

export const bindingsOf = ({ identity }: Bound, key: string): readonly Binding[] => identity?.keys.get(key) ?? []

/** Everything that ever bound a key to a party. */
export const bindingsOfParty = (pool: Bound, party: string): readonly Binding[] =>
  (pool.identity?.parties.get(party) ?? []).flatMap((key) =>
    bindingsOf(pool, key).filter(({ actor }) => partyOf(actor) === party),
  )

/** Everybody for whom a key speaks now. */
export const actorsOf = (pool: Bound, key: string): readonly string[] =>
  bindingsOf(pool, key).flatMap((binding) => (isActive(binding, pool) ? [binding.actor] : []))

/** Whether a key speaks for somebody now. */
export const speaksFor = (pool: Bound, key: string, actor: string): boolean =>
  bindingsOf(pool, key).some((binding) => binding.actor === actor && isActive(binding, pool))

/** Whether anybody signs in an actor's own name now: of an owner, in that role. */
export const hasActiveKey = (pool: Bound, actor: string): boolean =>
  (pool.identity?.parties.get(partyOf(actor)) ?? []).some((key) => speaksFor(pool, key, actor))

/** How a key stands: it was revoked for all for whom it ever spoke, it speaks for somebody now, or neither. */
export const standOf = (pool: Bound, key: string): 'revoked' | 'active' | 'unknown' => {
  const bindings = bindingsOf(pool, key)
  if (bindings.some((binding) => isActive(binding, pool))) return 'active'
  return bindings.length > 0 && bindings.every(isRevoked) ? 'revoked' : 'unknown'
}

/** Adds a binding. */
export const bind = (book: Book, identity: Identity, binding: Binding): void => {
  const { key } = binding
  book.put<Identity, readonly Binding[]>(identity, 'keys', key, [...(identity.keys.get(key) ?? []), binding])
  const party = partyOf(binding.actor)
  const known = identity.parties.get(party) ?? []
  if (!known.includes(key)) book.put<Identity, readonly string[]>(identity, 'parties', party, [...known, key])
}

/** Strikes one out, for ever. */
export const unbind = (book: Book, identity: Identity, { actor, key }: Pick<Binding, 'actor' | 'key'>): void =>
  book.put<Identity, readonly Binding[]>(
    identity,
    'keys',
    key,
    (identity.keys.get(key) ?? []).map((binding) =>
      binding.actor === actor ? { ...binding, revokedAt: book.at } : binding,
    ),
  )
