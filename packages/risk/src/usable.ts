import { add, type Decimal, lessThan, subtract, sum } from '@novation/decimal'
import { type Weighed, weightsOf } from './weights'

/** Something that an account holds, and until when it can be dealt in if no other price comes. */
export interface Lasting extends Weighed {
  /** In milliseconds; `never` where it cannot be now. */
  readonly until: number
}

export const never = Number.NEGATIVE_INFINITY

const canBeDealtIn = ({ until }: Lasting): boolean => until > never

const isLessThanHalf = (part: Decimal, whole: Decimal): boolean => lessThan(add(part, part), whole)

/** Whether time counts: something can be dealt in, and with it at least half of what all requires. */
export const isUsable = (items: readonly Lasting[]): boolean => {
  const weights = weightsOf(items)
  const live = weights.filter((_, i) => items.slice(i, i + 1).some(canBeDealtIn))
  return live.length > 0 && !isLessThanHalf(sum(live), sum(weights))
}

/**
 * Until when time that counts now goes on to count if no other price comes: until what can still be dealt in then requires
 * less than half of what all requires, and not before the first of it cannot be any more. In milliseconds.
 */
export const usableUntil = (items: readonly Lasting[]): number => {
  const weights = weightsOf(items)
  const whole = sum(weights)
  const lasting = items
    .flatMap((item, i) => (canBeDealtIn(item) ? weights.slice(i, i + 1).map((weight) => ({ ...item, weight })) : []))
    .sort((a, b) => a.until - b.until)
  let live = sum(lasting.map(({ weight }) => weight))
  let last = never
  for (const { until, weight } of lasting) {
    live = subtract(live, weight)
    last = until
    if (isLessThanHalf(live, whole)) break
  }
  return last
}
