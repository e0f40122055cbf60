import { type Decimal, format } from '@novation/decimal'
import type { Binding, Holding, PortfolioRequirement } from '@novation/risk'

/** What one requirement over many holdings is made of. */
export interface Together {
  /** Nothing where nothing is held that has a model. */
  readonly requirement: PortfolioRequirement | undefined
  /** What stands under it, positions first. */
  readonly holdings: readonly Holding[]
  /** Which part of the maintenance margin each of them makes, by id: they sum to it, before rounding. */
  readonly contributions: ReadonlyMap<string, Decimal>
}

/** What is the worst for an underlying, as it is written: a row by its move and volatility, `0.84 up`; or `basis`, `minimum`, `none`. */
export const rowText = (binding: Binding): string =>
  binding.kind === 'row' ? `${format(binding.move)} ${binding.volatility}` : binding.kind
