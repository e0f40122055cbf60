import { add, type Decimal, decimal, max, multiply, negate, one, subtract, sum, zero } from '@novation/decimal'
import { countedOf } from './book'
import type { Holding } from './holding'
import { type Valuation, valuationAt } from './valuation'

/** What one underlying loses when its index is moved by a share; options by their marks at the index then. */
const lossAt = (holdings: readonly Holding[], now: Valuation, share: Decimal): Decimal => {
  const then = valuationAt(now, multiply(now.inputs.index, add(one, share)))
  const lossOf = (holding: Holding): Decimal => {
    if (holding.kind === 'linear') return negate(multiply(multiply(holding.quantity, holding.mark), share))
    if (holding.kind === 'coin') return negate(multiply(countedOf(holding, 'worst'), share))
    const [before, after] = [now.mark(holding), then.mark(holding)]
    if (before === undefined || after === undefined)
      throw new RangeError(`no forward and volatility for ${holding.id} of ${holding.underlying}`)
    return multiply(holding.quantity, subtract(before, after))
  }
  return sum(holdings.map(lossOf))
}

/**
 * What one jump of each underlying, the worse way, would cost: the sum of `max(0, loss)` at `index*(1 ± gap)`, options at what the
 * model then marks them, coins at what of them counts. Throws a RangeError where an underlying has no valuation or no gap.
 */
export const portfolioStress = (
  holdings: readonly Holding[],
  valuations: ReadonlyMap<string, Valuation>,
  gaps: ReadonlyMap<string, Decimal>,
): Decimal => {
  const underlyings = [...new Set(holdings.map(({ underlying }) => underlying))]
  return sum(
    underlyings.map((underlying) => {
      const valuation = valuations.get(underlying)
      const gap = gaps.get(underlying)
      if (valuation === undefined || gap === undefined) throw new RangeError(`no valuation or gap of ${underlying}`)
      const of = holdings.filter((holding) => holding.underlying === underlying)
      return max(zero, max(lossAt(of, valuation, gap), lossAt(of, valuation, multiply(gap, decimal('-1')))))
    }),
  )
}
