import { add, type Decimal, decimal, equals, floor, format, isZero, multiply, sum, zero } from '@novation/decimal'
import type { LedgerEventOf, Posting } from '@novation/events'
import { trader } from '../state/names'
import type { Account, Pool, Position } from '../state/pool'
import { settlementPlaces } from '../state/worth'
import { accountIn, eventsOf, type Law } from './append'
import { finalPrice, isOfExpiry } from './payoff'

interface Paid {
  readonly account: string
  readonly instrument: string
}

/** By account, in the order in which they are named. */
const byAccount = <P extends Paid>(positions: readonly P[]): ReadonlyMap<string, readonly P[]> => {
  const of = new Map<string, P[]>()
  for (const position of positions) of.set(position.account, [...(of.get(position.account) ?? []), position])
  return of
}

/** What an event pays into an account in cash. */
const paidInto = (pool: Pool, postings: readonly Posting[], { id }: Account): Decimal =>
  sum(
    postings
      .filter(({ account, asset }) => account === trader(id) && asset === pool.settlementAsset)
      .map(({ amount }) => decimal(amount)),
  )

const broughtAt = ({ quantity, cash, instrument }: Position, price: Decimal): Decimal =>
  add(cash, multiply(quantity, multiply(price, instrument.multiplier)))

/** How one account is settled otherwise than it should be, or nothing. */
const wronglySettled = (
  pool: Pool,
  { data, postings }: LedgerEventOf<'ExpirySettled'>,
  account: Account,
  named: LedgerEventOf<'ExpirySettled'>['data']['positions'],
): string | undefined => {
  const held = [...account.positions.values()].filter(({ instrument }) => isOfExpiry(pool, instrument.id, data))
  const places = settlementPlaces(pool)
  const brought = held.map((position) => broughtAt(position, finalPrice(position.instrument, decimal(data.price))))
  for (const [i, { instrument, quantity }] of held.entries()) {
    const told = named.find((each) => each.instrument === instrument.id)
    if (told === undefined) return `${account.id} is left with ${instrument.id} when its other series are settled`
    const realised = floor(brought[i] ?? zero, places)
    if (!equals(decimal(told.quantity), quantity) || !equals(decimal(told.realised), realised))
      return `${instrument.id} is said to bring ${account.id} ${told.realised}, and brings ${format(realised)}`
  }
  const [paid, due] = [paidInto(pool, postings, account), floor(sum(brought), places)]
  return equals(paid, due)
    ? undefined
    : `${account.id} is paid ${format(paid)} for an expiry that brings ${format(due)}`
}

/**
 * Whoever holds anything of an expiry leaves all of it at once, each series at what it comes to at the price of the underlying,
 * and is paid all of it together, rounded once: so it does not matter in which order series stand.
 */
export const expiriesAreSettledWhole: Law = ({ before, events }) => {
  for (const event of eventsOf(events, 'ExpirySettled')) {
    for (const [id, named] of byAccount(event.data.positions)) {
      const wrong = wronglySettled(before, event, accountIn(before, id), named)
      if (wrong !== undefined) return wrong
    }
  }
  return undefined
}

/** What is made cash of a position is what it has come to at the mark, in whole units; the position stays, and so does what it is worth. */
export const variationsAreWhatPositionsCameTo: Law = ({ before, after, events }) => {
  for (const { data, postings } of eventsOf(events, 'VariationSettled')) {
    for (const [id, named] of byAccount(data.positions)) {
      const account = accountIn(before, id)
      for (const { instrument, amount } of named) {
        const position = account.positions.get(instrument)
        const mark = position?.instrument.price?.value
        if (position === undefined || mark === undefined) return `${id} has no ${instrument} that anything came of`
        const due = floor(broughtAt(position, mark), settlementPlaces(before))
        if (!equals(decimal(amount), due)) return `${instrument} of ${id} came to ${format(due)}, and ${amount} is paid`
        const now = accountIn(after, id).positions.get(instrument)
        if (now === undefined || !equals(now.quantity, position.quantity))
          return `${id} does not keep its ${instrument}`
      }
      const paid = paidInto(before, postings, account)
      if (!equals(paid, sum(named.map(({ amount }) => decimal(amount)))))
        return `${id} is paid ${format(paid)}, and not what its positions came to`
    }
    if (data.positions.every(({ amount }) => isZero(decimal(amount)))) return 'nothing is made cash'
  }
  return undefined
}
