import { isPositive, subtract } from '@novation/decimal'
import { isRestored } from './health'
import { backstop } from './names'
import { type Account, collateralOf, type Duty, type Health, type Pool } from './pool'
import type { Liquidation } from './values'

/** Whether the backstop has capital to bid with. */
export const backstopStands = (pool: Pool): boolean => {
  const keeper = pool.accounts.get(backstop)
  return (
    keeper !== undefined &&
    keeper.liquidation === undefined &&
    pool.settlementAsset !== undefined &&
    isPositive(collateralOf(keeper, pool.settlementAsset))
  )
}

/** Whether it can bid for this account. */
export const backstopStandsFor = (pool: Pool, account: string): boolean => account !== backstop && backstopStands(pool)

/** Equity changed sign, or all that fills have left is what they kept for the account: the auction begins anew. */
export const mustRestart = (open: Liquidation, { status, equity }: Health): boolean =>
  open.solvent === (status === 'bankrupt') ||
  (open.solvent && isPositive(open.kept) && !isPositive(subtract(equity, open.kept)))

const isBreached = ({ status }: Health): boolean => status === 'liquidatable' || status === 'bankrupt'

const underLiquidation = (pool: Pool, account: Account, open: Liquidation, health: Health): Duty | undefined => {
  if (health.positions.length === 0 || isRestored(open.terms.buffer, health.equity, health.maintenance)) return 'end'
  if (open.stage === 'auction') return isBreached(health) && mustRestart(open, health) ? 'restart' : undefined
  if (!isBreached(health)) return 'end'
  return open.stage === 'backstop' && backstopStandsFor(pool, account.id) ? 'backstop' : 'deleverage'
}

const aboutCall = ({ call }: Account, { status, positions }: Health): Duty | undefined => {
  if (call !== undefined) return status === 'healthy' ? 'closeCall' : undefined
  return status !== 'healthy' && positions.length > 0 ? 'call' : undefined
}

const aboutMargin = (pool: Pool, account: Account, health: Health): Duty | undefined => {
  if (account.liquidation !== undefined) return underLiquidation(pool, account, account.liquidation, health)
  if (!isBreached(health)) return undefined
  return health.positions.length === 0 ? 'owing' : 'start'
}

/** What somebody must be asked to do about an account as it stands: about its margin call, and about its margin. */
export const dutiesOf = (pool: Pool, account: Account, health: Health): readonly (Duty | undefined)[] => [
  aboutCall(account, health),
  aboutMargin(pool, account, health),
]
