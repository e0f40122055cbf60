import { type Decimal, decimal, zero } from '@novation/decimal'
import type { EventData, Millis, PoolParameters } from '@novation/events'
import type { Book } from './book'
import { noteGain, noteGainAt } from './gains'
import type { Account, Instrument } from './pool'
import type { RecentTrade, SideBefore } from './values'

/** How long a trade may be busted. */
export const bustPeriod_ms = ({ bust_s = 3600 }: Pick<PoolParameters, 'bust_s'>): Millis => bust_s * 1000

/** What cannot be busted any more is forgotten: to look at all of them is done once in that time at most. */
const sweep = (book: Book): void => {
  if (book.at < book.sweptAt + bustPeriod_ms(book.parameters)) return
  for (const [trade, { until }] of book.recentTrades) if (until < book.at) book.remove(book, 'recentTrades', trade)
  book.set(book, 'sweptAt', book.at)
}

const sideBefore = (account: Account | undefined, { id }: Instrument): SideBefore => {
  if (account === undefined) throw new RangeError('a trade names an account that was never opened')
  const { quantity: held = zero, cash = zero, crowding = zero } = account.positions.get(id) ?? {}
  return { account: account.id, held, cash, crowding }
}

/** Remembers a trade that is being cleared: nothing of it has been booked yet. Until when it may be busted is fixed with it. */
export const rememberTrade = (
  book: Book,
  { trade, instrument: id, buyer, seller, quantity, price }: EventData<'TradeCleared'>,
): void => {
  sweep(book)
  const [instrument, period_ms] = [book.instruments.get(id), bustPeriod_ms(book.parameters)]
  if (instrument === undefined) throw new RangeError(`a trade names instrument ${id}, which was never listed`)
  if (period_ms === 0) return
  book.put<Book, RecentTrade>(book, 'recentTrades', trade, {
    instrument: id,
    quantity: decimal(quantity),
    price: decimal(price),
    buyer: sideBefore(book.accounts.get(buyer), instrument),
    seller: sideBefore(book.accounts.get(seller), instrument),
    revision: book.revision + 1,
    at: book.at,
    until: book.at + period_ms,
    busted: false,
  })
}

type BustedSide = EventData<'TradeBusted'>['sides'][number]

/** What the trade had realised is no gain of the cycle in which it was made; what is realised now is one of this. */
const takeBack = (book: Book, instrument: string, { at }: RecentTrade, side: BustedSide): void => {
  const account = book.accounts.get(side.account)
  if (account === undefined) throw new RangeError(`a trade is busted for ${side.account}, which was never opened`)
  noteGainAt(book, account, instrument, decimal(side.reversed), at)
  noteGain(book, account, instrument, decimal(side.realised))
  const position = account.positions.get(instrument)
  const crowding: Decimal = decimal(side.crowding ?? '0')
  if (position !== undefined) book.set(position, 'crowding', crowding)
}

export const applyBusted = (book: Book, { trade, instrument, sides }: EventData<'TradeBusted'>): void => {
  const cleared = book.recentTrades.get(trade)
  if (cleared === undefined) throw new RangeError(`trade ${trade} is busted, of which nothing is known`)
  for (const side of sides) takeBack(book, instrument, cleared, side)
  book.put<Book, RecentTrade>(book, 'recentTrades', trade, { ...cleared, busted: true })
}
