import { atLeast, atMost, decimal, format, isNegative, isPositive, multiply, negate } from '@novation/decimal'
import { badQuantity } from '../amounts'
import { acceptDraft, type Decide, type Decision, draft, event, record, reject } from '../decision'
import { type Health, healthOf, isFresh, staleFor } from '../state/health'
import type { Account, Instrument, Pool } from '../state/pool'
import { novate } from './leg'

/** Whether an instrument still trades: neither expired nor settled. */
export const isTrading = (pool: Pool, instrument: Instrument): boolean =>
  !instrument.settled && !instrument.expired && (instrument.expiry === undefined || pool.at < instrument.expiry)

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

const badSide = (pool: Pool, account: Account, instrument: string): Decision | undefined => {
  if (isElsewhere(account, instrument))
    return reject('isolated-account', `${account.id} is isolated and holds another instrument`)
  if (account.liquidation !== undefined)
    return reject('under-liquidation', `${account.id} is being liquidated (${account.liquidation.id})`)
  const stale = staleFor(pool, account)
  if (stale.length > 0)
    return reject('stale-price', `${account.id} depends on the price of ${stale.join(', ')}, which is stale`)
  return undefined
}

/** The worse finding of two sides, by precedence: both are looked at before either is named. */
const firstOf = (decisions: readonly (Decision | undefined)[]): Decision | undefined =>
  decisions.find((decision) => decision !== undefined)

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
  const bad = badQuantity(instrument, quantity)
  if (bad !== undefined) return bad
  if (!isPositive(decimal(price))) return reject('not-positive', `the price must be above zero, not ${price}`)
  if (buyer === seller) return reject('self-trade', `${buyer} cannot trade with itself`)
  if (!isTrading(pool, instrument)) return reject('not-trading', `${id} has expired or is settled`)
  const unfit = firstOf([badSide(pool, buying, id), badSide(pool, selling, id)])
  if (unfit !== undefined) return unfit
  if (!isFresh(pool, instrument.price)) return reject('stale-price', `the price of ${id} is unknown or stale`)

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
