import { add, type Decimal, halfEvenRatio, integer, multiply, ratio } from '@novation/decimal'

/** A price over time so far: sum of price times milliseconds, and how many milliseconds of the window had one. */
export interface Covered {
  /** Up to when it was counted. */
  readonly to: number
  readonly covered_ms: number
  readonly integral: Decimal
}

/** The price that stands, and up to when it counts. */
export interface StandingPrice {
  readonly price: Decimal
  /** Exclusive: its observation plus the tolerance. */
  readonly until: number
}

/**
 * A step function of time goes on from where it was counted to `now`: at the price that stood all along, as far as that
 * counts, and not beyond the window; where none did, time that is not covered.
 */
export const coverTo = (
  before: Covered,
  now: number,
  standing: StandingPrice | undefined,
  window_ms: number,
): Covered => {
  const lasts = standing === undefined ? 0 : Math.max(0, Math.min(now, standing.until) - before.to)
  const counts = Math.min(lasts, window_ms - before.covered_ms)
  const to = Math.max(now, before.to)
  if (standing === undefined || counts === 0) return { ...before, to }
  return {
    to,
    covered_ms: before.covered_ms + counts,
    integral: add(before.integral, multiply(standing.price, integer(counts))),
  }
}

/** When the window is covered if nothing else comes; never where what stands does not last so long. */
export const coveredBy = (
  { to, covered_ms }: Covered,
  standing: StandingPrice | undefined,
  window_ms: number,
): number | undefined => {
  const at = to + window_ms - covered_ms
  if (at === to) return to
  return standing !== undefined && at <= standing.until ? at : undefined
}

/** The mean price over a covered window, half to even at `places`; nothing while it is not covered. */
export const twapOf = (
  { covered_ms, integral }: Covered,
  { window_ms, places }: { readonly window_ms: number; readonly places: number },
): Decimal | undefined =>
  covered_ms < window_ms ? undefined : halfEvenRatio(ratio(integral, integer(covered_ms)), places)
