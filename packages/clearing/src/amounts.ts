import { type Decimal, decimal, divideFloor, equals, isPositive, multiply, places } from '@novation/decimal'
import { type Decision, reject } from './decision'
import type { Asset, Instrument } from './state/pool'

/** An amount that may be moved: positive, and no finer than the asset. */
export const badAmount = (asset: Asset, amount: string): Decision | undefined => {
  const value = decimal(amount)
  if (places(value) > asset.decimals)
    return reject('too-many-places', `${asset.id} has ${asset.decimals} decimal places, ${amount} has more`)
  if (!isPositive(value)) return reject('not-positive', `the amount must be above zero, not ${amount}`)
  return undefined
}

/** Whether a quantity is a whole number of lots. */
export const isLots = (instrument: Instrument, quantity: Decimal): boolean =>
  equals(multiply(divideFloor(quantity, instrument.lot, 0), instrument.lot), quantity)

/** A quantity that may be traded: positive, and a whole number of lots. */
export const badQuantity = (instrument: Instrument, quantity: string): Decision | undefined => {
  const value = decimal(quantity)
  if (!isPositive(value)) return reject('not-positive', `the quantity must be above zero, not ${quantity}`)
  if (!isLots(instrument, value))
    return reject('not-a-lot', `${quantity} is not a whole number of lots of ${instrument.id}`)
  return undefined
}
