import { add, type Decimal, isNegative, isPositive, max, min, subtract, sum, zero } from '@novation/decimal'

/** What an account has made somewhere in one cycle: realised, funding, shares received, what bids earn; and what haircuts took of it. */
export interface Gains {
  /** Signed. */
  readonly made: Decimal
  readonly cut: Decimal
}

/** The cycle that a time falls in: profit is fresh in the one in which it is made, and in the next. */
export const cycleOf = (at_ms: number, maturity_s: number): number => Math.floor(at_ms / (maturity_s * 1000))

/**
 * What has not stood yet, of the cycles that have not: what was made in each, a loss in one of them taking nothing from
 * another, less what haircuts took. Below zero where they took profit that is still unrealised, so that it is not taken twice.
 */
export const freshOf = (cycles: readonly Gains[]): Decimal =>
  subtract(sum(cycles.map(({ made }) => max(zero, made))), sum(cycles.map(({ cut }) => cut)))

/** How an account stands at its worst. */
export interface AtWorst {
  /** W-. */
  readonly worth: Decimal
  /** What was put in and not taken out. */
  readonly principal: Decimal
  /** What its positions add to W-, signed. */
  readonly unrealised: Decimal
  /** `freshOf` its gains together. */
  readonly fresh: Decimal
}

/**
 * All that another's default may reach: what of W- is not principal, as far as it is unrealised or fresh. What has stood is
 * no part of it.
 */
export const provisionalProfit = ({ worth, principal, unrealised, fresh }: AtWorst): Decimal => {
  const own = max(zero, worth)
  return max(zero, min(subtract(own, min(own, principal)), add(max(zero, unrealised), fresh)))
}

/** The part of a profit that was made in one instrument, from what its position adds to W- and what of it is fresh. */
export const profitIn = (profit: Decimal, unrealised: Decimal, fresh: Decimal): Decimal =>
  max(zero, min(profit, add(max(zero, unrealised), fresh)))

/** What an account is left with, at the worst. */
export interface Kept {
  /** Coins and cash. */
  readonly held: Decimal
  /** What its positions add to W-, signed. */
  readonly unrealised: Decimal
  /** `freshOf` its gains together. */
  readonly fresh: Decimal
}

/** What of it has stood: `coins + cash + min(0, unrealised) - max(0, fresh)`. */
export const stoodOf = ({ held, unrealised, fresh }: Kept): Decimal =>
  subtract(add(held, min(zero, unrealised)), max(zero, fresh))

/**
 * Whether a withdrawal leaves what has not stood yet, in coins and cash; and where nothing is fresh no debt that only positions
 * stand behind, for then what is not realised would have been paid out.
 */
export const leavesFresh = (kept: Kept): boolean => !isNegative(isPositive(kept.fresh) ? stoodOf(kept) : kept.held)
