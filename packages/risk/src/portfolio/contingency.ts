import { abs, add, type Decimal, format, isNegative, multiply, negate, sum, zero } from '@novation/decimal'
import type { Book } from './book'
import type { Holding, OptionHolding } from './holding'

/** What is asked beside the scan, by size alone. */
export interface Contingency {
  /** cMM. */
  readonly maintenance: Decimal
  /** cIM and cConfidence: what the initial margin asks besides. */
  readonly initial: Decimal
  /** Which part of cMM each holding makes. */
  readonly part: (holding: Holding) => Decimal
}

const strikeOf = ({ expiry_ms, strike }: OptionHolding): string => `${expiry_ms} ${format(strike)}`

/** Net of what is held at each strike and expiry, calls and puts together. */
const netByStrike = (options: readonly OptionHolding[]): ReadonlyMap<string, Decimal> => {
  const nets = new Map<string, Decimal>()
  for (const option of options) nets.set(strikeOf(option), add(nets.get(strikeOf(option)) ?? zero, option.quantity))
  return nets
}

/**
 * Each rate times the index for each |q| of what is linear, and for each option short at a strike, `max(0, -net)`; the
 * initial margin asks besides `factor * doubt * sum |q|`, where `doubt` is by how much the price is uncertain beyond what is usual.
 */
export const contingencyOf = ({ model, options, linear, valuation }: Book, doubt: Decimal): Contingency => {
  const { linear: ofLinear, nakedOption, confidence = zero } = model.contingency
  const { index } = valuation.inputs
  const nets = netByStrike(options)
  const naked = sum([...nets.values()].filter(isNegative).map(negate))
  const gross = sum(linear.map(({ quantity }) => abs(quantity)))
  const asked = (of: 'maintenance' | 'initial'): Decimal =>
    multiply(index, add(multiply(ofLinear[of], gross), multiply(nakedOption[of], naked)))
  const all = sum([...options, ...linear].map(({ quantity }) => abs(quantity)))
  return {
    maintenance: asked('maintenance'),
    initial: add(asked('initial'), multiply(multiply(confidence, doubt), all)),
    part: (holding) => {
      if (holding.kind === 'coin') return zero
      if (holding.kind === 'linear') return multiply(multiply(ofLinear.maintenance, abs(holding.quantity)), index)
      return isNegative(nets.get(strikeOf(holding)) ?? zero)
        ? multiply(multiply(nakedOption.maintenance, negate(holding.quantity)), index)
        : zero
    },
  }
}
