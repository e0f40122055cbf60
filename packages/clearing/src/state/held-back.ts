import { add, type Decimal, negate, type Ratio, subtract, sum, zero } from '@novation/decimal'
import { leavesShare, stays, stoodOf } from '@novation/risk'
import type { Book } from './book'
import { deficitOf } from './deficit'
import { healthOf } from './health'
import { heldForHouse } from './house-balance'
import { layersOf } from './layers'
import type { Account, Pool } from './pool'
import { keptBy } from './profit'
import { shortfallOf } from './shortfall'
import type { Taken } from './values'
import { worthOf } from './worth'

/** What was taken out since the pool froze: by one account, or by all. */
const takenSince = (pool: Pool, { taken }: { readonly taken: Taken | undefined }): Decimal =>
  taken !== undefined && taken.since === pool.frozenAt ? taken.worth : zero

/** Counted from the beginning of a freeze: in parts no more leaves than at once, and who comes first gets no more. */
export const noteTaken = (book: Book, account: Account, asset: string, amount: Decimal): void => {
  if (!book.frozen) return
  const { last } = worthOf(book, asset, amount)
  book.set(account, 'taken', { since: book.frozenAt, worth: add(takenSince(book, account), last) })
  book.set<Book, 'taken'>(book, 'taken', { since: book.frozenAt, worth: add(takenSince(book, book), last) })
}

/** What traders had claims on when the pool froze, at last prices: what custody holds that is not the house's own, what is missing of it, and what was taken since. */
const claims = (pool: Pool): Decimal => {
  const held = [...pool.assets.keys()].map((asset) => {
    const held = negate(pool.custody.balances.get(asset) ?? zero)
    return worthOf(pool, asset, subtract(held, heldForHouse(pool, asset))).last
  })
  const deficits = [...pool.standing.bankrupt].map((id) => {
    const account = pool.accounts.get(id)
    return account === undefined ? zero : deficitOf(healthOf(pool, account))
  })
  return sum([...held, ...deficits, takenSince(pool, pool)])
}

/** phi: the part of every claim that stays while the pool is frozen. */
export const heldBack = (pool: Pool): Ratio => {
  const { fund, skinInTheGame: tranche } = layersOf(pool)
  return stays(subtract(shortfallOf(pool), add(fund, tranche)), claims(pool))
}

/** Whether an account keeps that part of what it had when the pool froze, as far as that has stood. */
export const leavesShareOf = (pool: Pool, account: Account): boolean =>
  !pool.frozen || leavesShare(heldBack(pool), stoodOf(keptBy(pool, account)), takenSince(pool, account))
