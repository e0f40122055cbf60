import { otm } from './otm'

export type OptionType = 'call' | 'put'

/**
 * A European option on a forward, `D*(max(0, ±(F-K)) + otm)` (Black 1976): F and K in one unit above zero, volatility a
 * year, tau in years, D the discount factor. In the unit of F, never below 0.
 */
export const blackPrice = (
  type: OptionType,
  forward: number,
  strike: number,
  volatility: number,
  tau: number,
  discount: number,
): number => {
  const inside = type === 'call' ? forward - strike : strike - forward
  return discount * ((inside > 0 ? inside : 0) + otm(forward, strike, volatility, tau))
}
