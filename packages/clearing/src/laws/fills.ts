import { add, decimal, format, isNegative, isPositive, lessThan, multiply } from '@novation/decimal'
import type { Command, EventData } from '@novation/events'
import type { Book } from '../state/book'
import { healthOf } from '../state/health'
import type { Pool } from '../state/pool'
import { accountIn, eventsOf, type Law, units, wouldDecide } from './append'

type Bid = EventData<'Liquidated'>

/** Whether it closes what the bidder's owner held the other way: that is no new risk, and less is promised for it. */
export const isRelief = (before: Pool, { bidder, closed }: Pick<Bid, 'bidder' | 'closed'>): boolean =>
  closed.some(({ instrument, quantity }) =>
    [...accountIn(before, bidder).owner.accounts].some(({ positions }) => {
      const held = positions.get(instrument)?.quantity
      return held !== undefined && isPositive(multiply(held, decimal(quantity)))
    }),
  )

/** Somebody who is worth something covers of what is still required no less than before: W+'/R' >= W+/R, to the unit. */
export const fillsHelp: Law = ({ before, after, events }) => {
  const [fill, ...more] = eventsOf(events, 'Liquidated')
  if (fill === undefined || more.length > 0) return undefined
  const [was, is] = [before, after].map((pool) => healthOf(pool, accountIn(pool, fill.data.account)))
  if (was === undefined || is === undefined || isNegative(was.best) || !isPositive(was.maintenance)) return undefined
  const slack = units(after, 2 + fill.data.closed.length)
  const [now, then] = [multiply(add(is.best, slack), was.maintenance), multiply(was.best, is.maintenance)]
  return lessThan(now, then)
    ? `${fill.data.account} was worth ${format(was.best)} over ${format(was.maintenance)}, and is worth ${format(is.best)} over ${format(is.maintenance)}`
    : undefined
}

type Data = Extract<Command, { type: 'BidLiquidation' }>['data']

/** What the account pays for a bid, and for how much; nothing where it is refused, relieves the bidder, or the fund pays too. */
const paidTo = (before: Book, at: string, data: Data): string | undefined => {
  const { decision, made } = wouldDecide(before, at, { type: 'BidLiquidation', actor: 'operator', data })
  const fill = made.find((event) => event.type === 'Liquidated')?.data as Bid | undefined
  const isPaid = made.some((event) => event.type === 'InsuranceDrawn')
  if (decision._tag === 'Left' || fill === undefined || isPaid || isRelief(before, fill)) return undefined
  const { closed, payment, charge, keptShare } = fill
  return JSON.stringify({
    closed: closed.map(({ instrument, quantity }) => [instrument, quantity]),
    payment,
    charge,
    keptShare,
  })
}

/** Whoever had bid the same in place of who did, the account would have lost the same. */
export const whoBidsChangesNothing: Law = ({ before, events }) => {
  const [first] = events
  const command = first?.metadata.command
  const [fill, ...more] = eventsOf(events, 'Liquidated')
  if (first === undefined || fill === undefined || more.length > 0 || command?.type !== 'BidLiquidation')
    return undefined
  const own = paidTo(before, first.at, command.data)
  if (own === undefined) return undefined
  for (const { id } of before.accounts.values()) {
    const other = id === fill.data.bidder ? undefined : paidTo(before, first.at, { ...command.data, bidder: id })
    if (other !== undefined && other !== own)
      return `${fill.data.account} pays ${own} to ${fill.data.bidder}, ${other} to ${id}`
  }
  return undefined
}
