import { type Decimal, format } from '@novation/decimal'
import { formatTime, type Millis } from '@novation/events'
import { saidOf, type Valuation, type VolatilityTerms } from '@novation/risk'
import {
  curveName,
  expiryName,
  forwardName,
  forwardNow,
  modelName,
  tolerancesOf,
  volatilityName,
} from '../state/markets'
import type { Asset, Instrument, Pool } from '../state/pool'
import type { ExpiryNow, MarketNow } from '../state/risk'

/** A fact that options are valued by: when it was seen, whether that is too long ago, and which event told it last. */
interface Fact {
  readonly observedAt: string
  readonly stale: boolean
  readonly revision?: number
}

interface PriceFact extends Fact {
  readonly price: string
}

/** What was told, at which index; and what it is by now, since it moves with that. */
interface ForwardFact extends PriceFact {
  readonly index: string
  readonly now?: string
}

/** How volatility goes by strike: five numbers (SVI), or points; with the forward that it was fixed by. */
interface SurfaceFact extends Fact {
  readonly forward: string
  readonly svi?: {
    readonly a: string
    readonly b: string
    readonly rho: string
    readonly m: string
    readonly sigma: string
  }
  readonly points?: readonly { readonly strike: string; readonly volatility: string }[]
}

interface CurveFact extends Fact {
  readonly curve: string
  readonly points: readonly { readonly days: number; readonly discount: string }[]
}

/** An option, what its strike has for a volatility, and what follows. */
interface OptionStatement {
  readonly instrument: string
  readonly optionType: 'call' | 'put'
  readonly strike: string
  /** A year; nothing while its expiry has no forward or no surface. */
  readonly volatility?: string
  readonly mark?: string
}

interface ExpiryStatement {
  readonly expiry: string
  readonly forward?: ForwardFact
  /** A forward that is not believed yet, and since when. */
  readonly held?: { readonly price: string; readonly since: string }
  readonly surface?: SurfaceFact
  /** What options are valued by: the forward, of which in the last stretch a part moves no more, and the discount factor. */
  readonly valued?: { readonly forward: string; readonly discount: string }
  /** What all of it is settled at. */
  readonly fixing?: string
  readonly options: readonly OptionStatement[]
}

/** All that options on an underlying are marked by. */
export interface MarketStatement {
  readonly underlying: string
  /** The time of the last event of its market: what options have decayed to. */
  readonly asOf: string
  readonly price?: PriceFact
  /** Which event set it last. */
  readonly model?: { readonly revision: number }
  readonly curve?: CurveFact
  readonly expiries: readonly ExpiryStatement[]
}

const toldAt = ({ risk }: Pool, name: string): Pick<Fact, 'revision'> => {
  const revision = risk?.told.get(name)
  return revision === undefined ? {} : { revision }
}

const factOf = (pool: Pool, name: string, observedAt: Millis, tolerance_s: number): Fact => ({
  observedAt: formatTime(observedAt),
  stale: pool.at > observedAt + tolerance_s * 1000,
  ...toldAt(pool, name),
})

const shapeOf = ({ svi, points }: VolatilityTerms): Pick<SurfaceFact, 'svi' | 'points'> =>
  svi === undefined
    ? { points: points.map(({ strike, volatility }) => ({ strike: format(strike), volatility: format(volatility) })) }
    : {
        svi: {
          a: format(svi.a),
          b: format(svi.b),
          rho: format(svi.rho),
          m: format(svi.m),
          sigma: format(svi.sigma),
        },
      }

type Said = ReturnType<typeof saidOf> | undefined

