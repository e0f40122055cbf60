import { add, ceil, type Decimal, isPositive, isZero, max, multiply, one, subtract, zero } from '@novation/decimal'
import type { Account, Pool } from './pool'

/** Decimal places of the settlement asset. */
export const settlementPlaces = (pool: Pool): number =>
  (pool.settlementAsset !== undefined ? pool.assets.get(pool.settlementAsset)?.decimals : undefined) ?? 0

/** What an amount of an asset comes to, in the settlement asset. */
export interface Worth {
  /** At its last price; nothing where it never had one. */
  readonly last: Decimal
  /** At the worst: nothing while its price is not fresh. */
  readonly worst: Decimal
  /** At the best: at its last price, less what that has worn. */
  readonly best: Decimal
}

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
export const unvaluedOf = (pool: Pool, account: Account, asset: string): Decimal => {
  const waiting = account.unvalued.get(asset)
  if (waiting === undefined) return zero
  const price = pool.assets.get(asset)?.price
  return price !== undefined && price.observedAt >= waiting.since ? zero : waiting.amount
}

/** What an account holds of an asset, as far as it counts; what counts for nothing leaves last. */
export const countedOf = (pool: Pool, account: Account, asset: string, held: Decimal): Decimal =>
  max(zero, subtract(held, unvaluedOf(pool, account, asset)))

/** What all of an account's collateral comes to, and what is required for what is not the settlement asset (H-, H+). */
export interface Collateral extends Worth {
  readonly cutWorst: Decimal
  readonly cutBest: Decimal
}

const addWorth = (pool: Pool, account: Account, all: Collateral, id: string, held: Decimal): Collateral => {
  const asset = pool.assets.get(id)
  const { last, worst, best } = worthOf(pool, id, isPositive(held) ? countedOf(pool, account, id, held) : held)
  const cut = asset === undefined || asset.settlement ? zero : asset.stand.cut
  const places = settlementPlaces(pool)
  return {
    last: add(all.last, last),
    worst: add(all.worst, worst),
    best: add(all.best, best),
    cutWorst: add(all.cutWorst, ceil(multiply(cut, worst), places)),
    cutBest: add(all.cutBest, ceil(multiply(cut, best), places)),
  }
}

export const collateralWorth = (pool: Pool, account: Account): Collateral => {
  let all: Collateral = { ...nothing, cutWorst: zero, cutBest: zero }
  for (const [id, held] of account.balances) all = addWorth(pool, account, all, id, held)
  return all
}

/** Principal in the settlement asset, at the worst; what of it counts for nothing yet is none. */
export const principalOf = (pool: Pool, account: Account): Decimal => {
  let principal = zero
  for (const [id, amount] of account.principal) {
    const { worst } = worthOf(pool, id, countedOf(pool, account, id, amount))
    principal = add(principal, worst)
  }
  return principal
}
