import type { Decimal } from '@novation/decimal'
import type { Millis } from '@novation/events'
import { type Valuation, valuationAt, valuationOf } from '@novation/risk'
import { lived } from './auction-clock'
import type { Book } from './book'
import { keepCountdowns } from './countdown'
import { isHalted } from './halted'
import { expiryOf, inputsAt, inputsOf, marketOf, seriesOf } from './markets'
import { followDebt } from './owing'
import type { Asset, Instrument } from './pool'
import type { Risk, Valuations } from './risk'
import { timingOf } from './timing'
import type { Held, Price } from './values'

// Options are not told a price: it follows from their underlying, each time that something of that changes.

/** When the oldest of what a mark is made of was seen, as if all were as fresh as long as a price is. */
const seenAt = (book: Book, asset: Asset, { underlying, expiry }: Instrument): Millis => {
  const own = { observedAt: asset.price?.observedAt ?? 0, tolerance_ms: timingOf(book, asset).priceTolerance_s * 1000 }
  const usual = book.parameters.priceTolerance_s * 1000
  const inputs = [own, ...inputsOf(book, underlying, expiry ?? 0)]
  return Math.min(...inputs.map(({ observedAt, tolerance_ms }) => observedAt + tolerance_ms)) - usual
}

/** Whether a price of the underlying is held, or a forward of it. */
const isAnyHeld = (book: Book, asset: Asset): boolean =>
  asset.held !== undefined ||
  [...(marketOf(book, asset.id)?.expiries.values() ?? [])].some(({ held }) => held !== undefined)

/** Underlyings that move together are moved through one set of steps: the most that any of them has. */
const stepsInForce = ({ risk }: Book, group: string | undefined): number | undefined => {
  if (group === undefined) return undefined
  const steps = [...(risk?.models.values() ?? [])].flatMap(({ terms }) =>
    terms.group?.name === group && terms.spot !== undefined ? [terms.spot.steps] : [],
  )
  return steps.length === 0 ? undefined : Math.max(...steps)
}

const valuationsOf = (book: Book, asset: Asset, price: Price): Valuations => {
  const terms = book.risk?.models.get(asset.id)?.terms
  const steps = stepsInForce(book, terms?.group?.name)
  const last = valuationOf(asset.id, inputsAt(book, asset, price.value), terms, steps)
  const at = (index: Decimal | undefined): Valuation | undefined => index && valuationAt(last, index)
  return {
    last,
    slow: at(price.slow),
    held: isAnyHeld(book, asset)
      ? valuationOf(asset.id, inputsAt(book, asset, asset.held?.value ?? price.value, true), terms, steps)
      : undefined,
    singles: new Map(),
  }
}

const setPrice = (book: Book, option: Instrument, price: Price): void => {
  if (option.stand.live || isHalted(option)) book.set(option, 'price', price)
  else keepCountdowns(book, option.holders, () => book.set(option, 'price', price))
}

const mark = (book: Book, asset: Asset, option: Instrument, { last, slow, held }: Valuations): void => {
  const series = seriesOf(option)
  const value = series && last.mark(series)
  if (series === undefined || value === undefined) return
  const observedAt = seenAt(book, asset, option)
  if (!Number.isFinite(observedAt)) return
  // Of what is as old as it was before, it has been said how far it has worn.
  const said = option.price?.observedAt === observedAt || isHalted(option) ? (option.price?.said ?? 0) : 0
  setPrice(book, option, {
    value,
    observedAt,
    said,
    ...lived(book, option),
    underlying: last.inputs.index,
    ...(slow === undefined ? {} : { slow: slow.mark(series) }),
  })
  const doubt = asset.held ?? expiryOf(book, asset.id, series.expiry_ms)?.held
  hold(book, option, doubt, doubt && held?.mark(series))
}

type Doubt = Pick<Held, 'since' | 'observedAt'>

/** While a price of the underlying is held, or the forward, so is what follows from it. */
const hold = (book: Book, option: Instrument, doubt: Doubt | undefined, value: Decimal | undefined): void => {
  if (value === undefined && option.held === undefined) return
  const next =
    doubt === undefined || value === undefined ? undefined : { value, since: doubt.since, observedAt: doubt.observedAt }
  if (option.held === undefined || next === undefined)
    keepCountdowns(book, option.holders, () => book.set(option, 'held', next))
  else book.set(option, 'held', next)
  for (const holder of option.holders) followDebt(book, holder)
}

/** What an underlying is valued by, made anew: each is good for one state of its market. */
const revalue = (book: Book, asset: Asset | undefined): Valuations | undefined => {
  const { risk } = book
  if (risk === undefined || asset?.price === undefined || marketOf(book, asset.id) === undefined) return undefined
  const valuations = valuationsOf(book, asset, asset.price)
  book.put<Risk, Valuations>(risk, 'valuations', asset.id, valuations)
  return valuations
}

/** The same of all there are, where no mark has changed. */
export const revalueAll = (book: Book): void => {
  for (const underlying of book.risk?.markets.keys() ?? []) void revalue(book, book.assets.get(underlying))
}

/** What follows from an underlying is worked out anew: after each event that changes it, and after none that does not. */
export const remark = (book: Book, underlying: string): void => {
  const asset = book.assets.get(underlying)
  const valuations = revalue(book, asset)
  if (asset === undefined || valuations === undefined) return
  for (const option of book.instruments.values())
    if (option.underlying === underlying && option.option !== undefined && !option.fixed && !option.settled)
      mark(book, asset, option, valuations)
}

/** How long anything is fresh has changed. */
export const remarkAll = (book: Book): void => {
  for (const underlying of book.risk?.markets.keys() ?? []) remark(book, underlying)
}
