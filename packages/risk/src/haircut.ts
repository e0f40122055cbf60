import {
  apportion,
  ceil,
  type Decimal,
  floor,
  isZero,
  lessThan,
  max,
  min,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import { byId } from './ids'

export interface Profit {
  readonly id: string
  readonly profit: Decimal
}

export interface Debt {
  readonly id: string
  readonly debt: Decimal
}

export interface Amount {
  readonly id: string
  readonly amount: Decimal
}

export interface Haircut {
  /** From whom, above zero each, in order of id. */
  readonly taken: readonly Amount[]
  /** To whom, above zero each, in order of id; sums to what is taken. */
  readonly given: readonly Amount[]
  /** What of the debts nobody could give. */
  readonly uncovered: Decimal
}

/**
 * The last layer of the waterfall: the debts D that are left are taken from profits pro rata. With W the sum of the
 * profits rounded down to units, everybody keeps `(W - D) / W` of theirs, rounded down, the single units that are left by
 * largest remainder, ties by id (so the rounded profit counts, not the profit: only then does the sum come out exactly).
 * Where W does not reach, all of it is taken and shared over the debts pro rata. Nobody gives more than their profit or
 * gets more than they are owed, a debt counting in whole units, rounded up. The order of the lists does not matter.
 */
export const haircut = (book: {
  readonly profits: readonly Profit[]
  readonly debts: readonly Debt[]
  readonly places: number
}): Haircut => {
  const { places } = book
  const profits = [...book.profits].sort(byId)
  const debts = [...book.debts].sort(byId)
  const givers = profits.map(({ profit }) => max(floor(profit, places), zero))
  const owed = debts.map(({ debt }) => max(ceil(debt, places), zero))
  const available = sum(givers)
  const total = sum(owed)
  const covered = min(available, total)

  const kept = apportion(subtract(available, covered), givers, places)
  return {
    taken: amounts(
      profits,
      givers.map((own, i) => subtract(own, kept[i] ?? zero)),
    ),
    given: amounts(debts, lessThan(covered, total) ? apportion(covered, owed, places) : owed),
    uncovered: subtract(total, covered),
  }
}

const amounts = (owners: readonly { readonly id: string }[], values: readonly Decimal[]): Amount[] =>
  owners.map(({ id }, i) => ({ id, amount: values[i] ?? zero })).filter(({ amount }) => !isZero(amount))
