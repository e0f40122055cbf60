import { insurance } from '@novation/insurance'
import { backstopKeeper } from '@novation/keeper'
import { liquidator } from '@novation/liquidator'
import { margin } from '@novation/margin'
import { type Hosted, hostReactor } from '@novation/platform'

/** The services of a run, in the order in which each event reaches them (protocol, run 1). */
export const serviceReactors = (pool: string): readonly Hosted[] => [
  hostReactor(margin, pool),
  hostReactor(liquidator, pool),
  hostReactor(insurance, pool),
  hostReactor(backstopKeeper, pool),
]
