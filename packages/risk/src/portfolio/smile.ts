import type { Decimal } from '@novation/decimal'
import { lnRatio } from '../kernel/ln'
import { pow } from '../kernel/pow'
import { toDouble } from './double'
import type { RiskModel, Row } from './model'
import { type Surface, volatilityAt } from './surface'
import { yearsOfDays } from './years'

/** A strike's volatility in each kind of row. */
export type Smile = Readonly<Record<Row['volatility'], number>>

const month = yearsOfDays(30)

/** t = (30 days / max(tau, floor))^p: near expiries move more. */
const nearness = ({ floorDays, shortPower, longPower }: RiskModel['volatility'], tau: number): number => {
  const floor = yearsOfDays(toDouble(floorDays))
  return pow(month / (tau > floor ? tau : floor), toDouble(tau > month ? longPower : shortPower))
}

const clamp = (x: number, most: number): number => (x > most ? most : x < -most ? -most : x)

/** How far a row of skew bends the smile: at a distance of k by c, and no further. */
const bend = (skew: RiskModel['skew'], tau: number): { readonly c: number; readonly k: number } => {
  const root = Math.sqrt(tau)
  const c = toDouble(skew.cBase) * root + toDouble(skew.cap)
  const k = root * toDouble(skew.width) * (toDouble(skew.static) + root * toDouble(skew.scale))
  const least = toDouble(skew.minKStar)
  return { c: c > 0 ? c : 0, k: k > least ? k : least }
}

/**
 * How the volatilities of an expiry move: up `max(least, vol(1 + up*t))`, down `vol*max(0, 1 - down*t)`; skewed
 * `vol*max(0, 1 + clamp(y*c/k, -c, c))` with y = ln(K/F at the surface), signed (linear) or not (absolute).
 */
export const smiles = (model: RiskModel, surface: Surface, tau: number): ((strike: Decimal) => Smile) => {
  const { volatility, skew } = model
  const t = nearness(volatility, tau)
  const { c, k } = bend(skew, tau)
  const rise = 1 + toDouble(volatility.up) * t
  const fall = 1 - toDouble(volatility.down) * t
  const least = toDouble(volatility.least)
  const bent = (vol: number, y: number): number => {
    const factor = 1 + clamp((y * c) / k, c)
    return factor > 0 ? vol * factor : 0
  }
  return (strike) => {
    const vol = volatilityAt(surface, strike)
    const y = lnRatio(toDouble(strike), toDouble(surface.forward))
    return {
      none: vol,
      up: vol * rise > least ? vol * rise : least,
      down: fall > 0 ? vol * fall : 0,
      'skew-linear': bent(vol, y),
      'skew-absolute': bent(vol, y < 0 ? -y : y),
    }
  }
}
