import {
  abs,
  atMost,
  type Decimal,
  decimal,
  greaterThan,
  isPositive,
  multiply,
  one,
  subtract,
  sum,
  whole,
  zero,
} from '@novation/decimal'
import type { CommandData } from '@novation/events'
import { type Breach, fractionQuantities, restoringQuantity } from '@novation/risk'
import { isLots } from '../amounts'
import { type Decision, reject } from '../decision'
import type { Account, Health, Pool, Valued } from '../state/pool'
import type { Liquidation } from '../state/values'
import { settlementPlaces } from '../state/worth'
import { discountNow, keptOf } from './auction-terms'

type Data = CommandData<'BidLiquidation'>

/** The account as the formulas of risk 4 see it: at its best, and only what can be dealt in is for sale. */
export const breachOf = (pool: Pool, open: Liquidation, health: Health): Breach => ({
  equity: health.best,
  aside: asideOf(health),
  kept: keptOf(open, health.best),
  positions: livePositions(health).map(({ instrument, quantity, mark }) => ({
    terms: instrument.margin,
    held: abs(quantity),
    unitNotional: multiply(mark, instrument.multiplier),
    lot: instrument.lot,
  })),
  discount: discountNow(pool, open, health),
  fee: decimal(open.terms.fee),
  buffer: decimal(open.terms.buffer),
  dust: decimal(open.terms.dust),
  places: settlementPlaces(pool),
})

export const livePositions = ({ positions }: Health): readonly Valued[] => positions.filter(({ live }) => live)

/** What is required for what nobody can bid for now. */
const asideOf = (health: Health): Decimal =>
  subtract(health.maintenance, sum(livePositions(health).map(({ maintenance }) => maintenance)))

/** What a bid may close: cut to what restores the buffer, never more. */
export const quantitiesOf = (breach: Breach, health: Health, data: Data): readonly Decimal[] => {
  if (data.fraction !== undefined) return fractionQuantities(breach, whole(decimal(data.fraction)))
  return livePositions(health).map(({ instrument }, index) => {
    if (instrument.id !== data.instrument || data.quantity === undefined) return zero
    const most = restoringQuantity(breach, index)
    return greaterThan(decimal(data.quantity), most) ? most : decimal(data.quantity)
  })
}

const badFraction = (fraction: string): Decision | undefined => {
  if (greaterThan(decimal(fraction), one)) return reject('bad-parameter', `a fraction is at most 1, not ${fraction}`)
  return isPositive(decimal(fraction))
    ? undefined
    : reject('not-positive', `the fraction must be above zero, not ${fraction}`)
}

const badQuantity = (pool: Pool, account: Account, id: string, quantity: string): Decision | undefined => {
  const instrument = pool.instruments.get(id)
  const position = account.positions.get(id)
  if (instrument === undefined || position === undefined)
    return reject('unknown-instrument', `${account.id} holds no ${id}`)
  const value = decimal(quantity)
  if (!isPositive(value)) return reject('not-positive', `the quantity must be above zero, not ${quantity}`)
  return isLots(instrument, value) || atMost(abs(position.quantity), value)
    ? undefined
    : reject('not-a-lot', `${quantity} is not a whole number of lots of ${instrument.id}`)
}

/** What is wrong with the size of a bid, or nothing: a fraction of every position, or a quantity of one. */
export const badSize = (
  pool: Pool,
  account: Account,
  { fraction, instrument, quantity }: Data,
): Decision | undefined => {
  if (instrument !== undefined && !account.positions.has(instrument))
    return reject('unknown-instrument', `${account.id} holds no ${instrument}`)
  if (fraction !== undefined && instrument === undefined && quantity === undefined) return badFraction(fraction)
  if (fraction === undefined && instrument !== undefined && quantity !== undefined)
    return badQuantity(pool, account, instrument, quantity)
  return reject('bad-parameter', 'a bid is for a fraction of every position, or for a quantity of one')
}
