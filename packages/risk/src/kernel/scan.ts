import { erfcx, fallOfErfcx } from './erfcx'
import { exp } from './exp'
import { lnRatio } from './ln'
import { pow } from './pow'
import { blackPrice } from './price'

/** A linear congruential generator in doubles that are all whole and below 2^53, so exact: from 0 to below 1. */
const drawsFrom = (seed: number): (() => number) => {
  let x = seed
  return () => {
    const next = x * 1664525 + 1013904223
    x = next - Math.floor(next / 4294967296) * 4294967296
    return x / 4294967296
  }
}

const rounds = 4096
const valuesInRound = 7

/**
 * What the kernel answers over a fixed scan of its arguments: the whole reach of each function, and options from seconds to
 * years, at any volatility from 0.01 to 5, up to 30 deviations out of the money. 28,672 doubles.
 */
export const scan = (): Float64Array => {
  const draw = drawsFrom(20260101)
  const values = new Float64Array(rounds * valuesInRound)
  for (let i = 0; i < values.length; ) {
    const base = exp(24 * draw() - 12)
    const volatility = 0.01 + 4.99 * draw()
    const tau = exp(20 * draw() - 19)
    const deviations = 60 * draw() - 30
    const strike = base * exp(deviations * volatility * Math.sqrt(tau) * draw())
    values[i++] = exp(1450 * draw() - 740)
    values[i++] = lnRatio(base, strike)
    values[i++] = lnRatio(base, 1 + draw())
    values[i++] = erfcx(46 * draw() - 6)
    values[i++] = fallOfErfcx(40 * draw())
    values[i++] = pow(tau, draw())
    values[i++] = blackPrice(draw() < 0.5 ? 'call' : 'put', base, strike, volatility, tau, 1 - 0.3 * draw())
  }
  return values
}
