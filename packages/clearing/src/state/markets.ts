import { type Decimal, zero } from '@novation/decimal'
import { formatTime, type Millis } from '@novation/events'
import { type Covered, type ExpiryInputs, forwardAt, type Series, type UnderlyingInputs } from '@novation/risk'
import { windowOf } from './fixing-window'
import type { Asset, Instrument, Pool } from './pool'
import { type ExpiryNow, type MarketNow, noMarket } from './risk'

// What is known of the markets of an underlying, and what follows from it.

/** As it stands in the tables: an expiry is known by its time. */
export const expiryName = (at: Millis): string => formatTime(at)

type Markets = Pick<Pool, 'risk' | 'parameters' | 'oracle' | 'at'>

export const marketOf = ({ risk }: Pick<Pool, 'risk'>, underlying: string): MarketNow | undefined =>
  risk?.markets.get(underlying)

export const expiryOf = (pool: Pick<Pool, 'risk'>, underlying: string, at: Millis): ExpiryNow | undefined =>
  marketOf(pool, underlying)?.expiries.get(expiryName(at))

const nothingCovered: Omit<Covered, 'to'> = { covered_ms: 0, integral: zero }

/** What of the last stretch before an expiry is over, and the index over it: nothing before that begins. */
const stretchOf = (pool: Markets, { at, counted }: ExpiryNow, asOf: Millis): ExpiryInputs['window'] => {
  const { from, window_ms: twap_ms } = windowOf(pool, at)
  if (asOf <= from) return undefined
  const { covered_ms, integral } = counted ?? nothingCovered
  return { integral, left_ms: twap_ms - covered_ms, twap_ms }
}

type Known = ExpiryNow & { readonly forward: object; readonly volatility: object }

const isKnown = (expiry: ExpiryNow): expiry is Known => expiry.forward !== undefined && expiry.volatility !== undefined

/** While an expiry waits for its price, time stands still for the marks of its underlying, so long before it. */
const leastTime_ms = 1000

/**
 * What an underlying is valued from, at one of its prices: of every expiry that has a forward and a surface, and is not fixed;
 * by forwards that are held, where there are any, if that is asked.
 */
export const inputsAt = (pool: Markets, asset: Asset, index: Decimal, isHeld = false): UnderlyingInputs => {
  const { asOf, expiries } = marketOf(pool, asset.id) ?? noMarket
  const unfixed = [...expiries.values()].filter(({ fixing }) => fixing === undefined)
  const open = unfixed.filter(isKnown)
  const curve = pool.risk?.models.get(asset.id)?.said.curve
  return {
    index,
    asOf_ms: Math.min(asOf, ...unfixed.map(({ at }) => at - leastTime_ms)),
    expiries: new Map(
      open.map((expiry): [number, ExpiryInputs] => [
        expiry.at,
        {
          forward: (isHeld ? expiry.held : undefined) ?? expiry.forward,
          surface: expiry.volatility.surface,
          window: stretchOf(pool, expiry, asOf),
        },
      ]),
    ),
    curve: curve === undefined ? undefined : pool.risk?.curves.get(curve)?.points,
  }
}

/** F of an expiry at the last price of its underlying; nothing while either is unknown. */
export const forwardNow = (asset: Asset, expiry: ExpiryNow | undefined): Decimal | undefined =>
  expiry?.forward === undefined || asset.price === undefined ? undefined : forwardAt(asset.price.value, expiry.forward)

/** An option as it is valued. */
export const seriesOf = ({ id, underlying, expiry, option }: Instrument): Series | undefined =>
  option === undefined || expiry === undefined ? undefined : { id, underlying, expiry_ms: expiry, ...option }

/** An input that counts for an option, when it was seen, and how long it is fresh. */
export interface Input {
  readonly name: string
  readonly observedAt: Millis
  readonly tolerance_ms: Millis
}

const inputOf = (name: string, seen: { readonly observedAt: Millis } | undefined, tolerance_s: number): Input => ({
  name,
  observedAt: seen?.observedAt ?? Number.NEGATIVE_INFINITY,
  tolerance_ms: tolerance_s * 1000,
})

/** How old each kind of market data may be. */
export const tolerancesOf = ({ parameters }: Pick<Pool, 'parameters'>) => {
  const { forwardTolerance_s = 300, volatilityTolerance_s = 300, curveTolerance_s = 172_800 } = parameters
  return { forwardTolerance_s, volatilityTolerance_s, curveTolerance_s }
}

const dayOf = (underlying: string, at: Millis): string => `${underlying}@${expiryName(at).slice(0, 10)}`

export const forwardName = (underlying: string, at: Millis): string => `${dayOf(underlying, at)} forward`

export const volatilityName = (underlying: string, at: Millis): string => `${dayOf(underlying, at)} volatility`

export const curveName = (curve: string): string => `${curve} curve`

export const modelName = (underlying: string): string => `${underlying} model`

/** All that an option of an expiry is valued from, beside the price of its underlying; what is not known was never seen. */
export const inputsOf = (pool: Markets, underlying: string, at: Millis): readonly Input[] => {
  const expiry = expiryOf(pool, underlying, at)
  const { forwardTolerance_s, volatilityTolerance_s, curveTolerance_s } = tolerancesOf(pool)
  const curve = pool.risk?.models.get(underlying)?.said.curve
  return [
    inputOf(forwardName(underlying, at), expiry?.forward, forwardTolerance_s),
    inputOf(volatilityName(underlying, at), expiry?.volatility, volatilityTolerance_s),
    ...(curve === undefined ? [] : [inputOf(curveName(curve), pool.risk?.curves.get(curve), curveTolerance_s)]),
  ]
}
