import type { Command } from '@novation/events'
import { actorsOf } from '../state/bindings'
import type { Bound } from '../state/identity'

/** Everybody for whom these keys speak now, in order. */
export const actorsBehind = (pool: Bound, keys: readonly string[]): readonly string[] =>
  [...new Set(keys.flatMap((key) => actorsOf(pool, key)))].sort()

/** The keys that a command is signed with; whether they hold is asked at the door. */
export const signingKeys = ({ signatures = [] }: Pick<Command, 'signatures'>): readonly string[] =>
  signatures.map(({ key }) => key)

/** Who vouches for a command that was let in: actors, each once, however many keys of theirs have signed (protocol 32). */
export const signersOf = (pool: Bound, command: Pick<Command, 'signatures'>): readonly string[] =>
  actorsBehind(pool, signingKeys(command))
