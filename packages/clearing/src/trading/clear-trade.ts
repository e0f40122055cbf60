import { type Decimal, decimal, isPositive, negate, zero } from '@novation/decimal'
import type { Changeable, EventData } from '@novation/events'
import { badQuantity } from '../amounts'
import { accepted, type Decide, type Decision, reject } from '../decision'
import { exceedsOrders, fillsOf, lacksOrders } from '../identity/orders'
import { endIfOver } from '../liquidation/end'
import type { Account, Instrument, Pool } from '../state/pool'
import { mayCost } from '../state/reference'
import { isWithinBand } from '../within-band'
import { crowdingAfter, openedBy } from './crowding'
import { novate } from './leg'
import { badMargin, beforeTrade, isSmaller } from './margin-after'
import { whyClosed, whyDoubtful } from './why-closed'

/** An isolated account holds one instrument only. */
export const isElsewhere = (account: Account, instrument: string): boolean =>
  account.margin === 'isolated' && [...account.positions.keys()].some((held) => held !== instrument)

/** One side of a trade, and the signed change of its position. */
interface Side {
  readonly account: Account
  readonly quantity: Decimal
}

/** Under liquidation, only what makes a position smaller is taken. */
const isWindingUp = ({ account, quantity }: Side, { id }: Instrument): boolean =>
  account.liquidation !== undefined && !isSmaller(account.positions.get(id)?.quantity ?? zero, quantity)

/** What keeps two sides from trading this at all, in order of precedence: both are looked at before either is named. */
const badSides = (pool: Pool, sides: readonly Side[], instrument: Instrument, price: string): Decision | undefined => {
  const elsewhere = sides.find(({ account }) => isElsewhere(account, instrument.id))?.account
  if (elsewhere !== undefined)
    return reject('isolated-account', `${elsewhere.id} is isolated and holds another instrument`)
  const closed = whyClosed(pool, instrument)
  if (closed !== undefined) return reject('not-trading', closed)
  if (instrument.state === 'reduce-only' && isPositive(openedBy(instrument, sides)))
    return reject('reduce-only', `${instrument.id} is only reduced: no trade may raise its open interest`)
  const closing = sides.find((side) => isWindingUp(side, instrument))?.account
  if (closing !== undefined)
    return reject(
      'under-liquidation',
      `${closing.id} is being liquidated (${closing.liquidation?.id}): it may only reduce its positions`,
    )
  const { tradeBand } = pool.parameters
  if (!isWithinBand(instrument, decimal(price), tradeBand))
    return reject('beyond-band', `${price} is further than ${tradeBand} of it from the mark of ${instrument.id}`)
  return instrument.stand.live ? undefined : reject('stale-price', whyDoubtful(instrument))
}

/**
 * A trade is novated: each side trades with the house, at the trade's price. Only the traded instrument must have a fresh
 * price, near which the trade must be; what else a side holds counts at its worst. Both sides are checked with both done, so nothing is half applied:
 * each must cover its initial margin afterwards, or stand at less risk than before.
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
  const beyond = lacksOrders(pool, data) ?? exceedsOrders(pool, data)
  if (beyond !== undefined) return beyond
  if (!mayCost(instrument, decimal(price)))
    return reject(
      'not-positive',
      `the price must ${instrument.option === undefined ? 'be above zero' : 'not be below zero'}, not ${price}`,
    )
  const bad = badQuantity(instrument, quantity)
  if (bad !== undefined) return bad
  if (buyer === seller) return reject('self-trade', `${buyer} cannot trade with itself`)
  const sides: readonly Side[] = [
    { account: buying, quantity: decimal(quantity) },
    { account: selling, quantity: negate(decimal(quantity)) },
  ]
  const unfit = badSides(pool, sides, instrument, price)
  if (unfit !== undefined) return unfit

  const before = sides.map(({ account }) => beforeTrade(pool, account, instrument))
  const crowding = crowdingAfter(instrument, sides)
  const cleared: Changeable<EventData<'TradeCleared'>> = { trade, instrument: id, buyer, seller, quantity, price }
  const fills = fillsOf(pool, data)
  if (fills !== undefined) cleared.fills = fills
  draft.record('TradeCleared', cleared)
  for (const side of sides) novate(draft, side.account, instrument, side.quantity, decimal(price), crowding)
  for (const [i, side] of before.entries()) {
    const lacking = badMargin(pool, side, instrument, sides[i]?.quantity ?? zero)
    if (lacking !== undefined) return lacking
  }
  for (const { account } of sides) endIfOver(draft, account)
  return accepted
}
