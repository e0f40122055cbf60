import { ceil, type Decimal, negate, zero } from '@novation/decimal'
import { type Coin, coinsWorth } from '@novation/risk'
import type { HeldCoin } from './collateral'
import { deficitOf } from './deficit'
import { healthOf } from './health'
import { collateralOf } from './holders'
import type { Account, Pool } from './pool'
import { settlementPlaces } from './worth'

/** What somebody owes, as the waterfall sees it (house rules 4). */
export interface Debt {
  readonly account: Account
  /** D: flat, what is owed in cash; with legs that have no price, what is certain of it. In whole units. */
  readonly amount: Decimal
  /** What a flat account has beside, at the worst, and V, what that comes to. */
  readonly coins: readonly Coin[]
  readonly worth: Decimal
  /** Whether none of its coins can be sold now, but the price of one is not worn out: nobody pays what that may bring. */
  readonly waits: boolean
}

const coinOf = (pool: Pool, { id, quantity, price, decimals, live }: HeldCoin): Coin => ({
  id,
  quantity,
  price: live ? price : zero,
  cut: pool.assets.get(id)?.stand.leastCut ?? zero,
  decimals,
})

const byId = (a: Coin, b: Coin): number => (a.id < b.id ? -1 : 1)

export const debtOf = (pool: Pool, account: Account): Debt => {
  const places = settlementPlaces(pool)
  const health = healthOf(pool, account)
  const amount = ceil(deficitOf(health), places)
  if (account.positions.size > 0) return { account, amount, coins: [], worth: zero, waits: false }
  const { coins: held } = health.collateral
  const coins = held.map((coin) => coinOf(pool, coin)).sort(byId)
  return {
    account,
    amount: negate(collateralOf(account, pool.settlementAsset ?? '')),
    coins,
    worth: coinsWorth(coins, places).worth,
    waits: !held.some(({ live }) => live) && held.some(({ wornOut }) => !wornOut),
  }
}
