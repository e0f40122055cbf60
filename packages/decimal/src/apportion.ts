import { abs, add, multiply, negate, subtract, sum } from './arithmetic'
import { compare, isNegative, isPositive, isZero } from './order'
import { divideFloor, unit } from './rounding'
import type { Decimal } from './scaled'
import { places as placesOf, zero } from './text'

/**
 * Splits `total` pro rata to `weights` into multiples of 10^-places that sum to exactly `total`, by largest remainder
 * (Hamilton's method): everybody gets the share rounded toward zero, the units left go to the largest remainders, ties
 * to whoever stands first. A negative total is split as its opposite is. Throws a RangeError where `total` is finer
 * than a unit, where a weight is negative, and where there is something to split and no weight to split it by.
 */
export const apportion = (total: Decimal, weights: readonly Decimal[], places: number): Decimal[] => {
  if (placesOf(total) > places) throw new RangeError(`a total finer than ${places} decimal places`)
  if (weights.some(isNegative)) throw new RangeError('a negative weight')
  if (isZero(total)) return weights.map(() => zero)
  const all = sum(weights)
  if (isZero(all)) throw new RangeError('something to split and no weight to split it by')

  const amount = abs(total)
  const shares = weights.map((weight) => divideFloor(multiply(amount, weight), all, places))
  const remainders = weights.map((weight, i) => subtract(multiply(amount, weight), multiply(shares[i] ?? zero, all)))
  const order = weights.map((_, i) => i).sort((i, j) => compare(remainders[j] ?? zero, remainders[i] ?? zero) || i - j)

  const smallest = unit(places)
  let left = subtract(amount, sum(shares))
  for (const i of order) {
    if (!isPositive(left)) break
    shares[i] = add(shares[i] ?? zero, smallest)
    left = subtract(left, smallest)
  }
  return isNegative(total) ? shares.map(negate) : shares
}
