import {
  add,
  atMost,
  compare,
  type Decimal,
  isNegative,
  isPositive,
  lessThan,
  min,
  multiply,
  one,
  subtract,
  whole,
  zero,
} from '@novation/decimal'
import { fillCost, type Item, type Offer } from './fill'
import { leastFraction, quantitiesAt, valueLeft } from './fractions'
import { fewest, lotsOf, quantityOf } from './lots'

/** An account under liquidation, what of it is live, and what its liquidation is to bring. */
export interface Sizing {
  readonly offer: Offer
  /** What may be dealt in, in the order of the lists of quantities. */
  readonly items: readonly Item[]
  /**
   * What the account lacks to its target once so much of each is taken, before the fill is paid: of a breach
   * `(1+b)*R' - W+`, of a call `IM' + H' - W+`, of a debit `-cash - sum of floor(taken*price)`.
   */
  readonly lacks: (taken: readonly Decimal[]) => Decimal
  /** Live value below this is not worth leaving: all of it goes along. Zero but for a breach. */
  readonly dust: Decimal
}

/** Whether the account stands at its target once so much of each is taken, whoever takes it: as if all were new risk to the bidder. */
export const restores = ({ offer, items, lacks }: Sizing, taken: readonly Decimal[]): boolean => {
  const parts = items.map((item, i) => ({ item, quantity: taken[i] ?? zero, grows: taken[i] ?? zero }))
  const { pays, charge } = fillCost(offer, parts)
  return atMost(add(lacks(taken), add(pays, charge)), zero)
}

/**
 * What a bid for a fraction of everything takes of each item that is live. The fraction is the least number of millionths
 * at which the account is restored, 1 where none restores it, where it is below zero, and where what would stay is below
 * the dust; at most what is asked. In those cases all items go at it, else the largest requirement first (ties as listed)
 * until the account is restored, and of the last the fewest lots.
 */
export const fractionQuantities = (sizing: Sizing, asked: Decimal): readonly Decimal[] => {
  const { items, offer, dust } = sizing
  const least = isNegative(offer.worth)
    ? one
    : leastFraction((fraction) => restores(sizing, quantitiesAt(items, fraction)))
  const all = isNegative(offer.worth) || lessThan(valueLeft(items, quantitiesAt(items, least)), dust)
  const most = quantitiesAt(items, min(asked, all ? one : least))
  return all ? most : untilRestored(sizing, most)
}

const untilRestored = (sizing: Sizing, most: readonly Decimal[]): readonly Decimal[] => {
  const taken = most.map(() => zero)
  for (const i of byRequirement(sizing.items)) {
    taken[i] = most[i] ?? zero
    if (!isPositive(taken[i] ?? zero) || !restores(sizing, taken)) continue
    taken[i] = fewestLots(sizing, taken, i, taken[i] ?? zero)
    break
  }
  return taken
}

const byRequirement = (items: readonly Item[]): readonly number[] =>
  items.map((_, i) => i).sort((i, j) => compare(items[j]?.required ?? zero, items[i]?.required ?? zero) || i - j)

/** The fewest lots of item `index`, up to `most`, that restore the account beside what is taken of the others; `most` where none do. */
const fewestLots = (sizing: Sizing, taken: readonly Decimal[], index: number, most: Decimal): Decimal => {
  const lot = sizing.items[index]?.lot ?? one
  const quantity = (lots: bigint): Decimal => quantityOf(lots, lot, most)
  return quantity(
    fewest(lotsOf(whole(most), lot), (lots) =>
      restores(
        sizing,
        taken.map((of, i) => (i === index ? quantity(lots) : of)),
      ),
    ),
  )
}

/**
 * How much of item `index` a bid on it alone may take: the fewest lots that restore the account, at most `most` (what of a
 * position is no hedge; of a coin all of it), and `most` where none do. Of an only item a rest below the dust goes along.
 */
export const restoringQuantity = (sizing: Sizing, index: number, most: Decimal): Decimal => {
  const item = sizing.items[index]
  if (item === undefined) throw new RangeError(`no item ${index}`)
  if (!isPositive(most) || isNegative(sizing.offer.worth)) return most
  const quantity = fewestLots(
    sizing,
    sizing.items.map(() => zero),
    index,
    most,
  )
  const rest = multiply(subtract(item.held, quantity), item.unitValue)
  return sizing.items.length === 1 && lessThan(rest, sizing.dust) ? most : quantity
}
