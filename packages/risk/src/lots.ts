import { ceilRatio, type Decimal, decimal, format, min, multiply, type Ratio } from '@novation/decimal'

/** How many lots it takes to reach an exact quantity; in bigint, for a lot may be far below a quantity. */
export const lotsOf = (quantity: Ratio, lot: Decimal): bigint =>
  BigInt(format(ceilRatio({ ...quantity, denominator: multiply(quantity.denominator, lot) }, 0)))

/** So many lots, or all that is held. */
export const quantityOf = (lots: bigint, lot: Decimal, held: Decimal): Decimal =>
  min(multiply(decimal(lots.toString()), lot), held)

/**
 * A number of lots near `guess` that is enough where one less is not; `most` where none is found to be enough. Zero is
 * known not to be. Exact mathematics gives the guess; what is sought differs from it by the roundings of the margin, which
 * may be many lots where a lot is worth less than a unit of the asset: so by doubling steps, then by halving.
 */
export const fewestLots = (guess: bigint, most: bigint, enough: (lots: bigint) => boolean): bigint => {
  let low = 0n
  let high = most
  const start = guess < 1n ? 1n : guess < most ? guess : most
  if (enough(start)) {
    high = start
    for (let step = 1n; high - step > 0n; step *= 2n) {
      if (!enough(high - step)) {
        low = high - step
        break
      }
      high -= step
    }
  } else {
    low = start
    for (let step = 1n; low + step < most; step *= 2n) {
      if (enough(low + step)) {
        high = low + step
        break
      }
      low += step
    }
  }
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (enough(middle)) high = middle
    else low = middle
  }
  return high
}
