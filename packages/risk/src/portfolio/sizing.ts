import {
  add,
  atMost,
  type Decimal,
  greaterThan,
  isNegative,
  isPositive,
  lessThan,
  min,
  multiply,
  one,
  whole,
  zero,
} from '@novation/decimal'
import type { Item, Offer } from '../fill'
import { leastFraction, quantitiesAt, valueAt, valueLeft } from '../fractions'
import { fewest, lotsOf, quantityOf } from '../lots'
import { portfolioFillCost } from './fill'

/** What an account stands for once so much of it is dealt in, before the fill is paid. */
export interface After {
  /** R', rounded as the account's is. */
  readonly requirement: Decimal
  /** R' before rounding: by it one sees in which direction it falls. */
  readonly exact: Decimal
  /** What it lacks to its target; not above zero where it stands there. */
  readonly lacks: Decimal
}

/** Whether the account stands at its target once a fill is paid, whoever makes it: as if all of it were new risk to the bidder. */
const restores = (offer: Offer, { requirement, lacks }: After, notional: Decimal): boolean => {
  const cost = portfolioFillCost(offer, { requirement, grows: whole(one), notional })
  return cost !== undefined && atMost(add(lacks, add(cost.pays, cost.charge)), zero)
}

/** Everything that is live of an account of portfolio margin under liquidation. */
export interface PortfolioSizing {
  readonly offer: Offer
  /** In the order of the lists of quantities. */
  readonly items: readonly Item[]
  readonly after: (taken: readonly Decimal[]) => After
  /** Live value below this is not worth leaving: all of it goes along. Zero but for a breach. */
  readonly dust: Decimal
}

/**
 * What a bid for a fraction of everything takes of each item: the least number of millionths at which the account is restored,
 * each item up to a lot and none first, for a part of a hedge is no hedge. Everything where none restores it (as none does that
 * would raise the requirement), where it is below zero, and where what would stay is below the dust; at most what is asked.
 */
export const portfolioFraction = (
  { offer, items, after, dust }: PortfolioSizing,
  asked: Decimal,
): readonly Decimal[] => {
  const at = (fraction: Decimal): readonly Decimal[] => quantitiesAt(items, fraction)
  if (isNegative(offer.worth)) return at(asked)
  const least = leastFraction((fraction) => {
    const taken = at(fraction)
    return restores(offer, after(taken), valueAt(items, taken))
  })
  const taken = at(least)
  const isAll = lessThan(valueLeft(items, taken), dust)
  return at(min(asked, isAll ? one : least))
}

/** One thing that is dealt in by lots, of a position held or as a hedge. */
export interface PortfolioLots {
  readonly offer: Offer
  readonly lot: Decimal
  /** N of one of it. */
  readonly unitValue: Decimal
  /** By how much is dealt in, above zero whichever side it is. */
  readonly after: (quantity: Decimal) => After
}

/**
 * How much of a position, or of a hedge at the mark, a bid on it alone may deal in, at most `most`: the fewest lots that restore
 * the account, and where none do, as many as lower its requirement. (A requirement is convex in a quantity: it falls to one
 * turning point and rises beyond, so both are found by bisection.) 0 where the first lot lowers nothing: no reduction.
 */
export const portfolioLots = ({ offer, lot, unitValue, after }: PortfolioLots, most: Decimal): Decimal => {
  if (!isPositive(most)) return zero
  const all = lotsOf(whole(most), lot)
  const quantity = (lots: bigint): Decimal => quantityOf(lots, lot, most)
  const exact = (lots: bigint): Decimal => after(quantity(lots)).exact
  const falls = (lots: bigint): boolean => lots < all && lessThan(exact(lots + 1n), exact(lots))
  if (!falls(0n)) return zero
  const lowest = fewest(all, (lots) => !falls(lots))
  return quantity(fewest(lowest, (lots) => restores(offer, after(quantity(lots)), multiply(quantity(lots), unitValue))))
}

/**
 * How much of a position of a portfolio is no hedge, for deleveraging: where its contribution is above 0, the most lots without
 * which the account's margin is no larger (`marginAfter`, by what is closed), else nothing.
 */
export const portfolioUnhedged = (
  position: { readonly held: Decimal; readonly lot: Decimal; readonly contribution: Decimal },
  margin: Decimal,
  marginAfter: (closed: Decimal) => Decimal,
): Decimal => {
  const { held, lot, contribution } = position
  if (!isPositive(contribution)) return zero
  const all = lotsOf(whole(held), lot)
  // The fewest that raise it, less one; all where even all of it do not.
  const raises = (lots: bigint): boolean => lots > all || greaterThan(marginAfter(quantityOf(lots, lot, held)), margin)
  return quantityOf(fewest(all + 1n, raises) - 1n, lot, held)
}
