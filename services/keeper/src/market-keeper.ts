import {
  type Account,
  auctionNow,
  type Health,
  healthOf,
  houseBalance,
  insurance,
  type Liquidation,
  type Pool,
} from '@novation/clearing'
import { add, atLeast, decimal, isPositive, multiply, type Ratio, toNumber } from '@novation/decimal'
import type { LedgerEvent, Sender } from '@novation/events'
import { type Ask, ask, type Reactor } from '@novation/platform'

/** What a keeper of the market wants, and how careful it is. */
export interface Appetite {
  /** It bids once an auction offers at least this part of the account's value; below zero, of the fund's premium. */
  readonly offer: number
  /** It bids only while its equity is at least so many times its initial margin. */
  readonly reserve: string
}

/** Parts of an account that are bid for, largest first. */
const fractions = ['1', '0.5'] as const

const inDoubles = ({ numerator, denominator }: Ratio): number => toNumber(numerator) / toNumber(denominator)

/** The part of the premium that is promised by now, and of the value that is paid. */
const offerNow = (pool: Pool, account: Account, open: Liquidation, isBelow: boolean): number => {
  const { discount, promised } = auctionNow(pool, account, open)
  return isBelow ? inDoubles(promised) / (Number(open.terms.premium) || 1) : 1 - inDoubles(discount)
}

/** Whether a bid would be heard: the account is still in breach, and where it is below zero, there is something for it. */
const isWanted = (pool: Pool, { status }: Health): boolean =>
  status === 'liquidatable' ||
  (status === 'bankrupt' && isPositive(houseBalance(pool, insurance, pool.settlementAsset ?? '')))

/** The largest part that leaves the keeper its reserve: what it takes on needs margin as it did where it comes from. */
const bidOn = (pool: Pool, bidder: string, own: Health, open: Liquidation, account: Account, appetite: Appetite) => {
  const health = healthOf(pool, account)
  if (!isWanted(pool, health)) return []
  if (offerNow(pool, account, open, health.status === 'bankrupt') < appetite.offer) return []
  const bears = (fraction: string): boolean =>
    atLeast(
      own.worst,
      multiply(decimal(appetite.reserve), add(own.initial, multiply(health.initial, decimal(fraction)))),
    )
  const fraction = fractions.find(bears)
  return fraction === undefined ? [] : [ask('BidLiquidation', { liquidation: open.id, bidder, fraction }, open.id)]
}

/** Oldest first, but each keeper begins at another place, so that they do not all bid for the same one. */
const auctionsOf = (pool: Pool, bidder: string): readonly (readonly [Liquidation, Account])[] => {
  const oldest = [...pool.liquidations.values()]
    .flatMap((id) => pool.accounts.get(id) ?? [])
    .flatMap((account) => {
      const { liquidation } = account
      return liquidation?.over === false ? [[liquidation, account] as const] : []
    })
    .sort(([a], [b]) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1))
  const begin = [...bidder].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % Math.max(1, oldest.length)
  return [...oldest.slice(begin), ...oldest.slice(0, begin)]
}

const bidsOf = (pool: Pool, bidder: string, appetite: Appetite): readonly Ask[] => {
  const keeper = pool.accounts.get(bidder)
  if (pool.liquidations.size === 0 || keeper === undefined || keeper.liquidation !== undefined) return []
  const own = healthOf(pool, keeper)
  if (!atLeast(own.worst, multiply(own.initial, decimal(appetite.reserve)))) return []
  for (const [open, account] of auctionsOf(pool, bidder)) {
    const bids = bidOn(pool, bidder, own, open, account, appetite)
    if (bids.length > 0) return bids
  }
  return []
}

interface Watch {
  /** Whether the last command is a reason to look: a price, or a fill of its own that leaves margin for another. */
  readonly looks: boolean
}

const looksAfter = ({ looks }: Watch, { metadata: { command } }: LedgerEvent, name: string): boolean =>
  command === undefined
    ? looks
    : command.type === 'PublishPrice' ||
      command.type === 'PublishQuotes' ||
      (command.type === 'BidLiquidation' && command.actor === name)

/**
 * A keeper of the market: waits until an auction pays what it wants, and bids for as much as it can carry with care, one
 * auction after the other, since each takes from its margin. An estimate: the ledger has the last word. It reads the
 * ledger's own book.
 */
export const marketKeeper = (pool: Pool, bidder: string, appetite: Appetite): Reactor<Watch> => {
  const name: Sender = `keeper:${bidder}`
  return {
    name,
    initial: () => ({ looks: false }),
    evolve: (watch, event) => ({ looks: looksAfter(watch, event, name) }),
    due: ({ looks }) => (looks ? bidsOf(pool, bidder, appetite) : []),
  }
}
