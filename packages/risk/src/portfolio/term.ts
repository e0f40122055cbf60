import type { Decimal } from '@novation/decimal'
import { exp } from '../kernel/exp'
import { lnDiscountAt } from './curve'
import { ceilFine, floorFine, ofUnits, pricePlaces, toDouble, toUnits } from './double'
import { type Forward, forwardIn, type UnderlyingInputs } from './market'
import type { RiskModel } from './model'
import { type Smile, smiles } from './smile'
import { type Surface, volatilityAt } from './surface'
import { yearsOf } from './years'

/** An expiry as prices need it. */
export interface Term {
  /** Years from the last event of the market to the expiry. */
  readonly tau: number
  readonly forward: Forward
  /** D. */
  readonly discount: number
  readonly surface: Surface
  readonly volatility: (strike: Decimal) => number
}

/** What an expiry is valued by, as it is said to people: at 8 places, the nearest. What is reckoned with has all the places of a double. */
export const saidOf = ({ forward, discount, volatility }: Term) => {
  const nearest = (x: number): Decimal => ofUnits(toUnits(x), pricePlaces)
  return {
    forward: nearest(forward.fixed + forward.floating),
    discount: nearest(discount),
    volatility: (strike: Decimal): Decimal => nearest(volatility(strike)),
  }
}

/** What a model makes of an expiry. */
export interface ModelTerm {
  /** d of what is held, at most 1, 12 places down. */
  readonly long: Decimal
  /** d of what is owed, at least that of what is held, 12 places up. */
  readonly short: Decimal
  readonly basisFactor: Decimal
  readonly smile: (strike: Decimal) => Smile
}

/** Undefined where nothing was published of the expiry. */
export const termOf = (inputs: UnderlyingInputs, expiry_ms: number): Term | undefined => {
  const expiry = inputs.expiries.get(expiry_ms)
  if (expiry === undefined) return undefined
  const { surface } = expiry
  return {
    tau: yearsOf(expiry_ms - inputs.asOf_ms),
    forward: forwardIn(inputs.index, expiry),
    discount: exp(lnDiscountAt(inputs.curve ?? [], expiry_ms - inputs.asOf_ms)),
    surface,
    volatility: (strike) => volatilityAt(surface, strike),
  }
}

/**
 * With r = max(0, -ln D/tau): `long = floor12(longBase*exp(-tau(r*longRate + longAdd)))`,
 * `short = ceil12(max(long, min(1/D, shortBase*exp(tau(r*shortRate + shortAdd)))))`, `basisFactor = ceil12(add + multiply*tau)`.
 */
export const modelTermOf = (
  { discount: d, basis, ...model }: RiskModel,
  inputs: UnderlyingInputs,
  { tau, discount, surface }: Term,
  expiry_ms: number,
): ModelTerm => {
  const ln = lnDiscountAt(inputs.curve ?? [], expiry_ms - inputs.asOf_ms)
  const rate = tau > 0 && ln < 0 ? -ln / tau : 0
  const long = toDouble(d.longBase) * exp(-tau * (rate * toDouble(d.longRate) + toDouble(d.longAdd)))
  const grown = toDouble(d.shortBase) * exp(tau * (rate * toDouble(d.shortRate) + toDouble(d.shortAdd)))
  const bounded = 1 / discount < grown ? 1 / discount : grown
  return {
    long: floorFine(long),
    short: ceilFine(bounded > long ? bounded : long),
    basisFactor: ceilFine(toDouble(basis.add) + toDouble(basis.multiply) * tau),
    smile: smiles({ discount: d, basis, ...model }, surface, tau),
  }
}
