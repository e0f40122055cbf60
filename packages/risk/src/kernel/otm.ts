import { rootOfHalf } from './constants'
import { erfcx, fallOfErfcx } from './erfcx'
import { exp } from './exp'
import { lnRatio } from './ln'

const [half = 0] = rootOfHalf

/** Beyond this a deviation changes no price: the option is worth its smaller leg. */
const most = 40

/** erfcx(y - d) - erfcx(y + d) for a small d, by the odd terms of Taylor's series: the difference itself would cancel. */
const narrow = (y: number, d: number): number => {
  const first = fallOfErfcx(y)
  const second = 2 * erfcx(y) - 2 * y * first
  const third = 4 * first - 2 * y * second
  const fourth = 6 * second - 2 * y * third
  const fifth = 8 * third - 2 * y * fourth
  const sixth = 10 * fourth - 2 * y * fifth
  const seventh = 12 * fifth - 2 * y * sixth
  const z = d * d
  return 2 * d * (first + z * (third / 6 + z * (fifth / 120 + z * (seventh / 5040))))
}

/**
 * What an out-of-the-money option on a forward is worth, undiscounted: Black 1976 without its cancellation. With
 * `s = vol*sqrt(tau)`, `h = |ln(F/K)|/s` and `g = s/2` it is
 * `√F√K/2 * exp(-(h²+g²)/2) * [erfcx((h-g)/√2) - erfcx((h+g)/√2)]`. F and K above zero, vol and tau not below; 0 where the
 * deviation is 0 or nothing is left in a double. Relative error below 1e-12 from 0 to 30 deviations.
 */
export const otm = (forward: number, strike: number, volatility: number, tau: number): number => {
  const wanted = volatility * Math.sqrt(tau)
  const s = wanted < most ? wanted : most
  if (!(s > 0)) return 0
  const log = lnRatio(forward, strike)
  const y = ((log < 0 ? -log : log) / s) * half
  const d = (s / 2) * half
  const exponent = y * y + d * d
  if (!(exponent < 745)) return 0
  const difference = d < 0.02 ? narrow(y, d) : erfcx(y - d) - erfcx(y + d)
  return ((Math.sqrt(forward) * Math.sqrt(strike)) / 2) * exp(-exponent) * difference
}
