import { type Decimal, format, isPositive } from '@novation/decimal'
import { lnRatio } from '../kernel/ln'
import { toDouble } from './double'
import { daysOf } from './years'

/** What one of the settlement asset, due in so many days, is worth now. */
export interface CurvePoint {
  readonly days: number
  readonly discount: Decimal
}

/** Why a curve is not to be believed (`bad-surface`), in words, or undefined. */
export const checkCurve = (points: readonly CurvePoint[]): string | undefined => {
  if (points.length === 0) return 'it has no points'
  const worthless = points.find(({ discount }) => !isPositive(discount))
  if (worthless !== undefined) return `a discount is above zero: ${format(worthless.discount)}`
  const unordered = points.find(({ days }, i) => !(days > (points[i - 1]?.days ?? 0)))
  return unordered === undefined ? undefined : `days rise from above zero: not at ${unordered.days}`
}

/**
 * ln D of what is due in `ms`: linear in days, from 0 today through the points, beyond the last as steep as from today to
 * it. Without a curve 0, which is D = 1.
 */
export const lnDiscountAt = (points: readonly CurvePoint[], ms: number): number => {
  const days = daysOf(ms)
  const last = points.at(-1)
  if (last === undefined || days <= 0) return 0
  const next = points.findIndex((point) => days <= point.days)
  const ln = ({ discount }: CurvePoint): number => lnRatio(toDouble(discount), 1)
  if (next < 0) return (ln(last) * days) / last.days
  const [low, high] = [points[next - 1], points[next] ?? last]
  const from = low === undefined ? 0 : ln(low)
  const start = low?.days ?? 0
  return from + ((ln(high) - from) * (days - start)) / (high.days - start)
}
