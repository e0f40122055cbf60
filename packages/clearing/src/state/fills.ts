import { decimal } from '@novation/decimal'
import { type EventData, type Millis, parseTime } from '@novation/events'
import type { Book } from './book'
import type { Filled, Identity } from './identity'

/** How one order of an account is named among those of all: no id has a slash. */
export const orderName = (account: string, order: string): string => `${account}/${order}`

/** To forget orders means to look at all of them, so it is done once an hour at most. */
const sweep_ms = 3_600_000

/** Of an order that was taken back without a word about its time: nobody knows what was signed under its name. */
const forEver = Number.MAX_SAFE_INTEGER

/** An order whose time is over is filled no more, whoever shows it: nobody need know how far it was, or that it was taken back. */
const sweep = (book: Book, identity: Identity): void => {
  if (book.at < identity.sweptAt + sweep_ms) return
  for (const [digest, { until }] of identity.fills)
    if (until < book.at) book.remove<Identity>(identity, 'fills', digest)
  for (const [name, until] of identity.cancelled)
    if (until < book.at) book.remove<Identity>(identity, 'cancelled', name)
  book.set<Identity, 'sweptAt'>(identity, 'sweptAt', book.at)
}

/** Notes how far orders are filled now. */
export const noteFills = (
  book: Book,
  identity: Identity,
  fills: Exclude<EventData<'TradeCleared'>['fills'], undefined>,
): void => {
  sweep(book, identity)
  for (const { digest, filled, until } of fills)
    book.put<Identity, Filled>(identity, 'fills', digest, { filled: decimal(filled), until: parseTime(until) })
}

/** Notes that an order was taken back: what was taken back before stays so. */
export const noteCancelled = (
  book: Book,
  identity: Identity,
  { account, order, until }: EventData<'OrderCancelled'>,
): void => {
  sweep(book, identity)
  const name = orderName(account, order)
  const to = until === undefined ? forEver : parseTime(until)
  book.put<Identity, Millis>(identity, 'cancelled', name, Math.max(to, identity.cancelled.get(name) ?? to))
}
