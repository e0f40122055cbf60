import {
  add,
  ceil,
  type Decimal,
  divideFloor,
  floor,
  isPositive,
  min,
  multiply,
  subtract,
  sum,
  zero,
} from '@novation/decimal'

export interface PrefundedLayers {
  /** D_a: what this account is missing, above zero. */
  readonly deficit: Decimal
  /** The deficits of all accounts below zero, this one's among them. */
  readonly totalDeficits: Decimal
  /** Balance of the operator's tranche. */
  readonly skinInTheGame: Decimal
  /** What of the operator's tranche is paid before the fund, per loss. */
  readonly perLoss: Decimal
  /** Balance of the insurance fund. */
  readonly fund: Decimal
  /** What the fund pays for this account at most; without it, no cap. */
  readonly fundCap?: Decimal
  readonly places: number
}

/** In the order of the default waterfall; each at or above zero and in whole units. */
export interface PrefundedPayments {
  readonly first: Decimal
  readonly fund: Decimal
  readonly rest: Decimal
}

/**
 * What the prefunded layers pay one account. Each layer has `floor(balance * D_a / sum of D)` for it, so that who comes
 * first gets no more. Of its share of the operator's tranche up to `perLoss` goes first, then the fund pays, then what is
 * left of that share. Together never more than the deficit, which counts in whole units, rounded up: paid in full, the
 * account is at zero or less than a unit above.
 */
export const prefunded = (layers: PrefundedLayers): PrefundedPayments => {
  const { totalDeficits, skinInTheGame, perLoss, fund, fundCap, places } = layers
  const deficit = ceil(layers.deficit, places)
  if (!isPositive(deficit)) return { first: zero, fund: zero, rest: zero }
  const shareOf = (balance: Decimal) => divideFloor(multiply(balance, layers.deficit), totalDeficits, places)

  const tranche = shareOf(skinInTheGame)
  const first = min(min(tranche, floor(perLoss, places)), deficit)
  const missing = subtract(deficit, first)
  const capped = fundCap === undefined ? shareOf(fund) : min(shareOf(fund), floor(fundCap, places))
  const paid = min(capped, missing)
  return { first, fund: paid, rest: min(subtract(tranche, first), subtract(missing, paid)) }
}

/**
 * What the fund may pay for one account where each instrument is capped: the deficit is split over the instruments by the
 * margins they had when the liquidation started, each part at most `cap`; rounded down, once. Without margins there is one
 * part, the whole. The deficit counts as in `prefunded`.
 */
export const fundCap = (
  deficit: Decimal,
  cap: Decimal,
  marginsAtStart: readonly Decimal[],
  places: number,
): Decimal => {
  const owed = ceil(deficit, places)
  const all = sum(marginsAtStart)
  if (!isPositive(all)) return floor(min(cap, owed), places)
  const parts = marginsAtStart.map((margin) => min(multiply(cap, all), multiply(owed, margin)))
  return divideFloor(parts.reduce(add, zero), all, places)
}
