import { type Command, currentVersion, formatTime, type LedgerEvent, type Proposal, sealEvent } from '@novation/events'
import type { Pool } from '../state/pool'
import { decider } from './decide'

/** On whose behalf events are made. */
export type Cause = Pick<Command, 'id' | 'actor' | 'correlationId' | 'causationId'>

/**
 * Closes what was decided into the chain after the pool's head. The first event carries `events`, and the whole command
 * where there is one (protocol 9); nothing depends on where appends begin or end.
 */
export const seal = (
  pool: Pool,
  cause: Cause,
  proposals: readonly Proposal[],
  command?: Command,
): readonly LedgerEvent[] => {
  let previousHash = pool.head
  return proposals.map((proposal, i) => {
    const first = i === 0 ? { ...(command === undefined ? {} : { command }), events: proposals.length } : {}
    const { event } = sealEvent({
      type: proposal.type,
      pool: pool.name,
      revision: pool.revision + 1 + i,
      at: formatTime(pool.at),
      data: proposal.data,
      postings: proposal.postings,
      metadata: {
        commandId: cause.id,
        correlationId: cause.correlationId ?? cause.id,
        causationId: cause.causationId ?? cause.id,
        actor: cause.actor,
        version: currentVersion(proposal.type),
        decider,
        previousHash,
        ...first,
      },
    } as Parameters<typeof sealEvent>[0])
    previousHash = event.metadata.hash
    return event
  })
}
