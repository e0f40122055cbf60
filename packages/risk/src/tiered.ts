import {
  add,
  addRatios,
  ceil,
  ceilRatio,
  type Decimal,
  isPositive,
  lessThan,
  multiply,
  one,
  type Ratio,
  ratio,
  scale,
  subtract,
  whole,
  zero,
} from '@novation/decimal'
import { exactMaintenance, type OpenInterestScaling, sliceByTier, type TieredTerms } from './tiers'

/** What an account must hold to take new risk, and what it must hold to keep the risk it has. */
export interface Margin {
  readonly initial: Decimal
  readonly maintenance: Decimal
}

/**
 * Margin of one position by marginal tiers (dYdX v4 liquidity tiers, exchange tier tables): each slice of the notional
 * at its own rate, the initial rate raised with open interest to `base + (1 - base) * clamp((OI - lower) / (upper - lower))`.
 * `notional` and `openInterest` are |quantity| * mark * multiplier in the settlement asset; both results are rounded up,
 * once, to its `places`.
 */
export const tieredMargin = (terms: TieredTerms, notional: Decimal, openInterest: Decimal, places: number): Margin => {
  const slices = sliceByTier(terms, notional)
  const base = slices.reduce((total, slice) => add(total, multiply(slice.notional, slice.tier.initial)), zero)
  const scaled = scale(crowding(terms.openInterestScaling, openInterest), subtract(notional, base))
  return {
    initial: ceilRatio(addRatios(whole(base), scaled), places),
    maintenance: ceil(exactMaintenance(slices), places),
  }
}

/** The maintenance margin alone, which no open interest scales; rounded up to `places`. */
export const maintenanceMargin = (terms: TieredTerms, notional: Decimal, places: number): Decimal =>
  ceil(exactMaintenance(sliceByTier(terms, notional)), places)

const crowding = (scaling: OpenInterestScaling | undefined, openInterest: Decimal): Ratio => {
  if (scaling === undefined) return whole(zero)
  const above = subtract(openInterest, scaling.lower)
  const width = subtract(scaling.upper, scaling.lower)
  if (!isPositive(above)) return whole(zero)
  return lessThan(above, width) ? ratio(above, width) : whole(one)
}
