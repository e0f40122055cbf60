import { type Book, isPriced, type Pool } from '@novation/clearing'
import { type Ask, ask, dueOf, ofBook, type Reactor, type Which } from '@novation/platform'

const liquidationOf = (pool: Pool, account: string): string => pool.accounts.get(account)?.liquidation?.id ?? ''

const asksFor = (pool: Pool, which: Which): readonly Ask[] => {
  // While accounts are closed out in parts, who stands where is not settled yet.
  if (pool.bulk !== undefined) return []
  const { start, restart, end, deleverage } = pool.standing.duties
  return [
    ...[...which(start), ...which(restart)].map((account) => ask('StartLiquidation', { account }, account)),
    ...which(end).map((account) => ask('EndLiquidation', { liquidation: liquidationOf(pool, account) }, account)),
    ...which(deleverage).map((account) => ask('Deleverage', { liquidation: liquidationOf(pool, account) }, account)),
  ].filter(({ subject }) => isPriced(pool, subject))
}

/**
 * Puts accounts below their maintenance margin up for auction, lets them go when they are restored, and asks for
 * deleveraging when neither bidders nor the backstop took them. On a stale price nothing could be decided, so nothing is
 * due until it is fresh again.
 */
export const liquidator: Reactor<Book> = {
  name: 'liquidator',
  ...ofBook,
  ...dueOf(asksFor),
}
