import {
  add,
  type Decimal,
  greaterThan,
  isPositive,
  lessThan,
  min,
  multiply,
  one,
  subtract,
  zero,
} from '@novation/decimal'

/** Rates of the slice of notional up to `upTo`; the last tier has none, and takes however much there is. */
export interface Tier {
  readonly upTo?: Decimal
  readonly initial: Decimal
  readonly maintenance: Decimal
}

/** Between `lower` and `upper` of open interest, in notional, the initial rates rise linearly to 1. */
export interface OpenInterestScaling {
  readonly lower: Decimal
  readonly upper: Decimal
}

export interface TieredTerms {
  readonly tiers: readonly Tier[]
  readonly openInterestScaling?: OpenInterestScaling
}

/** The part of a notional that lies in one tier, which begins at `from`. */
interface TierSlice {
  readonly tier: Tier
  readonly from: Decimal
  readonly notional: Decimal
}

/** What is wrong with the terms, in words, or undefined. */
export const checkTiers = ({ tiers, openInterestScaling: scaling }: TieredTerms): string | undefined => {
  if (tiers.length === 0) return 'no tiers'
  for (const [i, tier] of tiers.entries()) {
    const wrong = checkTier(tier, tiers[i - 1], i === tiers.length - 1)
    if (wrong !== undefined) return `tier ${i + 1}: ${wrong}`
  }
  if (scaling === undefined) return undefined
  if (lessThan(scaling.lower, zero)) return 'open interest scaling begins below zero'
  return lessThan(scaling.lower, scaling.upper) ? undefined : 'open interest scaling ends where it begins, or before'
}

const checkTier = (tier: Tier, below: Tier | undefined, last: boolean): string | undefined => {
  if (!isPositive(tier.maintenance)) return 'the maintenance rate is not above zero'
  if (greaterThan(tier.maintenance, tier.initial)) return 'the maintenance rate is above the initial rate'
  if (greaterThan(tier.initial, one)) return 'the initial rate is above 1'
  if (below !== undefined && lessThan(tier.initial, below.initial)) return 'the initial rate falls'
  if (below !== undefined && lessThan(tier.maintenance, below.maintenance)) return 'the maintenance rate falls'
  if (tier.upTo === undefined) return last ? undefined : 'only the last tier may be without a bound'
  if (last) return 'the last tier has a bound: beyond it no rate would hold'
  return greaterThan(tier.upTo, below?.upTo ?? zero) ? undefined : 'the bound does not rise'
}

/** Cuts a notional at the tier bounds, from the bottom up; only slices that have something in them. */
export const sliceByTier = ({ tiers }: TieredTerms, notional: Decimal): TierSlice[] => {
  const slices: TierSlice[] = []
  let from = zero
  for (const tier of tiers) {
    if (!lessThan(from, notional)) break
    const to = tier.upTo === undefined ? notional : min(tier.upTo, notional)
    slices.push({ tier, from, notional: subtract(to, from) })
    from = to
  }
  return slices
}

/** The maintenance requirement before it is rounded: each slice at its own rate. */
export const exactMaintenance = (slices: readonly TierSlice[]): Decimal =>
  slices.reduce((total, { tier, notional }) => add(total, multiply(notional, tier.maintenance)), zero)
