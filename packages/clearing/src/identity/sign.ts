import { type Command, formatTime, type Millis, type SigningKey, signCommand } from '@novation/events'
import type { Pool } from '../state/pool'

/** Signs what a service asks of a pool as it stands, at a time by its own clock. */
export type Sign = (pool: Pool, command: Command, now: Millis) => Command

/** Nothing is signed: what an open pool needs. */
export const unsigned: Sign = (_, command) => command

/**
 * Signs with the key of whoever asks, for the domain that the pool has by then. In an open pool, and for whom there is no
 * key, nothing is signed.
 */
export const signWith =
  (keyOf: (actor: string) => SigningKey | undefined): Sign =>
  ({ identity }, command, now) => {
    const key = identity === undefined ? undefined : keyOf(command.actor)
    if (identity === undefined || key === undefined) return command
    return signCommand({ ...command, at: formatTime(now) }, identity.domain, [key])
  }
