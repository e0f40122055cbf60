import {
  add,
  ceil,
  type Decimal,
  divideCeil,
  isPositive,
  isZero,
  lessThan,
  multiply,
  one,
  subtract,
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
 * at its own rate, the initial rate raised by how crowded the instrument was when the position grew, to
 * `base + (1 - base) * crowding`. `notional` is |quantity| * mark * multiplier in the settlement asset; both results are
 * rounded up, once, to its `places`.
 */
export const tieredMargin = (terms: TieredTerms, notional: Decimal, crowding: Decimal, places: number): Margin => {
  const slices = sliceByTier(terms, notional)
  const base = slices.reduce((total, slice) => add(total, multiply(slice.notional, slice.tier.initial)), zero)
  const raised = isZero(crowding) ? base : add(base, multiply(crowding, subtract(notional, base)))
  return {
    initial: ceil(raised, places),
    maintenance: ceil(exactMaintenance(slices), places),
  }
}

/** The maintenance margin alone, which no open interest scales; rounded up to `places`. */
export const maintenanceMargin = (terms: TieredTerms, notional: Decimal, places: number): Decimal =>
  ceil(exactMaintenance(sliceByTier(terms, notional)), places)

/** Decimal places of a crowding, which is rounded up. */
const crowdingPlaces = 12

/** c: how far open interest, in notional, has come from `lower` to `upper`, within [0, 1] and rounded up to 12 places. */
export const crowdingOf = (scaling: OpenInterestScaling | undefined, openInterest: Decimal): Decimal => {
  if (scaling === undefined) return zero
  const above = subtract(openInterest, scaling.lower)
  const width = subtract(scaling.upper, scaling.lower)
  if (!isPositive(above)) return zero
  return lessThan(above, width) ? divideCeil(above, width, crowdingPlaces) : one
}

/** The c of a position that grows: the mean of what it had and of what it grows by, by size, rounded up to 12 places. */
export const meanCrowding = (
  held: { readonly size: Decimal; readonly crowding: Decimal },
  grown: { readonly size: Decimal; readonly crowding: Decimal },
): Decimal =>
  divideCeil(
    add(multiply(held.size, held.crowding), multiply(grown.size, grown.crowding)),
    add(held.size, grown.size),
    crowdingPlaces,
  )
