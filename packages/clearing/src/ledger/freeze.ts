import { add, format, greaterThan } from '@novation/decimal'
import type { Draft } from '../decision'
import { layersOf } from '../state/layers'
import { shortfallAgainst, shortfallOf } from '../state/shortfall'

/** Whether the pool must freeze or thaw as it now stands (risk 5, protocol 20): withdrawals stop while the layers may not suffice. */
export const freezeOrThaw = (draft: Draft): void => {
  const { pool } = draft
  if (pool.bulk !== undefined) return
  const { fund, skinInTheGame } = layersOf(pool)
  const resources = add(fund, skinInTheGame)
  // What the accounts below zero lack is what the prefunded layers may have to find.
  const frozen = greaterThan(shortfallAgainst(pool, resources), resources)
  if (frozen === pool.frozen) return
  const shortfall = format(shortfallOf(pool))
  draft.record(frozen ? 'PoolFrozen' : 'PoolThawed', { shortfall, resources: format(resources) })
}
