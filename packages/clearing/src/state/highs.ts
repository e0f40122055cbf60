import { type Decimal, max, zero } from '@novation/decimal'
import type { Millis } from '@novation/events'
import { beginOfCycle } from './gains'
import type { Asset, Pool } from './pool'
import type { Highs } from './values'

/** The top prices of an asset in the cycle of `at` and in the one before: a price is in force until the next comes. */
const highsAt = (pool: Pool, { highs, price }: Asset, at: Millis): Highs => {
  const from = beginOfCycle(pool, at)
  const last = price?.value ?? zero
  if (highs?.from === from) return highs
  const before = highs?.from === beginOfCycle(pool, from - 1) ? highs.here : last
  return { from, here: last, before }
}

/** What they are once a price has come. */
export const highsWith = (pool: Pool, asset: Asset, price: Decimal): Highs => {
  const highs = highsAt(pool, asset, pool.at)
  return { ...highs, here: max(highs.here, price) }
}

/** The top price in force in this cycle and in the last: what a coin has fallen is counted from there. */
export const highOf = (pool: Pool, asset: Asset): Decimal => {
  const { here, before } = highsAt(pool, asset, pool.at)
  return max(here, before)
}
