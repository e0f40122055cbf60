import { add, type Decimal, isNegative, max, negate, zero } from '@novation/decimal'
import { portfolioStress, stressOf } from '@novation/risk'
import type { Account, Health, Pool, Valued } from './pool'
import { holdingsOf, valuedBy } from './portfolio'

const exposureOf = ({ instrument, quantity, notional }: Valued) => ({
  underlying: instrument.underlying,
  gap: instrument.gap,
  value: isNegative(quantity) ? negate(notional) : notional,
})

const isOption = ({ instrument }: Valued): boolean => instrument.option !== undefined

/** The largest gap among what is held of each underlying. */
const gapsOf = (positions: readonly Valued[]): ReadonlyMap<string, Decimal> => {
  const gaps = new Map<string, Decimal>()
  for (const { instrument } of positions) {
    const { underlying, gap } = instrument
    gaps.set(underlying, max(gaps.get(underlying) ?? zero, gap))
  }
  return gaps
}

/**
 * What one jump of every price would cost an account, each the worse way. What it holds in an underlying of which it holds an
 * option, or, of a portfolio, that has a model, is valued by the model, coins with the rest of a portfolio; what is fixed moves no more.
 */
export const stressAt = (pool: Pool, account: Account, { positions, collateral }: Health): Decimal => {
  const isPortfolio = account.margin === 'portfolio'
  if (!isPortfolio && !positions.some(isOption)) return stressOf(positions.map(exposureOf))
  const open = positions.filter(({ instrument }) => instrument.option === undefined || !instrument.fixed)
  const modelled = new Set((isPortfolio ? open : open.filter(isOption)).map(({ instrument }) => instrument.underlying))
  const follows = ({ instrument }: Valued): boolean =>
    modelled.has(instrument.underlying) && pool.risk?.valuations.has(instrument.underlying) === true
  const linear = stressOf(open.filter((position) => !follows(position)).map(exposureOf))
  const together = open.filter(follows)
  if (together.length === 0) return linear
  const holdings = holdingsOf(pool, together, isPortfolio ? collateral.coins : [])
  return add(linear, portfolioStress(holdings, valuedBy(pool, holdings), gapsOf(together)))
}
