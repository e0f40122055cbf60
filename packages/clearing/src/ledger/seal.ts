import { type Command, currentVersion, formatTime, type LedgerEvent, sealEvent } from '@novation/events'
import type { Made } from '../decision'
import type { Pool } from '../state/pool'
import { postingOf } from '../state/postings'
import { decider } from './decide'

/** On whose behalf events are made. */
export type Cause = Pick<Command, 'id' | 'actor' | 'correlationId' | 'causationId'>

/**
 * Closes what was decided into the chain after the pool's head. The first event carries `events`, and the whole command
 * where there is one (protocol 9); nothing depends on where appends begin or end.
 */
export const seal = (pool: Pool, cause: Cause, made: readonly Made[], command?: Command): readonly LedgerEvent[] => {
  let previousHash = pool.head
  const at = formatTime(pool.at)
  return made.map(({ type, data, moves }, i) => {
    const first = i === 0 ? { ...(command === undefined ? {} : { command }), events: made.length } : {}
    const { event } = sealEvent({
      type,
      pool: pool.name,
      revision: pool.revision + 1 + i,
      at,
      data,
      postings: moves.map(postingOf),
      metadata: {
        commandId: cause.id,
        correlationId: cause.correlationId ?? cause.id,
        causationId: cause.causationId ?? cause.id,
        actor: cause.actor,
        version: currentVersion(type),
        decider,
        previousHash,
        ...first,
      },
    } as Parameters<typeof sealEvent>[0])
    previousHash = event.metadata.hash
    return event
  })
}
