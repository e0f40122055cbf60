import type { LedgerEvent } from '@novation/events'
import type { EventStore } from '../store/event-store'
import { Halted } from './halt'
import { historyOf } from './history'

/** Tells duplicates from another history (protocol 15). */
export interface SameHistory {
  /** Throws where an event does not follow what was read before it. */
  readonly follows: (event: LedgerEvent, hash: string) => void
  /** Throws where something that was published before what is followed now is not what was read then. */
  readonly repeats: (event: LedgerEvent, revision: number, hash: string) => Promise<void>
  /** Throws where the store does not hold this very event: what is only on the bus may be of a history that a restored backup cut off. */
  readonly holds: (pool: string, revision: number, hash: string) => Promise<void>
  /** Whether the store was ever asked about a pool. */
  readonly isConfirmed: (pool: string) => boolean
}

/** How many hashes of events already followed are kept to tell a duplicate from a fork. */
const remembered = 1_024

export const otherThanStored = (pool: string, revision: number): Halted =>
  new Halted('fork', `event ${revision} of ${pool} is not what the store holds there: a backup was restored`)

export const sameHistory = (store: EventStore): SameHistory => {
  /** Of each pool in a circle, at the place of the revision in it. */
  const hashes = new Map<string, { readonly revision: number; readonly hash: string }[]>()
  /** The revision at which what was read was last seen to be what the store holds. */
  const confirmed = new Map<string, number>()

  const remember = ({ pool, revision, metadata: { hash } }: LedgerEvent): void => {
    const known = hashes.get(pool) ?? []
    known[revision % remembered] = { revision, hash }
    hashes.set(pool, known)
  }

  const hashOf = (pool: string, revision: number): string | undefined => {
    const known = hashes.get(pool)?.[revision % remembered]
    return known?.revision === revision ? known.hash : undefined
  }

  const holds: SameHistory['holds'] = async (pool, revision, hash) => {
    if (confirmed.get(pool) === revision) return
    for await (const event of historyOf(store, pool, revision)) {
      if (event.metadata.hash !== hash) break
      confirmed.set(pool, revision)
      return
    }
    throw otherThanStored(pool, revision)
  }

  return {
    holds,
    isConfirmed: (pool) => confirmed.has(pool),
    follows: (event, hash) => {
      if (event.metadata.previousHash !== hash)
        throw new Halted(
          'fork',
          `event ${event.revision} of ${event.pool} does not follow what was read before: a backup was restored, or history altered`,
        )
      remember(event)
    },
    repeats: async ({ pool, revision, metadata }, at, hash) => {
      const known = hashOf(pool, revision)
      if (known === undefined) return holds(pool, at, hash)
      if (known !== metadata.hash)
        throw new Halted('fork', `event ${revision} of ${pool} has another hash than when it was first read`)
    },
  }
}
