import { isNegative } from '@novation/decimal'
import type { Book } from './book'
import { defaultNow } from './default-now'
import { hasLive, healthOf } from './health'
import type { Account, Health, Pool } from './pool'

/**
 * Whether nothing is left of an account but a debt: it is not offered for sale, holds nothing that could be dealt in, and is
 * below zero even at the best; without positions, in cash.
 */
const owes = (pool: Pool, account: Account): boolean => {
  if (account.liquidation !== undefined || pool.settlementAsset === undefined) return false
  if (account.positions.size === 0) {
    const cash = account.balances.get(pool.settlementAsset)
    return cash !== undefined && isNegative(cash)
  }
  for (const { instrument } of account.positions.values()) if (instrument.stand.live) return false
  return isNegative(healthOf(pool, account).best)
}

/** Since when an account owes is kept, and with it where its loss was made and what its default has cost. */
export const followDebt = (book: Book, account: Account): void => {
  const owing = owes(book, account)
  if (owing === (account.owing !== undefined)) return
  book.set(account, 'owing', owing ? { since: book.at, windowOver: false } : undefined)
  if (!owing && account.liquidation === undefined) book.set(account, 'inDefault', undefined)
  if (owing && account.inDefault === undefined && account.positions.size > 0)
    book.set(account, 'inDefault', defaultNow(book, account))
}

/** Whether the loss of an account is for the waterfall as it stands: prices may have made it so since `owing` was last looked at. */
export const isForWaterfall = ({ liquidation }: Account, health: Health): boolean =>
  liquidation === undefined && health.status === 'bankrupt' && !hasLive(health)

/** Whether somebody below zero is offered for sale, or is to be: that may yet bring something in. */
const isStillSold = (pool: Pool): boolean => {
  const { bankrupt, duties } = pool.standing
  for (const id of bankrupt) if (duties.start.has(id) || pool.accounts.get(id)?.liquidation !== undefined) return true
  return false
}

/**
 * Losses wait while anybody below zero is offered for sale, so that all who may lose share alike; but no longer than the
 * window of who has waited longest.
 */
export const lossesMayBeCovered = (pool: Pool): boolean => {
  const { duties, due } = pool.standing
  for (const { id } of due.windowsOver) if (duties.owing.has(id)) return true
  return !isStillSold(pool)
}
