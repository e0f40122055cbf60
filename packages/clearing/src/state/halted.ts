import type { Millis } from '@novation/events'
import type { Asset, Instrument } from './pool'
import type { Price } from './values'
import type { Timing } from './wear'

/** Whether nobody deals in it, by the operator's word. */
export const isHalted = (priced: Instrument | Asset): boolean => priced.kind !== 'asset' && priced.state === 'halted'

/** Whether nobody deals in it though its price is fresh: it is halted, or another price of it is held. */
export const isStopped = (priced: Instrument | Asset): boolean => isHalted(priced) || priced.held !== undefined

/**
 * From when a price's age counts: when it was observed; once the market is halted, at the latest so long before that it has
 * worn a step at once. So nobody takes money out on the last price, and nobody is liquidated on it.
 */
export const agesFrom = (
  priced: Instrument | Asset,
  { observedAt }: Price,
  { priceTolerance_s }: Pick<Timing, 'priceTolerance_s'>,
): Millis =>
  priced.kind !== 'asset' && isHalted(priced)
    ? Math.min(observedAt, priced.since - priceTolerance_s * 1000 - 1)
    : observedAt
