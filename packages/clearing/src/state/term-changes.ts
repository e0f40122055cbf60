import { type Decimal, decimal, greaterThan, lessThan, max } from '@novation/decimal'
import { type EventData, type Millis, parseTime } from '@novation/events'
import type { Book } from './book'
import { tieredTerms } from './margin-terms'
import type { Asset, Instrument, Pool } from './pool'
import type { Former } from './values'

// Terms that are raised restrict and call at once, and liquidate nobody before a call that they bring about has run out.

type Changing = Instrument | Asset

/** From when on what is raised now counts in full. */
export const noticeUntil = ({ at, parameters }: Pick<Pool, 'at' | 'parameters'>): Millis =>
  at + parameters.callPeriod_s * 1000

/** When the next notice of its terms is over, if there is any. */
export const nextTerms = ({ former }: Changing): Millis | undefined =>
  former.length === 0 ? undefined : Math.min(...former.map(({ until }) => until))

const setFormer = (book: Book, changing: Changing, former: readonly Former<unknown>[]): void =>
  book.set<Changing, 'former'>(changing, 'former', former as Changing['former'])

/** What is required for a coin rises: what it was counts still, and what was more than that for no longer counts no more. */
const noteCut = (book: Book, asset: Asset, cut: Decimal, until: Millis): void => {
  const was = asset.stand.cut
  if (asset.settlement || !greaterThan(cut, was)) return
  const others = asset.former.filter((other) => lessThan(other.was, was) || other.until > until)
  setFormer(book, asset, [...others, { was, until }])
}

const feeOf = ({ parameters }: Pool): Decimal => decimal(parameters.liquidation.fee)

/** A pool's fee that rises raises what is required for each coin whose haircut is no more than that. */
export const noteFee = (book: Book, fee: Decimal): void => {
  for (const asset of book.assets.values()) noteCut(book, asset, max(asset.haircut, fee), noticeUntil(book))
}

export const applyAssetParameters = (
  book: Book,
  { asset: id, haircut, from, cap, coinShare }: EventData<'AssetParametersSet'>,
): void => {
  const asset = book.assets.get(id)
  if (asset === undefined) throw new RangeError(`an event names ${id}, which was never registered`)
  if (haircut !== undefined) {
    if (from !== undefined) noteCut(book, asset, max(decimal(haircut), feeOf(book)), parseTime(from))
    book.set(asset, 'haircut', decimal(haircut))
  }
  if (cap !== undefined) book.set(asset, 'cap', decimal(cap))
  if (coinShare !== undefined) book.set(asset, 'coinShare', decimal(coinShare))
}

export const applyInstrumentParameters = (
  book: Book,
  { instrument: id, margin, from, liquidation }: EventData<'InstrumentParametersSet'>,
): void => {
  const instrument = book.instruments.get(id)
  if (instrument === undefined) throw new RangeError(`an event names instrument ${id}, which was never listed`)
  if (margin !== undefined) {
    if (from !== undefined)
      setFormer(book, instrument, [...instrument.former, { was: instrument.margin, until: parseTime(from) }])
    book.set(instrument, 'margin', tieredTerms(margin))
  }
  if (liquidation !== undefined) book.set(instrument, 'liquidation', liquidation)
}

/** Time has come for terms that were raised: what was before counts no more. */
export const endNotice = (book: Book, id: string): void => {
  const changing: Changing | undefined = book.instruments.get(id) ?? book.assets.get(id)
  if (changing === undefined) throw new RangeError(`an event names the terms of ${id}, which is not known`)
  setFormer(
    book,
    changing,
    changing.former.filter(({ until }) => until > book.at),
  )
}
