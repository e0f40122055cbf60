import { abs, add, type Decimal, max, subtract, sum, zero } from '@novation/decimal'
import { crowdingOf, meanCrowding } from '@novation/risk'
import { markOf } from '../state/health'
import type { Account, Instrument } from '../state/pool'
import { notionalAt } from '../state/reference'

/** Somebody whose position is about to change by a signed quantity. */
export interface Change {
  readonly account: Account
  readonly quantity: Decimal
}

const longOf = (quantity: Decimal): Decimal => max(quantity, zero)

/** By how much what is held long changes. */
const opened = (instrument: Instrument, { account, quantity }: Change): Decimal => {
  const held = account.positions.get(instrument.id)?.quantity ?? zero
  return subtract(longOf(add(held, quantity)), longOf(held))
}

/** By how much all of this together changes the open interest. */
export const openedBy = (instrument: Instrument, changes: readonly Change[]): Decimal =>
  sum(changes.map((change) => opened(instrument, change)))

/** How crowded an instrument is once all of this is done: for what positions grow by (c of the initial rate); 0 where nothing is scaled. */
export const crowdingAfter = (instrument: Instrument, changes: readonly Change[]): Decimal => {
  const scaling = instrument.margin.openInterestScaling
  if (scaling === undefined) return zero
  const interest = add(instrument.openInterest, openedBy(instrument, changes))
  return crowdingOf(scaling, notionalAt(instrument, interest, markOf(instrument)))
}

/** What a position keeps of it that has grown by so much. */
export const grownCrowding = (
  account: Account,
  instrument: Instrument,
  quantity: Decimal,
  crowding: Decimal,
): Decimal => {
  const held = account.positions.get(instrument.id)
  return held === undefined
    ? crowding
    : meanCrowding({ size: abs(held.quantity), crowding: held.crowding }, { size: abs(quantity), crowding })
}
