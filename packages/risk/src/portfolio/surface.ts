import {
  add,
  atLeast,
  atMost,
  type Decimal,
  decimal,
  format,
  greaterThan,
  isNegative,
  isPositive,
  lessThan,
  multiply,
  one,
} from '@novation/decimal'
import { lnRatio } from '../kernel/ln'
import { toDouble } from './double'
import { yearsOf } from './years'

/** Total variance by `a + b(rho(k-m) + sqrt((k-m)² + sigma²))`, k = ln(K/F) (Gatheral's raw SVI). */
export interface Svi {
  readonly a: Decimal
  readonly b: Decimal
  readonly rho: Decimal
  readonly m: Decimal
  readonly sigma: Decimal
}

/** Volatility by strike, strikes rising: linear between, flat beyond. */
export interface VolatilityPoint {
  readonly strike: Decimal
  readonly volatility: Decimal
}

export type VolatilityTerms =
  | { readonly svi: Svi; readonly points?: undefined }
  | { readonly points: readonly VolatilityPoint[]; readonly svi?: undefined }

/** What was published of one expiry, and F and the time to expiry as it was accepted: they fix each strike's volatility until the next. */
export interface Surface {
  readonly volatility: VolatilityTerms
  readonly forward: Decimal
  readonly tau_ms: number
}

const ofSvi = ({ a, b, rho, m, sigma }: Svi, { forward, tau_ms }: Surface, strike: Decimal): number => {
  const k = lnRatio(toDouble(strike), toDouble(forward)) - toDouble(m)
  const s = toDouble(sigma)
  const variance = toDouble(a) + toDouble(b) * (toDouble(rho) * k + Math.sqrt(k * k + s * s))
  return Math.sqrt(variance / yearsOf(tau_ms))
}

const ofPoints = (points: readonly VolatilityPoint[], strike: Decimal): number => {
  const above = points.findIndex((point) => atMost(strike, point.strike))
  const [low, high] = above < 0 ? [points.at(-1), points.at(-1)] : [points[above - 1] ?? points[above], points[above]]
  if (low === undefined || high === undefined) return Number.NaN
  const [from, to] = [toDouble(low.volatility), toDouble(high.volatility)]
  if (low === high) return from
  const [k, k0, k1] = [toDouble(strike), toDouble(low.strike), toDouble(high.strike)]
  return from + ((to - from) * (k - k0)) / (k1 - k0)
}

/** A strike's volatility a year; NaN where the surface has none, which `checkSurface` refuses. */
export const volatilityAt = (surface: Surface, strike: Decimal): number =>
  surface.volatility.svi === undefined
    ? ofPoints(surface.volatility.points, strike)
    : ofSvi(surface.volatility.svi, surface, strike)

const least = 0.01
const most = 5

const faultOfSvi = ({ a, b, rho, sigma }: Svi): string | undefined => {
  const size = isNegative(rho) ? multiply(rho, decimal('-1')) : rho
  if (isNegative(b)) return `b is not below zero: ${format(b)}`
  if (atLeast(size, one)) return `rho is between -1 and 1: ${format(rho)}`
  if (!isPositive(sigma)) return `sigma is above zero: ${format(sigma)}`
  const r = toDouble(rho)
  if (toDouble(a) + toDouble(b) * toDouble(sigma) * Math.sqrt(1 - r * r) < 0)
    return 'its variance is negative at the lowest: a + b*sigma*sqrt(1 - rho^2) is not below zero'
  if (greaterThan(multiply(b, add(one, size)), decimal('2')))
    return 'its wings are too steep: b(1 + |rho|) is at most 2'
  return undefined
}

const faultOfPoints = (points: readonly VolatilityPoint[]): string | undefined => {
  if (points.length === 0) return 'it has no points'
  const first = points.find(({ strike }) => !isPositive(strike))
  if (first !== undefined) return `a strike is above zero: ${format(first.strike)}`
  const unordered = points.find(({ strike }, i) => i > 0 && !lessThan(points[i - 1]?.strike ?? strike, strike))
  return unordered === undefined ? undefined : `strikes rise: not at ${format(unordered.strike)}`
}

/**
 * Why a surface is not to be believed (`bad-surface`), in words, or undefined: svi with b < 0, |rho| >= 1, sigma <= 0,
 * negative variance or wings steeper than 2; points without order; and any by which a listed strike has no volatility from
 * 0.01 to 5 a year.
 */
export const checkSurface = (surface: Surface, strikes: readonly Decimal[]): string | undefined => {
  const { svi, points } = surface.volatility
  const fault = svi === undefined ? faultOfPoints(points) : faultOfSvi(svi)
  if (fault !== undefined) return fault
  if (!isPositive(surface.forward)) return `its forward is above zero: ${format(surface.forward)}`
  if (surface.tau_ms <= 0) return 'its expiry is not past'
  const strange = strikes.find((strike) => {
    const volatility = volatilityAt(surface, strike)
    return !(volatility >= least && volatility <= most)
  })
  return strange === undefined
    ? undefined
    : `volatility is from 0.01 to 5 at every listed strike: at ${format(strange)} it is ${volatilityAt(surface, strange)}`
}
