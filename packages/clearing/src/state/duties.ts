import { isPositive, lessThan } from '@novation/decimal'
import type { Duty } from './follow-up'
import { hasLive, isBreached, isRestored, isWornOut } from './health'
import { collateralOf } from './holders'
import { backstop } from './names'
import { isForWaterfall } from './owing'
import type { Account, Health, Pool } from './pool'
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
const backstopStandsFor = (pool: Pool, account: string): boolean => account !== backstop && backstopStands(pool)

/** Whether the backstop comes first, once an auction is over: it stands, and has had no turn yet. */
export const isBackstopsTurn = (pool: Pool, account: string, { backstopped }: Liquidation): boolean =>
  !backstopped && backstopStandsFor(pool, account)

/** Why a liquidation is over, if it is: nothing is left to close, the account is restored, or nothing left has a price. */
export const overBecause = (open: Liquidation, health: Health): 'closed' | 'restored' | 'unpriced' | undefined => {
  if (health.positions.length === 0) return 'closed'
  if (isRestored(open.terms.buffer, health)) return 'restored'
  return isWornOut(health) ? 'unpriced' : undefined
}

const underLiquidation = (pool: Pool, account: Account, open: Liquidation, health: Health): Duty | undefined => {
  if (overBecause(open, health) !== undefined) return 'end'
  if (!open.over || !isBreached(health) || !hasLive(health)) return undefined
  return isBackstopsTurn(pool, account.id, open) ? 'backstop' : 'deleverage'
}

/** Whether margin is called: with a position, below the line even at the best. */
export const isCalled = ({ best, callLine, positions }: Health): boolean =>
  positions.length > 0 && lessThan(best, callLine)

/** Whether a call is met: at the line even at the worst. */
export const isMet = ({ worst, initial }: Health): boolean => !lessThan(worst, initial)

const aboutCall = ({ call }: Account, health: Health): Duty | undefined => {
  if (call !== undefined) return isMet(health) ? 'closeCall' : undefined
  return isCalled(health) ? 'call' : undefined
}

const aboutMargin = (pool: Pool, account: Account, health: Health): Duty | undefined => {
  if (account.liquidation !== undefined) return underLiquidation(pool, account, account.liquidation, health)
  if (!isBreached(health)) return undefined
  if (hasLive(health)) return 'start'
  return isForWaterfall(account, health) ? 'owing' : undefined
}

/** What somebody must be asked to do about an account as it stands: about its margin call, and about its margin. */
export const dutiesOf = (pool: Pool, account: Account, health: Health): readonly (Duty | undefined)[] => [
  aboutCall(account, health),
  aboutMargin(pool, account, health),
]
