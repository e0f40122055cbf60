import { type Account, type Book, type Health, healthOf, type Instrument } from '@novation/clearing'
import {
  abs,
  add,
  atLeast,
  type Decimal,
  decimal,
  format,
  greaterThan,
  integer,
  isNegative,
  lessThan,
  max,
  multiply,
  negate,
  one,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'
import type { Law } from './law'

type Fill = Extract<LedgerEvent, { type: 'Liquidated' }>

const topRate = ({ margin }: Instrument): Decimal => margin.tiers.at(-1)?.maintenance ?? zero

/** What two lots of each position, and the last cents, come to in margin: so much a bid may be off. */
const allowance = ({ positions }: Health, factor: Decimal): Decimal =>
  add(
    multiply(
      integer(2),
      sum(
        positions.map(({ instrument, mark }) =>
          multiply(
            multiply(instrument.lot, multiply(mark, instrument.multiplier)),
            multiply(factor, topRate(instrument)),
          ),
        ),
      ),
    ),
    decimal('0.05'),
  )

/**
 * A bid is sized as if all of it were new risk to its bidder's owner: who closes his own position by it is promised less than
 * that, by no more than the whole premium, and leaves the account so much better off.
 */
const spared = (
  before: Book,
  { data: { account, bidder, closed, payment } }: Fill,
  { maintenance }: Health,
): Decimal => {
  const owner = before.accounts.get(bidder)?.owner
  const premium = before.accounts.get(account)?.liquidation?.terms.premium ?? '0'
  const closesHisOwn = closed.some(({ instrument, quantity }) =>
    [...(owner?.accounts ?? [])].some(({ positions }) =>
      isNegative(multiply(positions.get(instrument)?.quantity ?? zero, negate(decimal(quantity)))),
    ),
  )
  return closesHisOwn ? max(zero, subtract(multiply(decimal(premium), maintenance), decimal(payment))) : zero
}

/** What would be left, had only a part of what was closed been closed. */
const leftBy = (book: Book, account: Account, { closed }: Fill['data'], part: Decimal): Health =>
  book.rehearse(() => {
    for (const { instrument, quantity } of closed) {
      const position = account.positions.get(instrument)
      if (position !== undefined)
        book.set(position, 'quantity', add(position.quantity, multiply(part, decimal(quantity))))
    }
    return healthOf(book, account)
  })

const parts = ['0.2', '0.4', '0.6', '0.8', '0.9'].map(decimal)

/** That so little would be left of an account that a bid closes it too, needed or not. */
const isDust = ({ positions }: Health, dust: string): boolean =>
  lessThan(sum(positions.map(({ value }) => abs(value))), decimal(dust))

/**
 * risk 4.2: what a bid closes brings the account to its buffer, and at most two lots of each position beyond; and no
 * part of it, at its part of the cost, would have been enough and left more than dust. So a whole close is held against
 * what less would have done.
 */
export const noLargerThanNeeded: Law = ({ before, after, events }) => {
  const fill = events.find((event) => event.type === 'Liquidated')
  const held = before.accounts.get(fill?.data.account ?? '')
  const terms = held?.liquidation?.terms
  const account = after.accounts.get(fill?.data.account ?? '')
  if (fill?.data.solvent !== true || held === undefined || terms === undefined || account === undefined)
    return undefined
  const [was, is] = [healthOf(before, held), healthOf(after, account)]
  const factor = add(one, decimal(terms.buffer))
  const most = sum([multiply(factor, is.maintenance), allowance(was, factor), spared(before, fill, was)])
  // A bidder may leave less than the rule ever would: where just enough leaves dust, everything may be asked for.
  if (is.positions.length > 0 && !isDust(is, terms.dust) && greaterThan(is.worst, most))
    return `${account.id} stands at ${format(is.worst)} after the fill, where ${format(most)} was enough`
  const cost = subtract(was.equity, is.equity)
  const enough = parts.find((part) => {
    const left = leftBy(before, held, fill.data, part)
    const needed = add(multiply(factor, left.maintenance), allowance(was, factor))
    return !isDust(left, terms.dust) && atLeast(subtract(was.worst, multiply(part, cost)), needed)
  })
  return enough === undefined
    ? undefined
    : `closing ${format(enough)} of what was closed would have brought ${account.id} to its buffer`
}
