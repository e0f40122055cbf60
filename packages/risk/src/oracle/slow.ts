import { add, type Decimal, halfEvenRatio, integer, multiply, ratio, subtract } from '@novation/decimal'

/** A price that follows another, and when that was observed. */
export interface Slow {
  readonly price: Decimal
  readonly slow: Decimal
  readonly observedAt: number
}

/** Decimals of a slow price beyond the index's own. */
const more = 6

/**
 * The slow price at a tick: `slow + (last - slow) * dt / (dt + slow_ms)`, dt the time since the last observation, at most
 * slow_ms; half to even at `places` + 6. It follows where the index was, not where it now is: so a spike moves it by
 * nothing at its own tick, however long the silence before it; and at most half of the way at once.
 */
export const slowPrice = (
  { price, slow, observedAt }: Slow,
  now: number,
  { slow_ms, places }: { readonly slow_ms: number; readonly places: number },
): Decimal => {
  const dt = Math.min(now - observedAt, slow_ms)
  if (dt <= 0) return slow
  const all = integer(dt + slow_ms)
  const weighed = add(multiply(slow, all), multiply(subtract(price, slow), integer(dt)))
  return halfEvenRatio(ratio(weighed, all), places + more)
}
