import { add, type Decimal, decimal, isZero, one, zero } from '@novation/decimal'
import { type EventData, parseTime } from '@novation/events'
import { lived } from './auction-clock'
import type { Book } from './book'
import { keepCountdowns } from './countdown'
import { type ExpiryOf, membersOf, owedOf, payoffOf } from './expiries'
import { noteGain } from './gains'
import { markSettled } from './market-state'
import { remark } from './marks'
import { followDebt } from './owing'
import type { Account, Instrument } from './pool'
import { setExpiry } from './risk-state'
import { noDefault } from './values'

// What events change of an expiry, once its price is known.

/** From now on the price of everything in it is final. */
const fix = (book: Book, instrument: Instrument, price: Decimal): void => {
  keepCountdowns(book, instrument.holders, () => {
    book.set(instrument, 'price', {
      value: payoffOf(instrument, price),
      observedAt: book.at,
      said: 0,
      ...lived(book, instrument),
      ...(instrument.option === undefined ? {} : { underlying: price }),
    })
    book.set(instrument, 'held', undefined)
    book.set(instrument, 'expired', true)
    book.set(instrument, 'since', book.at)
    book.set(instrument, 'fixed', true)
  })
  for (const holder of instrument.holders) followDebt(book, holder)
}

export const applyExpiryFixed = (book: Book, { underlying, expiry, price }: EventData<'ExpiryFixed'>): void => {
  setExpiry(book, underlying, parseTime(expiry), { fixing: decimal(price) })
  for (const instrument of membersOf(book, { underlying, expiry })) fix(book, instrument, decimal(price))
  remark(book, underlying)
}

type Settled = EventData<'ExpirySettled'>['positions'][number]

/** What each position of an account has brought; a debt that is left without a liquidation was made where it lost. */
export const noteExpirySettled = (book: Book, account: Account, positions: readonly Settled[]): void => {
  for (const { instrument, realised } of positions) noteGain(book, account, instrument, decimal(realised))
  if (account.owing === undefined || account.inDefault !== undefined) return
  const lost = positions.map(({ instrument, realised }): [string, Decimal] => [instrument, owedOf(decimal(realised))])
  const isLost = !isZero(lost.reduce((all, [, amount]) => add(all, amount), zero))
  const required = isLost ? lost : lost.map(([instrument]): [string, Decimal] => [instrument, one])
  book.set(account, 'inDefault', { ...noDefault, required: new Map(required) })
}

/** The positions of an event, of each account together. */
export const byAccount = (positions: readonly Settled[]): ReadonlyMap<string, readonly Settled[]> => {
  const of = new Map<string, Settled[]>()
  for (const position of positions) {
    const own = of.get(position.account)
    if (own === undefined) of.set(position.account, [position])
    else own.push(position)
  }
  return of
}

export const markExpirySettled = (book: Book, expiry: ExpiryOf): void => {
  for (const { id } of membersOf(book, expiry)) markSettled(book, id)
}
