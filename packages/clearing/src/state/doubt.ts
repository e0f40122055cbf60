import { abs, ceil, type Decimal, decimal, isPositive, isZero, multiply, subtract, zero } from '@novation/decimal'
import type { Instrument, Pool } from './pool'

type Asked = Pick<Pool, 'parameters'>

/** What of a doubt about a price is beyond what is usual: `max(0, confidence - usualDoubt*price)`. */
const beyondUsual = ({ parameters: { margin } }: Asked, confidence: Decimal, price: Decimal): Decimal => {
  const doubt = subtract(confidence, multiply(decimal(margin?.usualDoubt ?? '0'), price))
  return isPositive(doubt) ? doubt : zero
}

/**
 * By how much the price of an underlying is in doubt beyond what is usual: `max(0, confidence - usualDoubt*price)` of the index that
 * names it, in its currency; of a price that is told, by nothing.
 */
export const doubtOf = (
  { assets, oracle, parameters }: Pick<Pool, 'assets' | 'oracle'> & Asked,
  underlying: string,
): Decimal => {
  const index = assets.get(underlying)?.index
  const tick = index === undefined ? undefined : oracle?.indices.get(index)?.price
  return tick === undefined ? zero : beyondUsual({ parameters }, tick.confidence, tick.price)
}

/** Whether anything is asked for doubt about what is linear and stands alone. */
export const asksForDoubt = ({ parameters: { margin } }: Asked): boolean =>
  margin?.doubtFactor !== undefined && !isZero(decimal(margin.doubtFactor))

/**
 * What is asked besides of who takes so much of what is linear, for doubt about the price of an index by which it is marked:
 * `ceil(doubtFactor * doubt * |quantity| * multiplier)` at these places. Nothing of a price that was told, or is final.
 */
export const marginOfDoubt = (
  pool: Asked,
  { price, multiplier }: Pick<Instrument, 'price' | 'multiplier'>,
  quantity: Decimal,
  places: number,
): Decimal => {
  const { margin: { doubtFactor = '0' } = {} } = pool.parameters
  if (price?.confidence === undefined) return zero
  const each = multiply(decimal(doubtFactor), beyondUsual(pool, price.confidence, price.value))
  return ceil(multiply(each, multiply(abs(quantity), multiplier)), places)
}
