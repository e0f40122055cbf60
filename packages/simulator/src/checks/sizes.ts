import { type Account, type Book, type Health, healthOf, type Liquidation, type Valued } from '@novation/clearing'
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
  unit,
  zero,
} from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'
import type { Law } from './law'

type Fill = Extract<LedgerEvent, { type: 'Liquidated' }>
type Sale = Extract<LedgerEvent, { type: 'CollateralSold' }>['data']

/** What a liquidation is to bring an account to, the margin of which it frees a share by each lot, and what is too little to leave. */
interface Aim {
  readonly needed: (health: Health) => Decimal
  readonly rate: 'initial' | 'maintenance'
  readonly factor: Decimal
  readonly dust: string
}

/** The buffer above maintenance margin where there is a breach, whatever it began with; initial margin after a call that was missed. */
const aimOf = ({ cause, terms }: Liquidation, was: Health): Aim => {
  const factor = add(one, decimal(terms.buffer))
  return cause === undefined || lessThan(was.best, was.maintenance)
    ? { needed: ({ maintenance }) => multiply(factor, maintenance), rate: 'maintenance', factor, dust: terms.dust }
    : { needed: ({ callLine }) => callLine, rate: 'initial', factor: one, dust: '0' }
}

/** The most that a unit of value may require: of initial margin, as crowded as the position is; by a model, all of its underlying. */
const topRate = ({ instrument: { margin, option }, crowding }: Valued, rate: Aim['rate']): Decimal => {
  if (option !== undefined) return one
  const top = margin.tiers.at(-1)?.[rate] ?? zero
  return rate === 'initial' ? add(top, multiply(crowding, subtract(one, top))) : top
}

/** What margin is a share of: the mark; of an option its underlying; of what may cost nothing or less its size, and of so much at the least. */
const refOf = ({ mark, instrument: { marginFloor, option, price } }: Valued): Decimal => {
  if (option !== undefined) return price?.underlying ?? mark
  return marginFloor === undefined ? mark : max(abs(mark), marginFloor)
}

/** What two lots of each position, and the last cents, come to in margin: so much a bid may be off. */
const allowance = ({ positions }: Health, { factor, rate }: Aim): Decimal =>
  add(
    multiply(
      integer(2),
      sum(
        positions.map((held) =>
          multiply(
            multiply(held.instrument.lot, multiply(refOf(held), held.instrument.multiplier)),
            multiply(factor, topRate(held, rate)),
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
  lessThan(sum(positions.map(({ notional }) => notional)), decimal(dust))

/** How much of a coin may be bid for at the least, in cash, twice: so much more than what was owed may come in for it. */
const coinsBeyond = ({ assets }: Book, { asset, price }: Sale): Decimal =>
  add(multiply(integer(2), multiply(decimal(price), unit(assets.get(asset)?.decimals ?? 0))), decimal('0.05'))

/** Where a debit is all that it is for: coins alone are sold, and hardly more of them than what is owed. */
const coinsForADebit = (after: Book, account: Account, sold: readonly Sale[], closed: number): string | undefined => {
  if (closed > 0) return `positions of ${account.id} are closed, which owes cash and nothing else`
  const [first, ...others] = sold
  if (first === undefined || others.length > 0) return undefined
  const cash = healthOf(after, account).collateral.cash
  return greaterThan(cash, coinsBeyond(after, first))
    ? `${account.id} has ${format(cash)} in cash after the sale, and only owed some before`
    : undefined
}

/**
 * House rules 3: what a bid closes brings the account to its target, and at most two lots of each position beyond; and no
 * part of it, at its part of the cost, would have been enough and left more than dust. So a whole close is held against
 * what less would have done.
 */
export const noLargerThanNeeded: Law = ({ before, after, events }) => {
  const fill = events.find((event) => event.type === 'Liquidated')
  const held = before.accounts.get(fill?.data.account ?? '')
  const open = held?.liquidation
  const account = after.accounts.get(fill?.data.account ?? '')
  if (fill?.data.solvent !== true || held === undefined || open === undefined || account === undefined) return undefined
  const [was, is] = [healthOf(before, held), healthOf(after, account)]
  if (open.cause === 'debit' && atLeast(was.best, was.maintenance)) {
    const sold = events.flatMap((event) => (event.type === 'CollateralSold' ? [event.data] : []))
    return coinsForADebit(after, account, sold, fill.data.closed.length)
  }
  const aim = aimOf(open, was)
  const off = add(allowance(was, aim), spared(before, fill, was))
  const most = add(aim.needed(is), off)
  // A bidder may leave less than the rule ever would: where just enough leaves dust, everything may be asked for.
  if (is.positions.length > 0 && !isDust(is, aim.dust) && greaterThan(is.worst, most))
    return `${account.id} stands at ${format(is.worst)} after the fill, where ${format(most)} was enough`
  const cost = subtract(was.equity, is.equity)
  const enough = parts.find((part) => {
    const left = leftBy(before, held, fill.data, part)
    const needed = add(aim.needed(left), off)
    return !isDust(left, aim.dust) && atLeast(subtract(was.worst, multiply(part, cost)), needed)
  })
  return enough === undefined
    ? undefined
    : `closing ${format(enough)} of what was closed would have brought ${account.id} to its target`
}
