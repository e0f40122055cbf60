import type { Decimal } from '@novation/decimal'
import type { Axis } from './axis'
import type { Wear } from './wear'

/** What follows one price; `A` is an account. Only the book and its judge write here. */
export interface PriceStand<A> {
  changed: number
  moved: boolean
  /** Whether all holders must be judged again, since more than the price has changed. */
  shaken: boolean
  wear: Wear
  /** Whether it can be dealt in now: its price is fresh, no other is held, and its market open. */
  live: boolean
  axis: Axis<A> | undefined
  /** The same of the slow price of an index. */
  slow: Axis<A> | undefined
}

/**
 * The same of an asset: `cut` is what is required for it, its haircut, but never less than it costs to sell; `leastCut` is what an
 * account is liquidated for, the least that this was lately.
 */
export interface AssetStand<A> extends PriceStand<A> {
  cut: Decimal
  leastCut: Decimal
}
