import type { Asset, Instrument, Pool } from './pool'
import type { Timing } from './wear'

/**
 * How long the price of something is fresh: as long as the pool tolerates, and where it is that of an index, no longer than
 * that says of itself.
 */
export const timingOf = (
  { parameters, oracle }: Pick<Pool, 'parameters' | 'oracle'>,
  { index }: Instrument | Asset,
): Timing => {
  const terms = index === undefined ? undefined : oracle?.terms.get(index)
  if (terms === undefined) return parameters
  const { priceTolerance_s, wear_s } = parameters
  return { wear_s, priceTolerance_s: Math.min(priceTolerance_s, terms.said.tolerance_ms / 1000) }
}
