import {
  apportion,
  compare,
  type Decimal,
  divideFloor,
  floor,
  isNegative,
  isPositive,
  isZero,
  max,
  min,
  multiply,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import { byId } from './ids'
import { type Weighed, weightsOf } from './weights'

/**
 * In which order counterparties are closed out against somebody whom nobody took over: 0 accounts below their own
 * requirement; 1 what is no hedge, of who is in profit in the instrument and in all; 2 that of others; 3, 4 the rest of both.
 */
export type Class = 0 | 1 | 2 | 3 | 4

/** Somebody on the other side of a position, as its account stands. */
export interface Counterparty {
  readonly id: string
  /** What another's default may reach. */
  readonly profit: Decimal
  /** W-. */
  readonly worth: Decimal
  readonly maintenance: Decimal
}

/** Where a counterparty stands within its class: by `gain / base`. */
export interface DeleveragingRank {
  readonly id: string
  readonly gain: Decimal
  readonly base: Decimal
}

export const deleveragingRank = ({ id, profit, worth, maintenance }: Counterparty): DeleveragingRank => ({
  id,
  gain: multiply(profit, maintenance),
  base: isPositive(worth) ? multiply(worth, worth) : zero,
})

/**
 * Who is closed out first within a class: by profit times maintenance margin over the square of W-, largest first, compared
 * exactly; who is worth nothing at the worst stands before all; ties by id.
 */
export const compareDeleveraging = (a: DeleveragingRank, b: DeleveragingRank): number => {
  const unbounded = Number(isPositive(a.base)) - Number(isPositive(b.base))
  if (unbounded !== 0) return unbounded
  const byScore = isPositive(a.base) ? compare(multiply(b.gain, a.base), multiply(a.gain, b.base)) : 0
  return byScore || byId(a, b)
}

/** As much of each as there is, in turn, until `size` is reached; whoever comes after that is not looked at. */
export const inTurn = (size: Decimal, held: Iterable<Decimal>): readonly Decimal[] => {
  const closings: Decimal[] = []
  let left = size
  for (const own of held) {
    if (isZero(left)) break
    const closing = min(left, own)
    left = subtract(left, closing)
    closings.push(closing)
  }
  return closings
}

/**
 * Everybody of a class closes the same part of theirs, in whole lots, the odd ones by largest remainder, nobody more than
 * they hold; what no lots make is closed in turn.
 */
export const inProportion = (size: Decimal, held: readonly Decimal[], lot: Decimal): readonly Decimal[] => {
  const most = min(size, sum(held))
  if (isZero(most)) return held.map(() => zero)
  const lots = apportion(divideFloor(most, lot, 0), held, 0)
  const capped = held.map((own, i) => min(multiply(lots[i] ?? zero, lot), own))
  const rest = inTurn(
    subtract(most, sum(capped)),
    held.map((own, i) => subtract(own, capped[i] ?? zero)),
  )
  return capped.map((closing, i) => sum([closing, rest[i] ?? zero]))
}

/**
 * What of its worth an account leaves to those who close out its positions at the mark: `floor(W+ * r_live / R)`, nothing
 * where it is worth nothing; split by what each position requires, largest remainder, in the order given. Never more than
 * it is worth once all of that is `closed`, each leg in whole units, so that no leg's rounding is left as debt.
 */
export const sharesLeft = (
  { worth, closed, requirement, places }: { worth: Decimal; closed: Decimal; requirement: Decimal; places: number },
  live: readonly Weighed[],
): readonly Decimal[] => {
  const required = sum(live.map((position) => position.required))
  if (isNegative(worth) || isZero(required) || isZero(requirement)) return live.map(() => zero)
  const whole = divideFloor(multiply(worth, required), requirement, places)
  return apportion(max(zero, min(whole, floor(closed, places))), weightsOf(live), places)
}
