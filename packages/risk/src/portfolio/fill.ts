import {
  abs,
  compareRatios,
  type Decimal,
  divideRatios,
  greaterThan,
  isPositive,
  multiplyRatios,
  type Ratio,
  subtract,
  whole,
  zero,
} from '@novation/decimal'
import { costOf, type FillCost, type Offer, requiredOf, sharedValue, type Taken } from '../fill'

/** What a fill leaves of a portfolio, and what it takes. */
export interface PortfolioFill {
  /** R' of the account once it is done. */
  readonly requirement: Decimal
  /** The share of it that is new risk to the bidder, from 0 to 1. */
  readonly grows: Ratio
  /** N of what is dealt in. */
  readonly notional: Decimal
}

/** The mean of the parts by which each adds to what the bidder's owner holds, weighed by what each requires; 0 of what requires nothing. */
export const meanGrowth = (parts: readonly Taken[]): Ratio => {
  const taken = requiredOf(parts, ({ quantity }) => quantity)
  if (compareRatios(taken, whole(zero)) === 0) return whole(zero)
  return divideRatios(
    requiredOf(parts, ({ grows }) => grows),
    taken,
  )
}

/**
 * What a fill costs an account of portfolio margin: it is paid for what it removes, `x = 1 - R'/R`, so in parts it comes to
 * the same as at once, and W'/R' is never below W/R. The promise is on x*R times `grows`. Undefined where R' > R: such a fill
 * is no reduction.
 */
export const portfolioFillCost = (offer: Offer, fill: PortfolioFill): FillCost | undefined => {
  const { requirement, grows, notional } = fill
  if (greaterThan(requirement, offer.requirement)) return undefined
  const removed = whole(subtract(offer.requirement, requirement))
  return costOf(offer, { value: sharedValue(offer, removed), grows: multiplyRatios(removed, grows), notional })
}

/**
 * r_n of what is held under one requirement: `max(0, c_n)` by its contribution, and where none is above 0, |value|; a coin's part
 * of H+ adds to it. Clocks, caps and losses go by it.
 */
export const itemRequirements = (contributions: readonly Decimal[], values: readonly Decimal[]): readonly Decimal[] => {
  const raising = contributions.map((part) => (isPositive(part) ? part : zero))
  return raising.some(isPositive) ? raising : values.map(abs)
}
