import { format } from '@novation/decimal'
import type { Book } from '../state/book'
import { accountIn, eventsOf, type Law } from './append'
import { isRelief } from './fills'
import { type AfterBids, afterBids, type BidData } from './try-bids'

const shares = (before: Book, one: string, other: string): boolean =>
  [...accountIn(before, one).positions.keys()].some((id) => accountIn(before, other).positions.has(id))

/** Of two who are put up at once it changes neither’s loss who is bid for first, where the fund pays no premium. */
export const theOrderChangesNothing: Law = ({ before, events }) => {
  const [fill, ...more] = eventsOf(events, 'Liquidated')
  if (fill === undefined || more.length > 0) return undefined
  const { account, bidder, liquidation } = fill.data
  const bidOn = (on: string): BidData => ({ liquidation: on, bidder, fraction: '1' })
  // What is taken back comes into the map anew, at its end: whoever tries bids while going through it never gets there.
  for (const [id, name] of [...before.liquidations]) {
    if (id === liquidation || name === bidder || shares(before, account, name)) continue
    const left = ({ events: made, worth }: AfterBids) =>
      eventsOf(made, 'InsuranceDrawn').length > 0 ||
      eventsOf(made, 'Liquidated').some(({ data }) => isRelief(before, data))
        ? undefined
        : [worth(account), worth(name)].map(format).join(' and ')
    const [so, otherwise] = [
      [bidOn(liquidation), bidOn(id)],
      [bidOn(id), bidOn(liquidation)],
    ].map((bids) => afterBids(before, fill.at, bids, left))
    if (so !== undefined && otherwise !== undefined && so !== otherwise)
      return `${account} and ${name} are left with ${so}, and in the other order with ${otherwise}`
  }
  return undefined
}
