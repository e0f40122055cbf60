import { abs, atMost, type Decimal, decimal, multiply, subtract } from '@novation/decimal'
import type { Instrument } from './state/pool'

/** Whether a price lies no further from the last mark than a share of it; where there is no mark yet, nothing is too far. */
export const isWithinBand = ({ price: mark }: Instrument, price: Decimal, band: string): boolean =>
  mark === undefined || atMost(abs(subtract(price, mark.value)), multiply(decimal(band), mark.value))
