import { emptyPool, follow, isPriced, openSnapshot, type Pool, takeSnapshot } from '@novation/clearing'
import { ask, type Reactor } from '@novation/platform'

const liquidationOf = (pool: Pool, account: string): string => pool.accounts.get(account)?.liquidation?.id ?? ''

/**
 * Puts accounts below their maintenance margin up for auction, lets them go when they are restored, and asks for
 * deleveraging when neither bidders nor the backstop took them. On a stale price nothing could be decided, so nothing is
 * due until it is fresh again.
 */
export const liquidator: Reactor<Pool> = {
  name: 'liquidator',
  initial: emptyPool,
  evolve: follow,
  snapshot: { write: takeSnapshot, read: openSnapshot },
  due: (pool) => {
    // While accounts are closed out in parts, who stands where is not settled yet.
    if (pool.bulk !== undefined) return []
    const { start, restart, end, deleverage } = pool.standing.duties
    return [
      ...[...start, ...restart].map((account) => ask('StartLiquidation', { account }, account)),
      ...[...end].map((account) => ask('EndLiquidation', { liquidation: liquidationOf(pool, account) }, account)),
      ...[...deleverage].map((account) => ask('Deleverage', { liquidation: liquidationOf(pool, account) }, account)),
    ].filter(({ subject }) => isPriced(pool, subject))
  },
}
