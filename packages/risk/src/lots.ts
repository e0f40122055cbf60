import { ceilRatio, type Decimal, decimal, format, min, multiply, type Ratio } from '@novation/decimal'

/** How many lots it takes to reach an exact quantity; in bigint, for a lot may be far below a quantity. */
export const lotsOf = (quantity: Ratio, lot: Decimal): bigint =>
  BigInt(format(ceilRatio({ ...quantity, denominator: multiply(quantity.denominator, lot) }, 0)))

/** So many lots, or all that is held. */
export const quantityOf = (lots: bigint, lot: Decimal, held: Decimal): Decimal =>
  min(multiply(decimal(lots.toString()), lot), held)

/** The least number that is enough, by bisection between 0, which is known not to be, and `most`; `most` where that is not enough. */
export const fewest = (most: bigint, enough: (n: bigint) => boolean): bigint => {
  if (!enough(most)) return most
  let low = 0n
  let high = most
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (enough(middle)) high = middle
    else low = middle
  }
  return high
}
