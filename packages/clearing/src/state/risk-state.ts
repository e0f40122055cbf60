import { decimal, zero } from '@novation/decimal'
import { type EventData, type Millis, parseTime } from '@novation/events'
import type { Surface, VolatilityTerms } from '@novation/risk'
import type { Book } from './book'
import { isDated } from './expiries'
import { coveredNow, windowOf } from './fixing-window'
import { expiryName, expiryOf, forwardNow, marketOf } from './markets'
import { remark, remarkAll } from './marks'
import type { Asset, Instrument, Pool } from './pool'
import {
  type CurveNow,
  type ExpiryNow,
  type MarketNow,
  type ModelOf,
  modelOf,
  newExpiry,
  newRisk,
  noMarket,
  type Risk,
} from './risk'

// What events change of what options are marked and margined by.

const riskOf = (book: Book): Risk => {
  if (book.risk === undefined) book.set<Book, 'risk'>(book, 'risk', newRisk())
  if (book.risk === undefined) throw new RangeError('a pool has no models')
  return book.risk
}

const putMarket = (book: Book, underlying: string, market: MarketNow): void =>
  book.put<Risk, MarketNow>(riskOf(book), 'markets', underlying, market)

/** An expiry changes; of one that nobody knew, the index counts from now on at the earliest. */
export const setExpiry = (book: Book, underlying: string, at: Millis, change: Partial<ExpiryNow>): void => {
  const market = marketOf(book, underlying) ?? noMarket
  const isLate = book.at > windowOf(book, at).from
  const covered = isLate ? { to: book.at, covered_ms: 0, integral: zero } : undefined
  const expiry = market.expiries.get(expiryName(at)) ?? { ...newExpiry(at), covered, counted: covered }
  putMarket(book, underlying, {
    ...market,
    expiries: new Map([...market.expiries, [expiryName(at), { ...expiry, ...change }]]),
  })
}

/** Whatever is dated and follows an underlying that has a model is settled at what that came to over the time before. */
const openExpiry = (book: Book, instrument: Instrument): void => {
  const { underlying, expiry, option } = instrument
  if (
    expiry === undefined ||
    !isDated(instrument) ||
    !(option !== undefined || book.risk?.models.has(underlying) === true)
  )
    return
  if (expiryOf(book, underlying, expiry) === undefined) setExpiry(book, underlying, expiry, {})
}

export const followListed = (book: Book, instrument: Instrument): void => {
  if (instrument.option === undefined && book.risk === undefined) return
  openExpiry(book, instrument)
  remark(book, instrument.underlying)
}

/** Before the price of an underlying changes, what it was until now is counted to what expires soon. */
export const coverExpiries = (book: Book, asset: Asset): void => {
  const market = marketOf(book, asset.id)
  if (market === undefined) return
  putMarket(book, asset.id, { ...market, expiries: withCovered(book, asset, market, 'covered') })
}

/** The expiries of a market, with what of its last stretch each has covered by now put down under one of both names. */
const withCovered = (
  book: Book,
  asset: Asset | undefined,
  { expiries }: MarketNow,
  name: 'covered' | 'counted',
): MarketNow['expiries'] => {
  const open = [...expiries.values()].filter(
    ({ at, fixing }) => fixing === undefined && book.at > windowOf(book, at).from,
  )
  if (asset === undefined || open.length === 0) return expiries
  const covered = open.map((expiry): [string, ExpiryNow] => [
    expiryName(expiry.at),
    { ...expiry, [name]: coveredNow(book, asset, expiry, book.at) },
  ])
  return new Map([...expiries, ...covered])
}

/** Time goes on for the marks of an underlying. */
const passTime = (book: Book, underlying: string): void => {
  const market = marketOf(book, underlying) ?? noMarket
  const expiries = withCovered(book, book.assets.get(underlying), market, 'counted')
  putMarket(book, underlying, { ...market, asOf: book.at, expiries })
}

