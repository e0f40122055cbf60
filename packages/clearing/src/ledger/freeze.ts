import { add, format, greaterThan } from '@novation/decimal'
import type { Proposal } from '@novation/events'
import { event } from '../decision'
import { layersOf } from '../state/loss-plan'
import type { Pool } from '../state/pool'

/** Whether the pool must freeze or thaw as it now stands (risk 5, protocol 20): withdrawals stop while the layers may not suffice. */
export const freezeChange = (pool: Pool): readonly Proposal[] => {
  if (pool.bulk !== undefined) return []
  const { fund, skinInTheGame } = layersOf(pool)
  const resources = add(fund, skinInTheGame)
  // What the accounts below zero lack is what the prefunded layers may have to find.
  const { shortfall } = pool.standing
  const frozen = greaterThan(shortfall, resources)
  if (frozen === pool.frozen) return []
  return [event(frozen ? 'PoolFrozen' : 'PoolThawed', { shortfall: format(shortfall), resources: format(resources) })]
}
