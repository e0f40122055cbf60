import { atLeast, atMost, decimal, isNegative, isPositive, multiply, negate } from '@novation/decimal'
import { badQuantity } from '../amounts'
import { accepted, type Decide, type Decision, reject } from '../decision'
import { lacksMargin } from '../lacking'
import { badPrices } from '../stale'
import { healthOf, isFresh } from '../state/health'
import type { Account, Health, Instrument, Pool } from '../state/pool'
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
  account.margin === 'isolated' && [...account.positions.keys()].some((held) => held !== instrument)

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
export const clearTrade: Decide<'ClearTrade'> = (draft, data) => {
  const { pool } = draft
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

  const sides = [buying, selling].map((side) => ({ side, before: healthOf(pool, side) }))
  draft.record('TradeCleared', { trade, instrument: id, buyer, seller, quantity, price })
  novate(draft, buying, instrument, decimal(quantity), decimal(price))
  novate(draft, selling, instrument, negate(decimal(quantity)), decimal(price))
  for (const { side, before } of sides) {
    const after = healthOf(pool, side)
    if (!mayBecome(before, after)) return lacksMargin(side, after)
  }
  return accepted
}
