import { compare, type Decimal, sum } from '@novation/decimal'

/** How many sources can lie at most while those who lie weigh less than half the quorum: counted from the lightest. */
export const mostLiars = (weights: readonly number[], quorum: number): number => {
  let weighs = 0
  const lightest = [...weights].sort((a, b) => a - b)
  const heavy = lightest.findIndex((weight) => {
    weighs += weight
    return 2 * weighs >= quorum
  })
  return heavy < 0 ? weights.length : heavy
}

/**
 * The depth of a side of the market at a distance: what all fresh sources say, without the `most` largest. However many up
 * to `most` lie, it is never above the honest sum, since what is left is at most what any as many honest ones say.
 */
export const depthOf = (quantities: readonly Decimal[], most: number): Decimal =>
  sum([...quantities].sort(compare).slice(0, Math.max(0, quantities.length - most)))
