import { add, isNegative, zero } from '@novation/decimal'
import type { Book } from './book'
import { defaultNow } from './default-now'
import { accruedFunding, areCoinsWornOut, healthOf, unrealisedIn } from './health'
import type { Account, Pool } from './pool'

const hasDebit = ({ balances }: Account, settlementAsset: string): boolean => {
  const cash = balances.get(settlementAsset)
  return cash !== undefined && isNegative(cash)
}

/**
 * Whether it is not below zero at last prices, and holds nothing but cash beside its positions: then it is not at the best either, where
 * each of them counts for no less, and its health need not be worked out for that.
 */
const isSurelyAbove = (pool: Pool, { balances, positions }: Account, settlementAsset: string): boolean => {
  const cash = balances.get(settlementAsset)
  if (balances.size > (cash === undefined ? 0 : 1)) return false
  let worth = cash ?? zero
  for (const position of positions.values())
    worth = add(worth, add(unrealisedIn(position), accruedFunding(pool, position)))
  return !isNegative(worth)
}

/**
 * Whether nothing is left of an account but a debt: it is not offered for sale, holds no position that could be dealt in, and
 * is below zero even at the best with nothing left of its coins' prices; or it is flat, and its coins were offered for what it
 * owes in cash, and nobody took them.
 */
export const owes = (pool: Pool, account: Account): boolean => {
  const { settlementAsset } = pool
  if (account.liquidation !== undefined || settlementAsset === undefined) return false
  if (account.positions.size === 0) {
    if (!hasDebit(account, settlementAsset)) return false
    if (account.balances.size === 1 || account.inDefault?.offered?.asked === false) return true
  }
  for (const { instrument } of account.positions.values()) if (instrument.stand.live) return false
  if (isSurelyAbove(pool, account, settlementAsset)) return false
  const health = healthOf(pool, account)
  return isNegative(health.best) && areCoinsWornOut(health)
}

/** Whether a default goes on that nothing asks for just now: what was offered in vain goes on sale anew. */
const goesOnSale = (pool: Pool, account: Account): boolean =>
  account.inDefault?.offered !== undefined &&
  account.positions.size === 0 &&
  hasDebit(account, pool.settlementAsset ?? '')

/** Since when an account owes is kept, and with it where its loss was made and what its default has cost. */
export const followDebt = (book: Book, account: Account): void => {
  const owing = owes(book, account)
  if (owing !== (account.owing !== undefined))
    book.set(account, 'owing', owing ? { since: book.at, windowOver: false } : undefined)
  if (account.inDefault === undefined && owing && account.positions.size > 0)
    book.set(account, 'inDefault', defaultNow(book, account))
  const isOver = !owing && account.liquidation === undefined && !goesOnSale(book, account)
  if (account.inDefault !== undefined && isOver) book.set(account, 'inDefault', undefined)
}

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
