import { type Book, backstop, judgedSince } from '@novation/clearing'
import { type Ask, askLater, bookFold, type Reactor, type Watch } from '@novation/platform'
import { bearable } from './bearable'
import { leastOf } from './least-of'

const bidFor = (pool: Book, account: string): readonly Ask[] => {
  const liquidation = pool.accounts.get(account)?.liquidation?.id
  if (liquidation === undefined || pool.parameters.backstop !== backstop) return []
  const bid = () => ({ liquidation, bidder: backstop, fraction: bearable(pool, liquidation, backstop) ?? '1' })
  return [askLater('BidLiquidation', bid, liquidation)]
}

/** Bids for whose turn it is. */
const dueIn = (pool: Book, next: string | undefined): readonly Ask[] => (next === undefined ? [] : bidFor(pool, next))

const firstOf = (turns: ReadonlySet<string>): string | undefined => {
  let least: string | undefined
  for (const id of turns) if (least === undefined || id < least) least = id
  return least
}

/** Remembers whose turn it is, in order, and hears of who joins them by who was judged. */
const watchTurns = (): Watch<Book> => {
  let place = -1
  const turns = leastOf()
  return (pool) => {
    const { backstop: all } = pool.standing.duties
    const judged = judgedSince(pool, place)
    place = judged.place
    for (const id of judged.ids ?? all) if (all.has(id)) turns.add(id)
    return dueIn(
      pool,
      turns.least((id) => all.has(id)),
    )
  }
}

/**
 * The built-in keeper of last resort, with capital of its own, where the parameter `backstop` names its account: at the end of an auction it takes what its own margin
 * bears, one account after the other, since each takes from its margin. What it cannot bear at all it bids for
 * nevertheless, so that the ledger hears that its turn is over.
 */
export const backstopKeeper: Reactor<Book> = {
  ...bookFold,
  name: `keeper:${backstop}`,
  due: (pool) => dueIn(pool, firstOf(pool.standing.duties.backstop)),
  watch: watchTurns,
}
