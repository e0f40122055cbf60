/** What counts as much as its weight, a whole number above zero. */
export interface Weighted<T> {
  readonly value: T
  readonly weight: number
}

type Compare<T> = (a: T, b: T) => number

/** The first, in this order, with which at least half of all weight is reached. */
const halfway = <T>(items: readonly Weighted<T>[], compare: Compare<T>): T => {
  const sorted = [...items].sort((a, b) => compare(a.value, b.value))
  const all = sorted.reduce((total, { weight }) => total + weight, 0)
  let reached = 0
  for (const { value, weight } of sorted) {
    reached += weight
    if (2 * reached >= all) return value
  }
  throw new RangeError('a median of nothing')
}

/** The lower weighted median: the least value at or below which at least half of the weight lies. */
export const lowerMedian = <T>(items: readonly Weighted<T>[], compare: Compare<T>): T => halfway(items, compare)

/** The upper weighted median: the greatest value at or above which at least half of the weight lies. */
export const upperMedian = <T>(items: readonly Weighted<T>[], compare: Compare<T>): T =>
  halfway(items, (a, b) => compare(b, a))
