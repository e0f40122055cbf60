import {
  type Changeable,
  type Command,
  currentVersion,
  formatTime,
  type LedgerEvent,
  sealEvent,
} from '@novation/events'
import type { Made } from '../decision'
import { decider } from '../state/edition'
import type { Pool } from '../state/pool'
import { postingOf } from '../state/postings'

/** On whose behalf events are made. */
export type Cause = Pick<Command, 'id' | 'actor' | 'correlationId' | 'causationId'>

type Unsealed = Parameters<typeof sealEvent>[0]
type Told = Changeable<Unsealed['metadata']>

/**
 * Closes what was decided into the chain after the pool's head. The first event carries `events`, and the whole command
 * where there is one (protocol 9); nothing depends on where appends begin or end.
 */
export const seal = (pool: Pool, cause: Cause, made: readonly Made[], command?: Command): readonly LedgerEvent[] => {
  const at = formatTime(pool.at)
  const { id: commandId, actor, correlationId = commandId, causationId = commandId } = cause
  let previousHash = pool.head
  return made.map(({ type, data, moves }, i) => {
    const version = currentVersion(type)
    const metadata: Told = { commandId, correlationId, causationId, actor, version, decider, previousHash }
    if (i === 0) {
      if (command !== undefined) metadata.command = command
      metadata.events = made.length
    }
    const postings = moves.map(postingOf)
    const { event } = sealEvent({
      type,
      pool: pool.name,
      revision: pool.revision + 1 + i,
      at,
      data,
      postings,
      metadata,
    } as Unsealed)
    previousHash = event.metadata.hash
    return event
  })
}
