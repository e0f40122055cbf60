import { type Decimal, max, subtract, zero } from '@novation/decimal'
import { parseTime } from '@novation/events'
import type { Instrument, Pool } from '../state/pool'

/** What one of something comes to at the price of its expiry. */
export const finalPrice = ({ option }: Instrument, price: Decimal): Decimal => {
  if (option === undefined) return price
  return max(zero, option.optionType === 'call' ? subtract(price, option.strike) : subtract(option.strike, price))
}

/** What is settled together: options, and dated futures that follow no index of their own. */
export const isOfExpiry = (
  { instruments }: Pool,
  id: string,
  { underlying, expiry }: { readonly underlying: string; readonly expiry: string },
): boolean => {
  const instrument = instruments.get(id)
  return (
    instrument?.underlying === underlying &&
    instrument.kind !== 'perpetual' &&
    instrument.settlement === undefined &&
    instrument.expiry === parseTime(expiry)
  )
}
