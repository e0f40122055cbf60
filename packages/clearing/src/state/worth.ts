import {
  add,
  ceil,
  type Decimal,
  equals,
  isPositive,
  isZero,
  max,
  min,
  multiply,
  one,
  subtract,
  zero,
} from '@novation/decimal'
import type { Collateral, HeldCoin, Worth } from './collateral'
import type { Account, Asset, Pool } from './pool'

/** Decimal places of the settlement asset. */
export const settlementPlaces = (pool: Pool): number =>
  (pool.settlementAsset !== undefined ? pool.assets.get(pool.settlementAsset)?.decimals : undefined) ?? 0

const nothing: Worth = { last: zero, worst: zero, best: zero, marked: zero }

/** What so much of an asset is worth, at market: no haircut. */
export const worthOf = (pool: Pool, id: string, amount: Decimal): Worth => {
  const asset = pool.assets.get(id)
  if (asset === undefined || isZero(amount)) return nothing
  if (asset.settlement) return { last: amount, worst: amount, best: amount, marked: amount }
  if (asset.price === undefined) return nothing
  const { held, price } = asset
  const { wear, live } = asset.stand
  const last = multiply(amount, price.value)
  const others = [held?.value, price.slow].flatMap((other) => (other === undefined ? [] : [multiply(amount, other)]))
  const [low, high] = [others.reduce(min, last), others.reduce(max, last)]
  if (wear.step === 0) return { last, worst: low, best: high, marked: live ? last : high }
  const best = multiply(high, subtract(one, wear.share))
  return { last, worst: zero, best, marked: best }
}

/** What of an asset came while it had no price, of which none has been observed since: it counts for nothing. */
export const unvaluedOf = ({ unvalued }: Account, asset: string): Decimal => unvalued.get(asset)?.amount ?? zero

/** What an account holds of an asset, as far as it counts; what counts for nothing leaves last. */
export const countedOf = (account: Account, asset: string, held: Decimal): Decimal =>
  account.unvalued.size === 0 ? held : max(zero, subtract(held, unvaluedOf(account, asset)))

const none: Collateral = { ...nothing, cutWorst: zero, cutBest: zero, cutCall: zero, cash: zero, coins: [] }

const cutBy = (pool: Pool, cut: Decimal, worth: Decimal): Decimal =>
  min(worth, ceil(multiply(cut, worth), settlementPlaces(pool)))

/** What is required for a coin of so much worth: its cut, in whole units, but never more than it is worth, so that a coin alone is no debt. */
export const cutOf = (pool: Pool, { stand: { cut } }: Asset, worth: Decimal): Decimal => cutBy(pool, cut, worth)

/** The same as it is liquidated for: where its cut was raised, not before that has had its notice. */
export const leastCutOf = (pool: Pool, { stand: { leastCut } }: Asset, worth: Decimal): Decimal =>
  cutBy(pool, leastCut, worth)

const heldCoin = (asset: Asset, quantity: Decimal, value: Decimal, required: Decimal): HeldCoin => ({
  id: asset.id,
  quantity,
  decimals: asset.decimals,
  price: asset.price?.value ?? zero,
  value,
  required,
  live: asset.stand.live,
  wornOut: equals(asset.stand.wear.share, one),
})

const addCoins = (pool: Pool, asset: Asset, so: Collateral, counted: Decimal): Collateral => {
  const { last, worst, best, marked } = worthOf(pool, asset.id, counted)
  const cutBest = leastCutOf(pool, asset, best)
  return {
    ...so,
    last: add(so.last, last),
    worst: add(so.worst, worst),
    best: add(so.best, best),
    marked: add(so.marked, marked),
    cutWorst: add(so.cutWorst, cutOf(pool, asset, worst)),
    cutBest: add(so.cutBest, cutBest),
    cutCall: add(so.cutCall, cutOf(pool, asset, best)),
    coins: isPositive(counted) ? [...so.coins, heldCoin(asset, counted, last, cutBest)] : so.coins,
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
    else coins = addCoins(pool, asset, coins, counted)
  }
  // Every health begins here: fields by name cost a fifth of what spreading them does.
  return {
    last: add(cash, coins.last),
    worst: add(cash, coins.worst),
    best: add(cash, coins.best),
    marked: add(cash, coins.marked),
    cutWorst: coins.cutWorst,
    cutBest: coins.cutBest,
    cutCall: coins.cutCall,
    cash,
    coins: coins.coins,
  }
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
