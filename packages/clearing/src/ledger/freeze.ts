import { add, type Decimal, format, greaterThan, subtract, sum, zero } from '@novation/decimal'
import type { Proposal } from '@novation/events'
import { event } from '../decision'
import { healthOf } from '../state/health'
import { layersOf } from '../state/loss-plan'
import type { Pool } from '../state/pool'

/** What the accounts below zero lack to their maintenance margin: what the prefunded layers may have to find. */
export const shortfallOf = (pool: Pool): Decimal =>
  sum(
    [...pool.standing.bankrupt].map((id) => {
      const account = pool.accounts.get(id)
      if (account === undefined) return zero
      const { equity, maintenance } = healthOf(pool, account)
      return subtract(maintenance, equity)
    }),
  )

/** Whether the pool must freeze or thaw as it now stands (risk 5, protocol 20): withdrawals stop while the layers may not suffice. */
export const freezeChange = (pool: Pool): readonly Proposal[] => {
  if (pool.bulk !== undefined) return []
  const { fund, skinInTheGame } = layersOf(pool)
  const resources = add(fund, skinInTheGame)
  const shortfall = shortfallOf(pool)
  const frozen = greaterThan(shortfall, resources)
  if (frozen === pool.frozen) return []
  return [event(frozen ? 'PoolFrozen' : 'PoolThawed', { shortfall: format(shortfall), resources: format(resources) })]
}
