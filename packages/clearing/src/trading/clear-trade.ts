import { atLeast, atMost, decimal, format, isNegative, isPositive, multiply, negate } from '@novation/decimal'
import { badQuantity } from '../amounts'
import { acceptDraft, type Decide, type Decision, draft, event, record, reject } from '../decision'
import { badPrices } from '../stale'
import { type Health, healthOf, isFresh } from '../state/health'
import type { Account, Instrument, Pool } from '../state/pool'
import { novate } from './leg'

/** Whether an instrument still trades: neither expired (whether or not anybody has said so yet) nor settled. */
export const isTrading = (pool: Pool, instrument: Instrument): boolean =>
  !instrument.settled && (instrument.expiry === undefined || pool.at < instrument.expiry)

/** A restricted account may only reduce its risk: equity'*MM >= equity*MM' and MM' <= MM; a bankrupt one not at all. */
const reducesRisk = (before: Health, after: Health): boolean =>
  !isNegative(before.equity) &&
  atMost(after.maintenance, before.maintenance) &&
  atLeast(multiply(after.equity, before.maintenance), multiply(before.equity, after.maintenance))

/** Whether an account that stood like this may stand like that: healthy, or on its way back. */
export const mayBecome = (before: Health, after: Health): boolean =>
  after.status === 'healthy' || reducesRisk(before, after)

/** An isolated account holds one instrument only. */
export const isElsewhere = (account: Account, instrument: string): boolean =>
  account.margin === 'isolated' && account.positions.some((_, held) => held !== instrument)

/** What keeps two sides from trading this at all, in order of precedence: both are looked at before either is named. */
const badSides = (pool: Pool, sides: readonly Account[], instrument: Instrument): Decision | undefined => {
  const elsewhere = sides.find((side) => isElsewhere(side, instrument.id))
  if (elsewhere !== undefined)
    return reject('isolated-account', `${elsewhere.id} is isolated and holds another instrument`)
  if (!isTrading(pool, instrument)) return reject('not-trading', `${instrument.id} has expired or is settled`)
  const closing = sides.find(({ liquidation }) => liquidation !== undefined)
  if (closing !== undefined)
    return reject('under-liquidation', `${closing.id} is being liquidated (${closing.liquidation?.id})`)
  const stale = badPrices(pool, ...sides)
  if (stale !== undefined) return stale
  return isFresh(pool, instrument.price)
    ? undefined
    : reject('stale-price', `the price of ${instrument.id} is unknown or stale`)
}

/**
 * A trade is novated: each side trades with the house, at the trade's price. Both sides are checked with both done,
 * so nothing is half applied: each must be healthy afterwards, or at less risk than before.
 */
export const clearTrade: Decide<'ClearTrade'> = (pool, data) => {
  const { trade, instrument: id, buyer, seller, quantity, price } = data
  const [buying, selling] = [pool.accounts.get(buyer), pool.accounts.get(seller)]
  if (buying === undefined) return reject('unknown-account', `no account ${buyer} in this pool`)
  if (selling === undefined) return reject('unknown-account', `no account ${seller} in this pool`)
  const instrument = pool.instruments.get(id)
  if (instrument === undefined) return reject('unknown-instrument', `no instrument ${id} in this pool`)
  if (pool.trades.has(trade)) return reject('duplicate-trade', `trade ${trade} was cleared before`)
  if (!isPositive(decimal(price))) return reject('not-positive', `the price must be above zero, not ${price}`)
  const bad = badQuantity(instrument, quantity)
  if (bad !== undefined) return bad
  if (buyer === seller) return reject('self-trade', `${buyer} cannot trade with itself`)
  const unfit = badSides(pool, [buying, selling], instrument)
  if (unfit !== undefined) return unfit

  const opened = record(draft(pool), event('TradeCleared', { trade, instrument: id, buyer, seller, quantity, price }))
  const bought = record(opened, ...novate(opened.pool, buyer, instrument, decimal(quantity), decimal(price)))
  const sold = record(bought, ...novate(bought.pool, seller, instrument, negate(decimal(quantity)), decimal(price)))
  for (const side of [buying, selling]) {
    const after = healthOf(sold.pool, sold.pool.accounts.get(side.id) ?? side)
    if (!mayBecome(healthOf(pool, side), after))
      return reject(
        'insufficient-margin',
        `${side.id} would have equity ${format(after.equity)} against initial margin ${format(after.initial)}`,
      )
  }
  return acceptDraft(sold)
}
