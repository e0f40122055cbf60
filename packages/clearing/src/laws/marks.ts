import {
  add,
  type Decimal,
  decimal,
  divideFloor,
  format,
  isPositive,
  multiply,
  subtract,
  toNumber,
} from '@novation/decimal'
import type { Instrument, Pool } from '../state/pool'
import { isSigned, refOf } from '../state/reference'

const scaled = (value: Decimal, percent: number, places: number): Decimal =>
  divideFloor(multiply(value, decimal(String(percent))), decimal('100'), places)

/** So many places after the point that a price keeps seven digits; commands have eighteen. */
export const placesFor = (price: Decimal): number =>
  Math.min(18, Math.max(2, 6 - Math.floor(Math.log10(toNumber(price)))))

/** What may cost nothing or less moves by shares of its reference, so it crosses zero, there and back. */
const signedAt = (instrument: Instrument, percent: number): string | undefined => {
  const { price } = instrument
  if (price === undefined) return undefined
  const ref = refOf(instrument, price.value)
  return format(subtract(add(price.value, scaled(ref, percent, placesFor(ref))), ref))
}

/** The price of something, so many percent of what it is; nothing where it has none. */
export const markAt = (pool: Pool, name: string, percent: number): string | undefined => {
  const instrument = pool.instruments.get(name)
  if (instrument !== undefined && isSigned(instrument)) return signedAt(instrument, percent)
  const price = (instrument ?? pool.assets.get(name))?.price
  const next = price === undefined ? undefined : scaled(price.value, percent, placesFor(price.value))
  return next !== undefined && isPositive(next) ? format(next) : undefined
}
