import { emptyPool, type Pool } from '@novation/clearing'
import { insurance } from '@novation/insurance'
import { backstopKeeper } from '@novation/keeper'
import { liquidator } from '@novation/liquidator'
import { margin } from '@novation/margin'
import { type Hosted, hostReactor, type Reactor } from '@novation/platform'

/**
 * Hosts reactors that follow the whole pool. They begin with the very same value, and following remembers its last step,
 * so each event is folded once for all of them.
 */
export const hostFollowers = (empty: Pool, reactors: readonly Reactor<Pool>[]): readonly Hosted[] =>
  reactors.map((reactor) => hostReactor({ ...reactor, initial: () => empty }, empty.name))

/** The services of a run, in the order in which each event reaches them (protocol, run 1). */
export const services: readonly Reactor<Pool>[] = [margin, liquidator, insurance, backstopKeeper]

export const serviceReactors = (pool: string): readonly Hosted[] => hostFollowers(emptyPool(pool), services)
