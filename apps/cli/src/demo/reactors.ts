import { emptyPool } from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'
import { marketKeeper } from '@novation/keeper'
import { type Hosted, hostReactor } from '@novation/platform'
import { observer } from '../run/observer'
import { hostFollowers, services } from '../run/reactors'
import { desk } from './desk'
import { keepers } from './house'

/** Everybody who reacts in a demo: the services as in any run, then the keepers of the market and the traders. */
export const demoReactors =
  (bar_s: number, hear: (event: LedgerEvent) => void) =>
  (pool: string): readonly Hosted[] => {
    const empty = emptyPool(pool)
    return [
      ...hostFollowers(empty, services),
      ...keepers.map(({ account, ...appetite }) => hostReactor(marketKeeper(empty, account, appetite), pool)),
      hostReactor(desk(empty, bar_s), pool),
      observer('tally', hear),
    ]
  }
