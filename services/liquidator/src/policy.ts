import { healthOf, type Pool, startCause } from '@novation/clearing'
import { ask, onDuties } from '@novation/platform'

const liquidationOf = (pool: Pool, account: string): string => pool.accounts.get(account)?.liquidation?.id ?? ''

/** Why it is put up, where that is not a breach. */
const startOf = (pool: Pool, id: string) => {
  const account = pool.accounts.get(id)
  const cause = account === undefined ? undefined : startCause(pool, account, healthOf(pool, account))
  return cause === undefined || cause === 'breach' ? { account: id } : { account: id, cause }
}

/**
 * Puts accounts below their maintenance margin up for auction, lets them go when they are restored, and asks for
 * deleveraging when neither bidders nor the backstop took them, or for the end of an auction of coins alone. Nothing is due while accounts are closed out in parts, when
 * who stands where is not settled yet.
 */
export const liquidator = onDuties({
  name: 'liquidator',
  asks: (pool, which) => {
    const { start, end, deleverage, closeOut } = pool.standing.duties
    return [
      ...which(start).map((account) => ask('StartLiquidation', startOf(pool, account), account)),
      ...which(end).map((account) => ask('EndLiquidation', { liquidation: liquidationOf(pool, account) }, account)),
      ...which(deleverage).map((account) => ask('Deleverage', { liquidation: liquidationOf(pool, account) }, account)),
      ...which(closeOut).map((account) => ask('CloseOut', { liquidation: liquidationOf(pool, account) }, account)),
    ]
  },
  waits: (pool) => pool.bulk !== undefined,
})
