import type { Decimal } from '@novation/decimal'
import type { Holding, PortfolioRequirement } from '@novation/risk'

/** What one requirement over many holdings is made of. */
export interface Together {
  /** Nothing where nothing is held that has a model. */
  readonly requirement: PortfolioRequirement | undefined
  /** What stands under it, positions first. */
  readonly holdings: readonly Holding[]
  /** Which part of the maintenance margin each of them makes, by id: they sum to it, before rounding. */
  readonly contributions: ReadonlyMap<string, Decimal>
}
