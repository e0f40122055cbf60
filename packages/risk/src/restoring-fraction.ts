import {
  add,
  compareRatios,
  type Decimal,
  isNegative,
  isPositive,
  lessThan,
  min,
  minRatio,
  multiply,
  one,
  type Ratio,
  ratio,
  subtract,
  sum,
  whole,
  zero,
} from '@novation/decimal'
import { type Breach, type Standing, standingOf } from './breach'
import { valueAuctioned } from './fill'
import { exactMaintenance, sliceByTier, type TieredTerms } from './tiers'

const none = whole(zero)
const all = whole(one)

/** A stretch of f in which a position's margin falls in a straight line: `constant - f * slope`, until a tier bound. */
interface Line {
  readonly constant: Decimal
  readonly slope: Decimal
  readonly until: Ratio
}

/**
 * The largest fraction of every position that one bid may close: the smallest f at which
 * `equity - f*k = (1 + b) * MM((1-f) * quantities)`, `k = v*(1-d) + min(fee * N, v*d)`, exact, in [0, 1]. MM stands for
 * the rounded margins of now, falling at the exact rates. 1 where nothing restores the account, and where all that would
 * stay is below the dust notional; 0 where the buffer stands already.
 */
export const restoringFraction = (breach: Breach): Ratio => {
  const standing = standingOf(breach)
  const f = exactFraction(standing)
  return leavesDust(standing, f) ? all : f
}

/** Whether so little stays once `fraction` is closed that it is not worth leaving. */
export const leavesDust = ({ notionals, dust }: Standing, { numerator, denominator }: Ratio): boolean =>
  isPositive(numerator) &&
  lessThan(multiply(sum(notionals), subtract(denominator, numerator)), multiply(dust, denominator))

/**
 * The smallest solution, whatever the dust. The shortfall is linear in f between tier bounds and convex (rates never fall
 * from tier to tier), so the first line that reaches zero before its end holds it, and once closing brings nothing more,
 * nothing ever will.
 */
export const exactFraction = (standing: Standing): Ratio => {
  const { equity, totalMargin, factor } = standing
  if (!lessThan(equity, multiply(factor, totalMargin))) return none
  if (isNegative(equity)) return all

  const { numerator: cost, denominator } = costOfAll(standing)
  const ahead = standing.positions.map(({ terms }, i) => linesOf(terms, standing.notionals[i] ?? zero))
  const margins = standing.positions.map(({ terms }, i) =>
    exactMaintenance(sliceByTier(terms, standing.notionals[i] ?? zero)),
  )
  // The roundings of the margins, and what no bid can touch, stay whatever is closed.
  const rounding = subtract(totalMargin, sum(margins))

  for (;;) {
    const lines = ahead.flatMap(([line]) => (line === undefined ? [] : [line]))
    const until = lines.reduce((first, line) => minRatio(first, line.until), all)
    const margin = add(sum(lines.map((line) => line.constant)), rounding)
    const missing = multiply(subtract(multiply(factor, margin), equity), denominator)
    const gain = subtract(multiply(multiply(factor, sum(lines.map((line) => line.slope))), denominator), cost)
    if (!isPositive(gain)) return all
    const f = ratio(missing, gain)
    if (compareRatios(f, until) <= 0) return f
    if (compareRatios(until, all) >= 0) return all
    for (const own of ahead) if (own[0] !== undefined && compareRatios(own[0].until, until) === 0) own.shift()
  }
}

const linesOf = (terms: TieredTerms, notional: Decimal): Line[] => {
  const slices = sliceByTier(terms, notional)
  return slices
    .map(({ tier, from }, i) => ({
      constant: add(exactMaintenance(slices.slice(0, i)), multiply(tier.maintenance, subtract(notional, from))),
      slope: multiply(tier.maintenance, notional),
      until: ratio(subtract(notional, from), notional),
    }))
    .reverse()
}

/** k: what closing everything would cost the account, before rounding. */
const costOfAll = ({ equity, kept, discount, fee, notionals, margins, totalMargin }: Standing): Ratio => {
  const value = multiply(valueAuctioned(equity, kept), sum(margins))
  const denominator = multiply(discount.denominator, totalMargin)
  const payment = multiply(value, subtract(discount.denominator, discount.numerator))
  const charge = min(multiply(multiply(fee, sum(notionals)), denominator), multiply(value, discount.numerator))
  return { numerator: add(payment, charge), denominator }
}
