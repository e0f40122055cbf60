import { healthOf, type Pool, type PortfolioStatement, portfolioStatement } from '@novation/clearing'
import { type Decimal, decimal, format, sum } from '@novation/decimal'
import { type Figure, figure } from './figure'

const portfoliosIn = (pool: Pool): readonly PortfolioStatement[] =>
  [...pool.accounts.values()].flatMap(
    (account) => portfolioStatement(healthOf(pool, account).portfolio).portfolio ?? [],
  )

const total = (portfolios: readonly PortfolioStatement[], of: (one: PortfolioStatement) => string): string =>
  format(sum(portfolios.map((one): Decimal => decimal(of(one)))))

/** Which state is the worst for how many, by underlying and state. */
const bindingIn = (portfolios: readonly PortfolioStatement[]) => {
  const counts = new Map<string, number>()
  for (const { underlyings } of portfolios)
    for (const { underlying, binding } of underlyings) {
      const name = `${underlying} ${binding}`
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What stands under one requirement: nothing is said where no account does. */
export const portfolioFigures = (pool: Pool): readonly Figure[] => {
  const portfolios = portfoliosIn(pool)
  if (portfolios.length === 0) return []
  return [
    figure(
      '6.4',
      'portfolioOffset',
      'What portfolio margin took off between underlyings',
      'of all accounts that stand under one requirement at the end: what each underlying may lose by itself, summed; what their moving together took off; and what is left',
      {
        accounts: portfolios.length,
        alone: total(portfolios, ({ alone }) => alone),
        offset: total(portfolios, ({ offset }) => offset),
        scan: total(portfolios, ({ scan }) => scan),
      },
    ),
    figure(
      '6.4',
      'portfolioBinding',
      'Which scenario portfolio margin is asked for',
      'how many portfolios each state is the worst for at the end, by underlying: its move and volatility, or basis, minimum, none',
      bindingIn(portfolios),
    ),
  ]
}
