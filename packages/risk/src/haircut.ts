import { add, apportion, type Decimal, floor, isPositive, max, min, subtract, sum, zero } from '@novation/decimal'
import type { Amount } from './amounts'
import { byId } from './ids'
import { weightsOf } from './weights'

/** What of an account's worth another's default may reach: in all, and of each instrument at most so much. */
export interface Profit {
  readonly id: string
  readonly profit: Decimal
  readonly of: ReadonlyMap<string, Decimal>
}

/** What somebody still lacks, in whole units, and what the instruments required in which it was lost. */
export interface Debt {
  readonly id: string
  readonly amount: Decimal
  readonly instruments: readonly Amount[]
}

/** Taken from an account, of its profit in one instrument, or of all of it. */
export interface TakenProfit extends Amount {
  readonly instrument?: string
}

export interface Haircut {
  /** From whom, above zero each: by instrument, then by id; of all profit last. */
  readonly taken: readonly TakenProfit[]
  /** To whom, above zero each, in order of id; sums to what is taken. */
  readonly given: readonly Amount[]
  /** All profits, each rounded down: what could have been given. */
  readonly profits: Decimal
  /** What of the debts nobody could give. */
  readonly uncovered: Decimal
}

/** The debts split over the instruments in which they were made, by what each required (largest remainder). */
const byInstrument = (debts: readonly Debt[], places: number): ReadonlyMap<string, Decimal> => {
  const parts = new Map<string, Decimal>()
  for (const { amount, instruments } of debts) {
    if (instruments.length === 0) continue
    const sorted = [...instruments].sort(byId)
    const weights = weightsOf(sorted.map((of) => ({ required: of.amount, value: zero })))
    for (const [i, share] of apportion(amount, weights, places).entries()) {
      const id = sorted[i]?.id ?? ''
      parts.set(id, add(parts.get(id) ?? zero, share))
    }
  }
  return parts
}

/** Of what each has, W in all, `min(part, W)` is taken: everybody keeps `W - part` by what they have, the units by largest remainder. */
const takenFrom = (has: readonly Decimal[], part: Decimal, places: number): readonly Decimal[] => {
  const all = sum(has)
  const kept = apportion(subtract(all, min(part, all)), has, places)
  return has.map((own, i) => subtract(own, kept[i] ?? zero))
}

/**
 * The last layer of the waterfall for what profits can give: for each instrument, by id, the part of the debts that was
 * made in it is taken from the profits made in it, what is left from all profits. Nobody gives more than the profit, rounded
 * down, and so never principal nor what has stood; debts get by what each lacks, never more. The order of the lists does
 * not matter.
 */
export const haircut = (book: {
  readonly profits: readonly Profit[]
  readonly debts: readonly Debt[]
  readonly places: number
}): Haircut => {
  const { places } = book
  const givers = [...book.profits].sort(byId)
  const debts = [...book.debts].sort(byId)
  const left = givers.map(({ profit }) => max(floor(profit, places), zero))
  const profits = sum(left)
  const taken: TakenProfit[] = []
  const take = (part: Decimal, of: (giver: Profit) => Decimal, instrument?: string): Decimal => {
    const has = givers.map((giver, i) => min(left[i] ?? zero, max(floor(of(giver), places), zero)))
    const amounts = takenFrom(has, part, places)
    for (const [i, amount] of amounts.entries()) {
      if (!isPositive(amount)) continue
      left[i] = subtract(left[i] ?? zero, amount)
      taken.push({ id: givers[i]?.id ?? '', amount, ...(instrument === undefined ? {} : { instrument }) })
    }
    return sum(amounts)
  }

  let owed = sum(debts.map(({ amount }) => amount))
  for (const [instrument, part] of [...byInstrument(debts, places)].sort(([a], [b]) => (a < b ? -1 : 1)))
    owed = subtract(
      owed,
      take(part, ({ of }) => of.get(instrument) ?? zero, instrument),
    )
  owed = subtract(
    owed,
    take(owed, ({ profit }) => profit),
  )

  const shares = apportion(
    sum(taken.map(({ amount }) => amount)),
    debts.map(({ amount }) => amount),
    places,
  )
  const given = debts.map(({ id }, i) => ({ id, amount: shares[i] ?? zero })).filter(({ amount }) => isPositive(amount))
  return { taken, given, profits, uncovered: owed }
}
