import { decimal, isNegative, isPositive, lessThan, negate } from '@novation/decimal'
import type { Cause } from '@novation/risk'
import type { Duty } from './follow-up'
import {
  areCoinsWornOut,
  arePositionsWornOut,
  hasLive,
  hasLivePosition,
  isAtBuffer,
  isBreached,
  isRestored,
} from './health'
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

/** What a liquidation is for as things stand: below maintenance margin it is for that, whatever it was opened for. */
export const causeNow = ({ cause }: Liquidation, health: Health): Cause =>
  cause === undefined || isBreached(health) ? 'breach' : cause

/** Whether all that a liquidation is for is restored, at the worst. */
const isRestoredFor = (open: Liquidation, health: Health): boolean => {
  switch (causeNow(open, health)) {
    case 'breach':
      return isRestored(open.terms.buffer, health)
    case 'call':
      return isMet(health)
    case 'debit':
      return !isNegative(health.collateral.cash)
  }
}

/** Whether a bid could restore nothing more: at the best it stands there already. */
export const isAtTarget = (open: Liquidation, health: Health): boolean => {
  switch (causeNow(open, health)) {
    case 'breach':
      return isAtBuffer(open.terms.buffer, health)
    case 'call':
      return !lessThan(health.best, health.callLine)
    case 'debit':
      return !isNegative(health.collateral.cash)
  }
}

/** Why a liquidation is over, if it is: nothing is left to sell, the account is restored, or nothing left has a price. */
export const overBecause = (open: Liquidation, health: Health): 'closed' | 'restored' | 'unpriced' | undefined => {
  const coinsAlone = causeNow(open, health) === 'debit'
  const isEmpty = health.collateral.coins.length === 0 && (coinsAlone || health.positions.length === 0)
  if (isRestoredFor(open, health)) return isEmpty && health.positions.length === 0 ? 'closed' : 'restored'
  if (isEmpty) return 'closed'
  return (coinsAlone || arePositionsWornOut(health)) && areCoinsWornOut(health) ? 'unpriced' : undefined
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

/** Whether an account owes cash beyond what may be, and has coins: it is called for that. */
export const hasCalledDebit = (pool: Pool, account: Account, { best, collateral }: Health): boolean =>
  account.liquidation === undefined &&
  collateral.coins.length > 0 &&
  !isNegative(best) &&
  lessThan(collateral.cash, negate(decimal(pool.parameters.debit ?? '0'))) &&
  !owes(pool, account)

const aboutDebit = (pool: Pool, account: Account, health: Health): Duty | undefined => {
  const isDebit = hasCalledDebit(pool, account, health)
  if (account.debit === undefined) return isDebit ? 'callDebit' : undefined
  return isDebit || account.liquidation !== undefined ? undefined : 'closeDebit'
}

/** Why an account is to be put up for auction now, if it is. */
export const startCause = (pool: Pool, account: Account, health: Health): Cause | undefined => {
  if (account.liquidation !== undefined) return undefined
  if (isForSale(pool, account, health)) return 'breach'
  if (isBreached(health)) return undefined
  const { coins } = health.collateral
  if (account.debit?.due === true && hasCalledDebit(pool, account, health) && coins.some(({ live }) => live))
    return 'debit'
  const isLate = account.call?.missed === 'reduce' && pool.parameters.missedCall === 'reduce'
  return isLate && lessThan(health.best, health.callLine) && hasLive(health) ? 'call' : undefined
}

const aboutMargin = (pool: Pool, account: Account, health: Health): Duty | undefined => {
  if (account.liquidation !== undefined) return underLiquidation(pool, account, account.liquidation, health)
  return startCause(pool, account, health) === undefined ? undefined : 'start'
}

/** What somebody must be asked to do about an account as it stands: about its margin call, and about its margin. */
export const dutiesOf = (pool: Pool, account: Account, health: Health): readonly (Duty | undefined)[] => [
  aboutCall(account, health),
  aboutDebit(pool, account, health),
  aboutMargin(pool, account, health),
  owes(pool, account) ? 'owing' : undefined,
]
