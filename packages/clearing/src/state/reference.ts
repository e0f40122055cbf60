import { abs, type Decimal, max, multiply } from '@novation/decimal'
import type { Asset, Instrument } from './pool'

type Priced = Instrument | Asset

/** Whether it may cost nothing, or less. */
export const isSigned = (priced: Priced): boolean => priced.kind !== 'asset' && priced.marginFloor !== undefined

/**
 * What bands and margins are shares of: the price; of what may cost nothing or less, its size, and never less than the floor, so
 * that nobody holds much of it for no margin while it costs next to nothing.
 */
export const refOf = (priced: Priced, price: Decimal): Decimal =>
  priced.kind === 'asset' || priced.marginFloor === undefined ? price : max(abs(price), priced.marginFloor)

/** N: so much of an instrument, without its sign, by the reference of a price. */
export const notionalAt = (instrument: Instrument, quantity: Decimal, price: Decimal): Decimal =>
  multiply(abs(quantity), multiply(refOf(instrument, price), instrument.multiplier))
