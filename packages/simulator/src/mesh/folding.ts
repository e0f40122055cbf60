import { emptyPool, type PartSizes, type Pool } from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'
import type { Reactor } from '@novation/platform'
import { map } from 'fp-ts/Either'

type Evolve = Reactor<Pool>['evolve']

/**
 * Reactors of one world as they follow it: they begin with the very same state, and what one has worked out from a state
 * and an event another need not work out again. A state that was read from a checkpoint is another, and is folded anew.
 */
export const openFolding = (parts: PartSizes | undefined): ((reactor: Reactor<Pool>) => Reactor<Pool>) => {
  const empty = new Map<string, Pool>()
  const known = new WeakMap<Evolve, WeakMap<Pool, Map<string, Pool>>>()

  const initial = (name: string): Pool => {
    const pool = empty.get(name) ?? emptyPool(name, parts)
    empty.set(name, pool)
    return pool
  }
  const nextOf = (evolve: Evolve, pool: Pool): Map<string, Pool> => {
    const pools = known.get(evolve) ?? new WeakMap<Pool, Map<string, Pool>>()
    known.set(evolve, pools)
    const next = pools.get(pool) ?? new Map<string, Pool>()
    pools.set(pool, next)
    return next
  }
  const remembering =
    (evolve: Evolve): Evolve =>
    (pool, event: LedgerEvent) => {
      const next = nextOf(evolve, pool)
      const state = next.get(event.metadata.hash) ?? evolve(pool, event)
      next.set(event.metadata.hash, state)
      return state
    }
  return ({ evolve, snapshot, ...reactor }) => ({
    ...reactor,
    initial,
    evolve: remembering(evolve),
    ...(snapshot === undefined
      ? {}
      : {
          snapshot: {
            ...snapshot,
            read: (json) =>
              map((pool: Pool): Pool => (parts === undefined ? pool : { ...pool, parts }))(snapshot.read(json)),
          },
        }),
  })
}