const optionsOf = (pool: Pool, underlying: string, at: Millis, said: Said): readonly OptionStatement[] =>
  [...pool.instruments.values()]
    .flatMap((instrument: Instrument) => {
      const { id, option, expiry, price } = instrument
      if (option === undefined || instrument.underlying !== underlying || expiry !== at) return []
      return [
        {
          instrument: id,
          optionType: option.optionType,
          strike: format(option.strike),
          ...(said === undefined ? {} : { volatility: format(said.volatility(option.strike)) }),
          ...(price === undefined ? {} : { mark: format(price.value) }),
        },
      ]
    })
    .sort((a, b) => (a.instrument < b.instrument ? -1 : 1))

const expiryStatement = (
  pool: Pool,
  asset: Asset,
  now: ExpiryNow,
  valuation: Valuation | undefined,
): ExpiryStatement => {
  const { at, forward, held, volatility, fixing } = now
  const { forwardTolerance_s, volatilityTolerance_s } = tolerancesOf(pool)
  const term = valuation?.term(at)
  const said = term && saidOf(term)
  const moved: Decimal | undefined = forwardNow(asset, now)
  return {
    expiry: expiryName(at),
    ...(forward === undefined
      ? {}
      : {
          forward: {
            price: format(forward.price),
            index: format(forward.index),
            ...(moved === undefined ? {} : { now: format(moved) }),
            ...factOf(pool, forwardName(asset.id, at), forward.observedAt, forwardTolerance_s),
          },
        }),
    ...(held === undefined ? {} : { held: { price: format(held.price), since: formatTime(held.since) } }),
    ...(volatility === undefined
      ? {}
      : {
          surface: {
            ...shapeOf(volatility.surface.volatility),
            forward: format(volatility.surface.forward),
            ...factOf(pool, volatilityName(asset.id, at), volatility.observedAt, volatilityTolerance_s),
          },
        }),
    ...(said === undefined ? {} : { valued: { forward: format(said.forward), discount: format(said.discount) } }),
    ...(fixing === undefined ? {} : { fixing: format(fixing) }),
    options: optionsOf(pool, asset.id, at, said),
  }
}

const curveOf = (pool: Pool, underlying: string): Pick<MarketStatement, 'curve'> => {
  const curve = pool.risk?.models.get(underlying)?.said.curve
  const now = curve === undefined ? undefined : pool.risk?.curves.get(curve)
  if (curve === undefined || now === undefined) return {}
  return {
    curve: {
      curve,
      points: now.points.map(({ days, discount }) => ({ days, discount: format(discount) })),
      ...factOf(pool, curveName(curve), now.observedAt, tolerancesOf(pool).curveTolerance_s),
    },
  }
}

const priceOf = (pool: Pool, asset: Asset): Pick<MarketStatement, 'price'> =>
  asset.price === undefined
    ? {}
    : {
        price: {
          price: format(asset.price.value),
          observedAt: formatTime(asset.price.observedAt),
          stale: !asset.stand.live,
          ...toldAt(pool, asset.id),
        },
      }

const marketStatement = (pool: Pool, asset: Asset, { asOf, expiries }: MarketNow): MarketStatement => {
  const model = toldAt(pool, modelName(asset.id)).revision
  const valuation = pool.risk?.valuations.get(asset.id)?.last
  return {
    underlying: asset.id,
    asOf: formatTime(asOf),
    ...priceOf(pool, asset),
    ...(model === undefined ? {} : { model: { revision: model } }),
    ...curveOf(pool, asset.id),
    expiries: [...expiries.values()]
      .sort((a, b) => a.at - b.at)
      .map((expiry) => expiryStatement(pool, asset, expiry, valuation)),
  }
}

/** Of every underlying that has a model, by name, what its options are marked by; nothing where none ever had one. */
export const marketStatements = (pool: Pool): { readonly markets?: readonly MarketStatement[] } => {
  const { risk } = pool
  if (risk === undefined) return {}
  const all = [...risk.markets].flatMap(([id, market]) => {
    const asset = pool.assets.get(id)
    return asset === undefined ? [] : [marketStatement(pool, asset, market)]
  })
  return { markets: all.sort((a, b) => (a.underlying < b.underlying ? -1 : 1)) }
}
