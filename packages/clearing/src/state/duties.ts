import { isPositive, lessThan } from '@novation/decimal'
import type { Duty } from './follow-up'
import { areCoinsWornOut, arePositionsWornOut, hasLive, hasLivePosition, isBreached, isRestored } from './health'
import { collateralOf } from './holders'
import { owes } from './owing'
import type { Account, Health, Pool } from './pool'
import type { Liquidation } from './values'

/** Whether there is a backstop that has capital to bid with. */
export const backstopStands = (pool: Pool): boolean => {
  const keeper = pool.accounts.get(pool.parameters.backstop ?? '')
  return (
    keeper !== undefined &&
    keeper.liquidation === undefined &&
    pool.settlementAsset !== undefined &&
    isPositive(collateralOf(keeper, pool.settlementAsset))
  )
}

/** Whether it can bid for this account. */
const backstopStandsFor = (pool: Pool, account: string): boolean =>
  account !== pool.parameters.backstop && backstopStands(pool)

/** Whether the backstop comes first, once an auction is over: it stands, and has had no turn yet. */
export const isBackstopsTurn = (pool: Pool, account: string, { backstopped }: Liquidation): boolean =>
  !backstopped && backstopStandsFor(pool, account)

/** Why a liquidation is over, if it is: nothing is left to close, the account is restored, or nothing left has a price. */
export const overBecause = (open: Liquidation, health: Health): 'closed' | 'restored' | 'unpriced' | undefined => {
  if (health.positions.length === 0 && health.collateral.coins.length === 0) return 'closed'
  if (isRestored(open.terms.buffer, health)) return 'restored'
  return arePositionsWornOut(health) && areCoinsWornOut(health) ? 'unpriced' : undefined
}

/** Whether only coins are left to sell: no position could ever be closed, if there is any. */
export const hasOnlyCoins = (health: Health): boolean => hasLive(health) && arePositionsWornOut(health)

const underLiquidation = (pool: Pool, account: Account, open: Liquidation, health: Health): Duty | undefined => {
  if (overBecause(open, health) !== undefined) return 'end'
  if (!open.over || !isBreached(health) || !hasLive(health)) return undefined
  if (isBackstopsTurn(pool, account.id, open)) return 'backstop'
  if (hasLivePosition(health)) return 'deleverage'
  return hasOnlyCoins(health) ? 'closeOut' : undefined
}

/**
 * Whether an account in breach is to be sold: something of it can be, and it was not offered to the end before, unless the
 * waterfall has been asked since; not twice at one moment.
 */
export const isForSale = ({ at }: Pool, { inDefault }: Account, health: Health): boolean => {
  if (!isBreached(health) || !hasLive(health)) return false
  const offered = inDefault?.offered
  return offered === undefined || (offered.asked && offered.since < at)
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
  return isForSale(pool, account, health) ? 'start' : undefined
}

/** What somebody must be asked to do about an account as it stands: about its margin call, and about its margin. */
export const dutiesOf = (pool: Pool, account: Account, health: Health): readonly (Duty | undefined)[] => [
  aboutCall(account, health),
  aboutMargin(pool, account, health),
  owes(pool, account) ? 'owing' : undefined,
]
