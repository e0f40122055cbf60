import { abs, type Decimal, decimal, isNegative, isPositive, max, multiply } from '@novation/decimal'
import type { Asset, Instrument } from './pool'

type Priced = Instrument | Asset

/** Whether it may cost nothing, or less. */
export const isSigned = (priced: Priced): boolean => priced.kind !== 'asset' && priced.marginFloor !== undefined

/** Whether it may be dealt in at such a price: above zero; an option at zero too, and what is signed at any. */
export const mayCost = (instrument: Instrument, price: Decimal): boolean =>
  isSigned(instrument) || (instrument.option === undefined ? isPositive(price) : !isNegative(price))

/**
 * What margins, fees and gaps are shares of: the price; of an option, that of what underlies it; of what may cost nothing or
 * less, its size, and never less than the floor, so that nobody holds much of it for no margin while it costs next to nothing.
 */
export const refOf = (priced: Priced, price: Decimal): Decimal => {
  if (priced.kind === 'asset') return price
  if (priced.option !== undefined) return priced.price?.underlying ?? price
  return priced.marginFloor === undefined ? price : max(abs(price), priced.marginFloor)
}

/** N: so much of an instrument, without its sign, by the reference of a price. */
export const notionalAt = (instrument: Instrument, quantity: Decimal, price: Decimal): Decimal =>
  multiply(abs(quantity), multiply(refOf(instrument, price), instrument.multiplier))

/** What bands are shares of: the same; of an option its mark, but no less than a twentieth of what underlies it. */
export const bandRefOf = (instrument: Instrument, mark: Decimal): Decimal =>
  instrument.option === undefined
    ? refOf(instrument, mark)
    : max(mark, multiply(leastBand, instrument.price?.underlying ?? mark))

const leastBand = decimal('0.05')
