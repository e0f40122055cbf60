import { type Decimal, format } from '@novation/decimal'
import { rowText, type Together } from '../state/together'

/** What one requirement over a portfolio is made of; amounts are exact, in the settlement asset. */
export interface PortfolioStatement {
  /** The worst of each underlying by itself, summed; what its moving together took off; and what is left. */
  readonly alone: string
  readonly offset: string
  readonly scan: string
  readonly underlyings: readonly {
    readonly underlying: string
    readonly alone: string
    /** What is the worst for it: a row by its move and volatility, as `0.84 up`; or `basis`, `minimum`, `none`. */
    readonly binding: string
    /** Asked beside the scan. */
    readonly contingency: string
  }[]
  /** Which part of the maintenance margin each thing held makes; below nothing where it hedges. */
  readonly contributions: Readonly<Record<string, string>>
}

const texts = (amounts: ReadonlyMap<string, Decimal>): Readonly<Record<string, string>> =>
  Object.fromEntries([...amounts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, amount]) => [id, format(amount)]))

/** Nothing where nothing stands under one requirement. */
export const portfolioStatement = (together: Together | undefined): { readonly portfolio?: PortfolioStatement } => {
  if (together?.requirement === undefined) return {}
  const { alone, offset, scan, underlyings } = together.requirement
  return {
    portfolio: {
      alone: format(alone),
      offset: format(offset),
      scan: format(scan),
      underlyings: underlyings.map(({ underlying, alone: own, binding, contingency }) => ({
        underlying,
        alone: format(own),
        binding: rowText(binding),
        contingency: format(contingency),
      })),
      contributions: texts(together.contributions),
    },
  }
}
