import { type Decimal, decimal, format, multiply, places, toNumber } from '@novation/decimal'
import { ofUnits, pricePlaces } from './double'

/** A quantity as a whole number of units so many places down. */
const wholeOf = (quantity: Decimal, scale: Decimal): bigint => BigInt(format(multiply(quantity, scale)))

const none = new Float64Array()

const largest = (prices: Float64Array): number => {
  let most = 0
  for (const price of prices) if (price > most) most = price
  return most
}

const inDoubles = (quantities: readonly number[], prices: readonly Float64Array[], sums: Float64Array): void => {
  for (const [i, quantity] of quantities.entries()) {
    const column = prices[i]
    if (column === undefined) continue
    for (let r = 0; r < sums.length; r += 1) sums[r] = (sums[r] as number) + quantity * (column[r] as number)
  }
}

const inIntegers = (
  quantities: readonly bigint[],
  prices: readonly Float64Array[],
  length: number,
): readonly bigint[] =>
  Array.from({ length }, (_, r) =>
    quantities.reduce((total, quantity, i) => total + quantity * BigInt(prices[i]?.[r] ?? 0), 0n),
  )

/**
 * Sum of quantity times price in each state, exactly: prices are whole units of 1e-8. In doubles where no sum can come to
 * 2^53, in which case all of it is exact, else in bigints; so a sum has no order, and a book and its mirror cancel.
 */
export const sumsOf = (quantities: readonly Decimal[], prices: readonly Float64Array[]): readonly Decimal[] => {
  const length = prices[0]?.length ?? 0
  const at = quantities.reduce((most, quantity) => Math.max(most, places(quantity)), 0)
  const scale = decimal(`1${'0'.repeat(at)}`)
  const doubles = quantities.map((quantity) => toNumber(multiply(quantity, scale)))
  const bound = doubles.reduce((total, quantity, i) => total + Math.abs(quantity) * largest(prices[i] ?? none), 0)
  if (bound > Number.MAX_SAFE_INTEGER) {
    const whole = quantities.map((quantity) => wholeOf(quantity, scale))
    return inIntegers(whole, prices, length).map((total) => ofUnits(total, at + pricePlaces))
  }
  const sums = new Float64Array(length)
  inDoubles(doubles, prices, sums)
  return Array.from(sums, (total) => ofUnits(total, at + pricePlaces))
}
