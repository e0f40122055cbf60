import { type Decimal, divideFloor, integer, min, one, zero } from '@novation/decimal'
import type { Millis, PoolParameters } from '@novation/events'

/** How far a price has worn, and for how long it stays so. */
export interface Wear {
  /** Of 1, in whole steps of the tolerance: 0 while the price is fresh, 1 once it is worn out. Rounded down to 18 places. */
  readonly share: Decimal
  readonly step: number
  /** The first moment of this step, and the first after it. */
  readonly from: Millis
  readonly until: Millis
}

const places = 18

/** Nothing was ever known: nothing is left of it, whenever. */
export const unknown: Wear = { share: one, step: 0, from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }

/** A price that is final wears no more. */
export const final: Wear = {
  share: zero,
  step: 0,
  from: Number.NEGATIVE_INFINITY,
  until: Number.POSITIVE_INFINITY,
}

/** How long a price is fresh, and how long it then takes to wear out. */
export type Timing = Pick<PoolParameters, 'priceTolerance_s' | 'wear_s'>

const isOver = (step: number, { priceTolerance_s, wear_s }: Timing): boolean => step * priceTolerance_s >= wear_s

/** When a step of wear begins: the first a millisecond after the tolerance, the others with each whole tolerance. */
export const beginOf = (observedAt: Millis, step: number, { priceTolerance_s }: Timing): Millis =>
  observedAt + step * priceTolerance_s * 1000 + (step === 1 ? 1 : 0)

const stepAt = (observedAt: Millis, at: Millis, timing: Timing): number => {
  const tolerance_ms = timing.priceTolerance_s * 1000
  const age = at - observedAt
  if (age <= tolerance_ms) return 0
  const last = Math.ceil(timing.wear_s / timing.priceTolerance_s)
  return Math.min(Math.floor(age / tolerance_ms), Math.max(1, last))
}

/**
 * How far a price observed then has worn at a time: not at all up to the tolerance, then `min(1, floor(age/tolerance)*tolerance/wear_s)`,
 * so that it changes in whole steps, each of them a due time (house rules: nobody is hurt, and nobody is let go, on a
 * doubtful price).
 */
export const wearAt = (observedAt: Millis, at: Millis, timing: Timing): Wear => {
  const step = stepAt(observedAt, at, timing)
  const share =
    step === 0 ? zero : min(one, divideFloor(integer(step * timing.priceTolerance_s), integer(timing.wear_s), places))
  return {
    share,
    step,
    from: step === 0 ? Number.NEGATIVE_INFINITY : beginOf(observedAt, step, timing),
    until: step > 0 && isOver(step, timing) ? Number.POSITIVE_INFINITY : beginOf(observedAt, step + 1, timing),
  }
}