/** A market event of an underlying: its marks are made anew. */
const touch = (book: Book, underlying: string): void => {
  passTime(book, underlying)
  remark(book, underlying)
}

export const applyRiskModel = (book: Book, { model }: EventData<'RiskModelSet'>): void => {
  const risk = riskOf(book)
  book.put<Risk, ModelOf>(risk, 'models', model.underlying, modelOf(model))
  for (const instrument of book.instruments.values())
    if (instrument.underlying === model.underlying && !instrument.settled) openExpiry(book, instrument)
  passTime(book, model.underlying)
  // Those that move together with it, or did, may have another grid now.
  remarkAll(book)
}

export const applyForward = (
  book: Book,
  { underlying, expiry, price, index, observedAt }: EventData<'ForwardTick'>,
): void => {
  const forward = { price: decimal(price), index: decimal(index), observedAt: parseTime(observedAt) }
  setExpiry(book, underlying, parseTime(expiry), { forward, held: undefined })
  touch(book, underlying)
}

/** While a forward is held the last one stays, and time with it. */
export const applyForwardHeld = (
  book: Book,
  { underlying, expiry, price, index, observedAt, since }: EventData<'ForwardHeld'>,
): void => {
  const held = {
    price: decimal(price),
    index: decimal(index),
    observedAt: parseTime(observedAt),
    since: parseTime(since),
  }
  setExpiry(book, underlying, parseTime(expiry), { held })
  remark(book, underlying)
}

/** The surface of an event or a command, read into decimals; nothing where it is neither five numbers nor points. */
export const volatilityOf = ({
  svi,
  points,
}: Pick<EventData<'VolatilityTick'>, 'svi' | 'points'>): VolatilityTerms | undefined => {
  if (points !== undefined)
    return {
      points: points.map(({ strike, volatility }) => ({ strike: decimal(strike), volatility: decimal(volatility) })),
    }
  if (svi === undefined) return undefined
  const { a, b, rho, m, sigma } = svi
  return { svi: { a: decimal(a), b: decimal(b), rho: decimal(rho), m: decimal(m), sigma: decimal(sigma) } }
}

/** A surface fixed for the present: by the forward as it is now, and the time that is left. */
export const fixedSurface = (
  book: Pick<Pool, 'risk' | 'parameters' | 'at' | 'assets' | 'oracle'>,
  underlying: string,
  at: Millis,
  volatility: VolatilityTerms,
): Surface | undefined => {
  const asset = book.assets.get(underlying)
  const forward = asset && forwardNow(asset, expiryOf(book, underlying, at))
  return forward === undefined ? undefined : { volatility, forward, tau_ms: at - book.at }
}

export const applyVolatility = (
  book: Book,
  { underlying, expiry, observedAt, ...said }: EventData<'VolatilityTick'>,
): void => {
  const at = parseTime(expiry)
  const volatility = volatilityOf(said)
  const surface = volatility && fixedSurface(book, underlying, at, volatility)
  if (surface === undefined) throw new RangeError(`a surface of ${underlying} has neither shape nor forward`)
  setExpiry(book, underlying, at, { volatility: { surface, observedAt: parseTime(observedAt) } })
  touch(book, underlying)
}

export const applyCurve = (book: Book, { curve, points, observedAt }: EventData<'CurveTick'>): void => {
  const risk = riskOf(book)
  const read = points.map(({ days, discount }) => ({ days, discount: decimal(discount) }))
  book.put<Risk, CurveNow>(risk, 'curves', curve, { points: read, observedAt: parseTime(observedAt) })
  for (const [underlying, { said }] of risk.models) if (said.curve === curve) touch(book, underlying)
}

/** The price of an underlying has changed. */
export const followIndex = (book: Book, asset: Asset): void => {
  if (marketOf(book, asset.id) !== undefined) touch(book, asset.id)
}
