import { decimal } from '@novation/decimal'
import { type EventData, parseTime } from '@novation/events'
import type { Book } from './book'
import type { Filled, Identity } from './identity'

/** How one order of an account is named among those of all: no id has a slash. */
export const orderName = (account: string, order: string): string => `${account}/${order}`

/** To forget orders means to look at all of them, so it is done once an hour at most. */
const sweep_ms = 3_600_000

/** An order whose time is over is filled no more, whoever shows it: nobody need know how far it was. */
const sweep = (book: Book, identity: Identity): void => {
  if (book.at < identity.sweptAt + sweep_ms) return
  for (const [digest, { until }] of identity.fills)
    if (until < book.at) book.remove<Identity>(identity, 'fills', digest)
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
