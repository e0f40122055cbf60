import { isPositive } from '@novation/decimal'
import { healthOf } from './health'
import { highOf } from './highs'
import type { Account, Pool } from './pool'
import { type CoinAtStart, type Default, noDefault } from './values'

/** The coins that an account holds, and the top price of each in this cycle and the last. */
export const coinsNow = (pool: Pool, { balances }: Account): ReadonlyMap<string, CoinAtStart> => {
  const coins = new Map<string, CoinAtStart>()
  for (const [id, amount] of balances) {
    const asset = pool.assets.get(id)
    if (asset !== undefined && !asset.settlement && isPositive(amount))
      coins.set(id, { amount, high: highOf(pool, asset) })
  }
  return coins
}

/** Where a loss of an account would have been made, did its default begin now. */
export const defaultNow = (pool: Pool, account: Account): Default => ({
  ...noDefault,
  required: new Map(
    healthOf(pool, account).positions.map(({ instrument, maintenance }) => [instrument.id, maintenance]),
  ),
  coins: coinsNow(pool, account),
})
