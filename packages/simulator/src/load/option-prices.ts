import type { Series } from './option-terms'

/** The price of a coin, and how much it moves in a year, as a share. */
export interface Quoted {
  readonly index: number
  readonly level: number
}

/** A smile, told by points. */
export const ladder = (level: number): readonly { readonly strike: string; readonly volatility: string }[] =>
  [
    [70, 1.2],
    [100, 1],
    [130, 1.1],
  ].map(([strike, times = 1]) => ({ strike: String(strike), volatility: (level * times).toFixed(4) }))

/** Within a ten-millionth: near enough to deal at (Abramowitz and Stegun 26.2.17). */
const normal = (x: number): number => {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const tail =
    ((((1.330274429 * t - 1.821255978) * t + 1.781477937) * t - 0.356563782) * t + 0.31938153) *
    t *
    (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI))
  return x < 0 ? tail : 1 - tail
}

const year_ms = 31_536_000_000

/** About what an option is worth, near enough to its mark that a trade at it is taken. */
export const premiumOf = ({ strike, optionType, expiry }: Series, { index, level }: Quoted, at: number): number => {
  const forward = index * 1.001
  const deviation = level * Math.sqrt(Math.max(1_000, expiry - at) / year_ms)
  const d1 = Math.log(forward / strike) / deviation + deviation / 2
  const sign = optionType === 'call' ? 1 : -1
  return Math.max(0, sign * (forward * normal(sign * d1) - strike * normal(sign * (d1 - deviation))))
}
