import { type Decimal, decimal, isPositive, multiply, subtract, zero } from '@novation/decimal'
import type { Pool } from './pool'

/**
 * By how much the price of an underlying is in doubt beyond what is usual: `max(0, confidence - usualDoubt*price)` of the index that
 * names it, in its currency; of a price that is told, by nothing.
 */
export const doubtOf = (
  { assets, oracle, parameters }: Pick<Pool, 'assets' | 'oracle' | 'parameters'>,
  underlying: string,
): Decimal => {
  const index = assets.get(underlying)?.index
  const tick = index === undefined ? undefined : oracle?.indices.get(index)?.price
  if (tick === undefined) return zero
  const doubt = subtract(tick.confidence, multiply(decimal(parameters.margin?.usualDoubt ?? '0'), tick.price))
  return isPositive(doubt) ? doubt : zero
}
