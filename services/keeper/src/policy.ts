import { type Book, backstop, isPriced, type Pool } from '@novation/clearing'
import { type Ask, ask, ofBook, type Reactor } from '@novation/platform'
import { bearable } from './bearable'

const bidFor = (pool: Book, account: string): readonly Ask[] => {
  const liquidation = pool.accounts.get(account)?.liquidation?.id
  if (liquidation === undefined) return []
  const fraction = bearable(pool, liquidation, backstop) ?? '1'
  return [ask('BidLiquidation', { liquidation, bidder: backstop, fraction }, liquidation)]
}

/** The first, by id, of those whose turn it is and whose prices are fresh. */
const nextFor = (pool: Pool): readonly string[] => {
  let least: string | undefined
  for (const id of pool.standing.duties.backstop)
    if ((least === undefined || id < least) && isPriced(pool, id)) least = id
  return least === undefined ? [] : [least]
}

/**
 * The built-in keeper of last resort, with capital of its own: at the end of an auction it takes what its own margin
 * bears, one account after the other, since each takes from its margin. What it cannot bear at all it bids for
 * nevertheless, so that the ledger hears that its turn is over.
 */
export const backstopKeeper: Reactor<Book> = {
  name: `keeper:${backstop}`,
  ...ofBook,
  due: (pool) => (isPriced(pool, backstop) ? nextFor(pool).flatMap((account) => bidFor(pool, account)) : []),
}
