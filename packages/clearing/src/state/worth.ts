import { add, ceil, type Decimal, isPositive, isZero, max, multiply, one, subtract, zero } from '@novation/decimal'
import type { Account, Asset, Pool } from './pool'
import type { Collateral, Worth } from './values'

/** Decimal places of the settlement asset. */
export const settlementPlaces = (pool: Pool): number =>
  (pool.settlementAsset !== undefined ? pool.assets.get(pool.settlementAsset)?.decimals : undefined) ?? 0

const nothing: Worth = { last: zero, worst: zero, best: zero }

/** What so much of an asset is worth, at market: no haircut. */
export const worthOf = (pool: Pool, id: string, amount: Decimal): Worth => {
  const asset = pool.assets.get(id)
  if (asset === undefined || isZero(amount)) return nothing
  if (asset.settlement) return { last: amount, worst: amount, best: amount }
  if (asset.price === undefined) return nothing
  const { wear } = asset.stand
  const last = multiply(amount, asset.price.value)
  if (wear.step === 0) return { last, worst: last, best: last }
  return { last, worst: zero, best: multiply(last, subtract(one, wear.share)) }
}

/** What of an asset came while it had no price, of which none has been observed since: it counts for nothing. */
export const unvaluedOf = ({ unvalued }: Account, asset: string): Decimal => unvalued.get(asset)?.amount ?? zero

/** What an account holds of an asset, as far as it counts; what counts for nothing leaves last. */
export const countedOf = (account: Account, asset: string, held: Decimal): Decimal =>
  account.unvalued.size === 0 ? held : max(zero, subtract(held, unvaluedOf(account, asset)))

const none: Collateral = { ...nothing, cutWorst: zero, cutBest: zero }

const addCoins = (
  pool: Pool,
  { stand: { cut } }: Asset,
  coins: Collateral,
  { last, worst, best }: Worth,
): Collateral => {
  const places = settlementPlaces(pool)
  return {
    last: add(coins.last, last),
    worst: add(coins.worst, worst),
    best: add(coins.best, best),
    cutWorst: add(coins.cutWorst, ceil(multiply(cut, worst), places)),
    cutBest: add(coins.cutBest, ceil(multiply(cut, best), places)),
  }
}

/** Most accounts hold cash alone, which is worth the same at the worst and at the best. */
export const collateralWorth = (pool: Pool, account: Account): Collateral => {
  let cash = zero
  let coins = none
  for (const [id, held] of account.balances) {
    const asset = pool.assets.get(id)
    if (asset === undefined) continue
    const counted = isPositive(held) ? countedOf(account, id, held) : held
    if (asset.settlement) cash = add(cash, counted)
    else coins = addCoins(pool, asset, coins, worthOf(pool, id, counted))
  }
  if (coins === none) return { last: cash, worst: cash, best: cash, cutWorst: zero, cutBest: zero }
  const { cutWorst, cutBest } = coins
  return { last: add(cash, coins.last), worst: add(cash, coins.worst), best: add(cash, coins.best), cutWorst, cutBest }
}

/** Principal in the settlement asset, at the worst; what of it counts for nothing yet is none. */
export const principalOf = (pool: Pool, account: Account): Decimal => {
  let principal = zero
  for (const [id, amount] of account.principal) {
    const { worst } = worthOf(pool, id, countedOf(account, id, amount))
    principal = add(principal, worst)
  }
  return principal
}
