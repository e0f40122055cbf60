import { add, type Decimal, zero } from '@novation/decimal'
import type { Pool } from '../state/pool'

/**
 * The sum of every balance there is, per asset, instruments included: custody is minus what the house holds, so each is
 * exactly zero or value was made or lost. Every event is checked when it is made; this looks at the whole again.
 */
export const imbalances = (pool: Pool): ReadonlyMap<string, Decimal> => {
  const sums = new Map<string, Decimal>([...pool.assets.keys(), ...pool.instruments.keys()].map((id) => [id, zero]))
  const count = (asset: string, amount: Decimal): void => {
    sums.set(asset, add(sums.get(asset) ?? zero, amount))
  }
  for (const { balances } of pool.books.values()) for (const [asset, amount] of balances) count(asset, amount)
  for (const { balances, positions } of pool.accounts.values()) {
    for (const [asset, amount] of balances) count(asset, amount)
    for (const [instrument, { quantity, cash }] of positions) {
      count(instrument, quantity)
      if (pool.settlementAsset !== undefined) count(pool.settlementAsset, cash)
    }
  }
  return sums
}
