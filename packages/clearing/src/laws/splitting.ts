import {
  abs,
  add,
  type Decimal,
  decimal,
  divideFloor,
  format,
  greaterThan,
  isPositive,
  lessThan,
  multiply,
  subtract,
  zero,
} from '@novation/decimal'
import type { LedgerEventOf } from '@novation/events'
import type { Book } from '../state/book'
import { accountIn, eventsOf, type Law, units } from './append'
import { type AfterBids, afterBids, type BidData } from './try-bids'

const two = decimal('2')

/** What came of a bid for all that was closed of one position, and of one in two halves; nothing where it has none, or one is turned down. */
const halves = (before: Book, { data, at }: LedgerEventOf<'Liquidated'>) => {
  const [closed, ...more] = data.closed
  const instrument = before.instruments.get(closed?.instrument ?? '')
  if (closed === undefined || more.length > 0 || instrument === undefined) return undefined
  const all = abs(decimal(closed.quantity))
  const half = multiply(divideFloor(all, multiply(instrument.lot, two), 0), instrument.lot)
  if (!isPositive(half)) return undefined
  const { liquidation, bidder } = data
  const bidFor = (quantity: Decimal): BidData => ({
    liquidation,
    bidder,
    instrument: instrument.id,
    quantity: format(quantity),
  })
  const look = ({ events, worth }: AfterBids) => ({
    account: worth(data.account),
    bidder: worth(bidder),
    closed: eventsOf(events, 'Liquidated').reduce(
      (sum, fill) => add(sum, abs(decimal(fill.data.closed[0]?.quantity ?? '0'))),
      zero,
    ),
  })
  const whole = afterBids(before, at, [bidFor(all)], look)
  const split = afterBids(before, at, [bidFor(half), bidFor(subtract(all, half))], look)
  return whole === undefined || split === undefined ? undefined : { all, whole, split }
}

/** Roundings of two fills: each pays, charges and rewards in whole units. */
const roundings = 8

/** What one bid takes at once brings whoever bids no more when it is made in two, and costs the account no more. */
export const splittingChangesNothing: Law = ({ before, events }) => {
  const [fill, ...more] = eventsOf(events, 'Liquidated')
  if (fill === undefined || more.length > 0 || eventsOf(events, 'CollateralSold').length > 0) return undefined
  if (accountIn(before, fill.data.account).liquidation?.cause !== undefined) return undefined
  const both = halves(before, fill)
  if (both === undefined || lessThan(both.split.closed, both.all) || lessThan(both.whole.closed, both.all))
    return undefined
  const { whole, split } = both
  const slack = units(before, roundings)
  const gained = subtract(split.bidder, whole.bidder)
  if (greaterThan(gained, slack)) return `${fill.data.bidder} earns ${format(gained)} more by bidding in two`
  const lost = subtract(whole.account, split.account)
  return greaterThan(lost, slack) ? `${fill.data.account} loses ${format(lost)} more where one bids in two` : undefined
}
