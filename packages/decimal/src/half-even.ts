import { bigAt } from './align'
import { add, multiply, negate } from './arithmetic'
import { compare, equals, isNegative } from './order'
import type { Ratio } from './ratio'
import { divideCeil, divideFloor } from './rounding'
import { type Decimal, inside } from './scaled'

const isEven = (a: Decimal, places: number): boolean => bigAt(inside(a), places) % 2n === 0n

/**
 * To the nearest of at most `places` decimals, and from the middle between two to the one whose last digit is even:
 * for what is a measurement, and neither for nor against anybody. Exact, however close to the middle.
 */
export const halfEvenRatio = ({ numerator, denominator }: Ratio, places: number): Decimal => {
  const low = divideFloor(numerator, denominator, places)
  const high = divideCeil(numerator, denominator, places)
  if (equals(low, high)) return low
  const [n, d] = isNegative(denominator) ? [negate(numerator), negate(denominator)] : [numerator, denominator]
  const side = compare(add(n, n), multiply(d, add(low, high)))
  if (side === 0) return isEven(low, places) ? low : high
  return side < 0 ? low : high
}
