import { abs, atMost, type Decimal, decimal, multiply, subtract } from '@novation/decimal'
import type { Instrument } from './state/pool'
import { bandRefOf } from './state/reference'

/** Whether a price lies no further from the last mark than a share of it; where there is no mark yet, nothing is too far. */
export const isWithinBand = (instrument: Instrument, price: Decimal, band: string): boolean => {
  const { price: mark } = instrument
  if (mark === undefined) return true
  return atMost(abs(subtract(price, mark.value)), multiply(decimal(band), bandRefOf(instrument, mark.value)))
}
