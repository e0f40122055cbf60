import {
  abs,
  atLeast,
  atMost,
  type Decimal,
  decimal,
  greaterThan,
  isPositive,
  min,
  one,
  places,
  zero,
} from '@novation/decimal'
import type { CommandData } from '@novation/events'
import { fractionQuantities, portfolioFraction, portfolioLots, restoringQuantity } from '@novation/risk'
import { isLots } from '../amounts'
import { type Decision, reject } from '../decision'
import { collateralOf } from '../state/holders'
import type { Account, Health, Pool } from '../state/pool'
import type { After } from './after-fill'
import { freeOf } from './hedges'
import type { OnSale } from './sizing'

type Data = CommandData<'BidLiquidation'>

/** The one item that a bid is for, or nothing where it is for a fraction of all. */
export const oneItem = ({ instrument, asset }: Data): string | undefined => instrument ?? asset

/** What a bid for a fraction of everything takes of each item. */
export const fractionOf = (sizing: OnSale, fraction: Decimal): readonly Decimal[] =>
  sizing.after === undefined
    ? fractionQuantities(sizing, fraction)
    : portfolioFraction({ ...sizing, after: sizing.after }, fraction)

/** Of one item of a portfolio: the fewest lots that restore it, and as many as lower its requirement where none do. */
const lotsOfOne = ({ offer, items }: OnSale, after: After, index: number, most: Decimal): Decimal => {
  const { lot, unitValue } = items[index] ?? { lot: one, unitValue: zero }
  const only = (quantity: Decimal) => items.map((_, i) => (i === index ? quantity : zero))
  return portfolioLots({ offer, lot, unitValue, after: (quantity) => after(only(quantity)) }, most)
}

/**
 * What a bid takes of each item that can be dealt in: at most what is asked, and no more than restores the account; of one
 * item alone, no more than what is no hedge.
 */
export const quantitiesOf = (sizing: OnSale, health: Health, data: Data): readonly Decimal[] => {
  if (data.fraction !== undefined) return fractionOf(sizing, decimal(data.fraction))
  const asked = decimal(data.quantity ?? '0')
  return sizing.sale.map((item, i) => {
    const own = sizing.items[i]
    if (item.id !== oneItem(data) || own === undefined) return zero
    return sizing.after === undefined
      ? min(asked, restoringQuantity(sizing, i, freeOf(health, item, own.lot)))
      : lotsOfOne(sizing, sizing.after, i, min(asked, own.held))
  })
}

const badFraction = (fraction: string): Decision | undefined => {
  if (greaterThan(decimal(fraction), one)) return reject('bad-parameter', `a fraction is at most 1, not ${fraction}`)
  return isPositive(decimal(fraction))
    ? undefined
    : reject('not-positive', `the fraction must be above zero, not ${fraction}`)
}

const notPositive = (quantity: string): Decision =>
  reject('not-positive', `the quantity must be above zero, not ${quantity}`)

const badQuantity = (pool: Pool, account: Account, id: string, quantity: string): Decision | undefined => {
  const instrument = pool.instruments.get(id)
  const position = account.positions.get(id)
  if (instrument === undefined || position === undefined)
    return reject('unknown-instrument', `${account.id} holds no ${id}`)
  const value = decimal(quantity)
  if (!isPositive(value)) return notPositive(quantity)
  return isLots(instrument, value) || atMost(abs(position.quantity), value)
    ? undefined
    : reject('not-a-lot', `${quantity} is not a whole number of lots of ${instrument.id}`)
}

const badAmount = (pool: Pool, account: Account, id: string, quantity: string): Decision | undefined => {
  const asset = pool.assets.get(id)
  if (asset === undefined) return reject('unknown-asset', `no asset ${id} in this pool`)
  const value = decimal(quantity)
  if (places(value) > asset.decimals && !atLeast(value, collateralOf(account, id)))
    return reject('too-many-places', `${id} has ${asset.decimals} decimal places, ${quantity} has more`)
  return isPositive(value) ? undefined : notPositive(quantity)
}

/** Whether the account holds what is bid for alone. */
const badItem = (pool: Pool, account: Account, { instrument, asset }: Data): Decision | undefined => {
  if (instrument !== undefined && !account.positions.has(instrument))
    return reject('unknown-instrument', `${account.id} holds no ${instrument}`)
  if (asset !== undefined && (pool.assets.get(asset)?.settlement === true || !account.balances.has(asset)))
    return reject('unknown-asset', `${account.id} has no ${asset} that could be sold`)
  return undefined
}

/** What is wrong with the size of a bid, or nothing: a fraction of everything, or a quantity of one item. */
export const badSize = (pool: Pool, account: Account, data: Data): Decision | undefined => {
  const { fraction, instrument, asset, quantity } = data
  const bad = badItem(pool, account, data)
  if (bad !== undefined) return bad
  const item = oneItem(data)
  if (fraction !== undefined && item === undefined && quantity === undefined) return badFraction(fraction)
  if (fraction === undefined && quantity !== undefined && (instrument === undefined) !== (asset === undefined))
    return instrument !== undefined
      ? badQuantity(pool, account, instrument, quantity)
      : badAmount(pool, account, asset ?? '', quantity)
  return reject('bad-parameter', 'a bid is for a fraction of everything, or for a quantity of one instrument or asset')
}
