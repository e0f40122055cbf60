import { abs, atMost, type Decimal, decimal, greaterThan, isPositive, min, one, zero } from '@novation/decimal'
import type { CommandData } from '@novation/events'
import { fractionQuantities, restoringQuantity, type Sizing } from '@novation/risk'
import { isLots } from '../amounts'
import { type Decision, reject } from '../decision'
import type { Account, Health, Pool } from '../state/pool'
import { livePositions } from './sizing'

type Data = CommandData<'BidLiquidation'>

/** What a bid takes of each position that can be dealt in: at most what is asked, and no more than restores the account. */
export const quantitiesOf = (sizing: Sizing, health: Health, data: Data): readonly Decimal[] => {
  if (data.fraction !== undefined) return fractionQuantities(sizing, decimal(data.fraction))
  return livePositions(health).map(({ instrument }, i) => {
    if (instrument.id !== data.instrument || data.quantity === undefined) return zero
    return min(decimal(data.quantity), restoringQuantity(sizing, i, sizing.items[i]?.held ?? zero))
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
