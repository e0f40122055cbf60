import { type EventData, type LedgerEvent, type Millis, parseTime } from '@novation/events'
import type { Pool } from '../state/pool'

// What events have told of one underlying, put down as a stranger would who reads them: to work out anew what options are marked by.

/** A price of the underlying, from when on it stood, and until when it counts. */
interface Stood {
  readonly from: Millis
  readonly price: number | undefined
  readonly observedAt: Millis
  readonly tolerance_ms: Millis
}

interface Surface {
  readonly said: EventData<'VolatilityTick'>
  readonly forward: number
  readonly tau: number
}

interface Expiry {
  readonly at: Millis
  /** When it was first heard of. */
  readonly since: Millis
  forward: { readonly price: number; readonly index: number } | undefined
  surface: Surface | undefined
  fixed: boolean
}

interface Market {
  /** When anything of it was told last. */
  asOf: Millis
  readonly stood: Stood[]
  readonly expiries: Map<Millis, Expiry>
  curve: string | undefined
  modelled: boolean
}

const year_ms = 365 * 86_400_000

const yearsOf = (ms: Millis): number => Math.max(0, ms) / year_ms

/** What an expiry is valued by. */
export interface Valued {
  readonly tau: number
  readonly forward: number
  readonly discount: number
  readonly volatility: (strike: number) => number
}

const volatilityIn = ({ said: { svi, points = [] }, forward, tau }: Surface, strike: number): number => {
  if (svi !== undefined) {
    const [a, b, rho, m, sigma] = [svi.a, svi.b, svi.rho, svi.m, svi.sigma].map(Number) as [
      number,
      number,
      number,
      number,
      number,
    ]
    const off = Math.log(strike / forward) - m
    return Math.sqrt((a + b * (rho * off + Math.hypot(off, sigma))) / tau)
  }
  const known = points.map((point) => [Number(point.strike), Number(point.volatility)] as const)
  const above = known.findIndex(([at]) => at >= strike)
  const [next, last] = [known[above], known[(above < 0 ? known.length : above) - 1]]
  if (next === undefined || last === undefined) return (next ?? last)?.[1] ?? Number.NaN
  return last[1] + ((next[1] - last[1]) * (strike - last[0])) / (next[0] - last[0])
}

/** All that is recorded of what options are marked by, kept by what events say alone. */
export class RecordedMarket {
  readonly #markets = new Map<string, Market>()
  readonly #curves = new Map<string, readonly { readonly days: number; readonly ln: number }[]>()

  #of(underlying: string): Market {
    const known = this.#markets.get(underlying)
    if (known !== undefined) return known
    const market: Market = { asOf: 0, stood: [], expiries: new Map(), curve: undefined, modelled: false }
    this.#markets.set(underlying, market)
    return market
  }

  #expiry(underlying: string, at: Millis, now: Millis): Expiry {
    const { expiries } = this.#of(underlying)
    const known = expiries.get(at)
    if (known !== undefined) return known
    const expiry: Expiry = { at, since: now, forward: undefined, surface: undefined, fixed: false }
    expiries.set(at, expiry)
    return expiry
  }

  #index(underlying: string): number {
    return this.#of(underlying).stood.findLast(({ price }) => price !== undefined)?.price ?? Number.NaN
  }

  #stands(underlying: string, stood: Stood): void {
    this.#of(underlying).stood.push(stood)
  }

  /** To be told of every event, with the state after it. */
  note({ type, data, at: time }: LedgerEvent, { instruments, parameters, risk }: Pool): void {
    const at = parseTime(time)
    const tolerance_ms = parameters.priceTolerance_s * 1000
    switch (type) {
      case 'PriceTick':
        if (data.asset === undefined) return
        this.#stands(data.asset, {
          from: at,
          price: Number(data.price),
          observedAt: parseTime(data.observedAt),
          tolerance_ms,
        })
        this.#of(data.asset).asOf = at
        return
      case 'PriceHeld':
        if (data.asset === undefined) return
        this.#stands(data.asset, { from: at, price: undefined, observedAt: at, tolerance_ms })
        return
      case 'PoolParametersSet':
        for (const { stood } of this.#markets.values()) {
          const last = stood.at(-1)
          if (last !== undefined && last.tolerance_ms !== tolerance_ms) stood.push({ ...last, from: at, tolerance_ms })
        }
        return
      case 'RiskModelSet': {
        const market = this.#of(data.model.underlying)
        market.asOf = at
        market.curve = data.model.curve
        market.modelled = true
        return
      }
      case 'InstrumentListed': {
        const listed = instruments.get(data.instrument)
        const isOpen = listed?.option !== undefined || risk?.models.has(listed?.underlying ?? '') === true
        if (listed?.expiry === undefined || listed.kind === 'perpetual' || !isOpen) return
        void this.#expiry(listed.underlying, listed.expiry, at)
        return
      }
      case 'ForwardTick':
        this.#expiry(data.underlying, parseTime(data.expiry), at).forward = {
          price: Number(data.price),
          index: Number(data.index),
        }
        this.#of(data.underlying).asOf = at
        return
      case 'VolatilityTick': {
        const expiry = this.#expiry(data.underlying, parseTime(data.expiry), at)
        const { price, index } = expiry.forward ?? { price: Number.NaN, index: 1 }
        expiry.surface = {
          said: data,
          forward: (price * this.#index(data.underlying)) / index,
          tau: yearsOf(expiry.at - at),
        }
        this.#of(data.underlying).asOf = at
        return
      }
      case 'CurveTick':
        this.#curves.set(
          data.curve,
          data.points.map(({ days, discount }) => ({ days, ln: Math.log(Number(discount)) })),
        )
        for (const market of this.#markets.values()) if (market.curve === data.curve) market.asOf = at
        return
      case 'ExpiryFixed':
        this.#expiry(data.underlying, parseTime(data.expiry), at).fixed = true
        return
      default:
        return
    }
  }

  /** Of the window of an expiry: the index over what of it had a price by then, and how long that was. */
  #average({ stood }: Market, { at, since }: Expiry, twap_ms: number, longest_ms: number, now: Millis) {
    const begin = Math.max(at - twap_ms, since)
    const end = Math.min(now, at - twap_ms + longest_ms)
    let [integral, covered_ms] = [0, 0]
    for (const [i, { from, price, observedAt, tolerance_ms }] of stood.entries()) {
      const until = Math.min(stood[i + 1]?.from ?? Number.POSITIVE_INFINITY, observedAt + tolerance_ms, end)
      const lasts = Math.min(Math.max(0, until - Math.max(from, begin)), twap_ms - covered_ms)
      if (price === undefined || lasts <= 0) continue
      integral += price * lasts
      covered_ms += lasts
    }
    return { integral, covered_ms }
  }

  #discount({ curve }: Market, ms: Millis): number {
    const points = this.#curves.get(curve ?? '') ?? []
    const days = ms / 86_400_000
    const last = points.at(-1)
    if (last === undefined || days <= 0) return 1
    const after = points.findIndex((point) => days <= point.days)
    if (after < 0) return Math.exp((last.ln * days) / last.days)
    const [low, high] = [points[after - 1] ?? { days: 0, ln: 0 }, points[after] ?? last]
    return Math.exp(low.ln + ((high.ln - low.ln) * (days - low.days)) / (high.days - low.days))
  }

  /** What an expiry is valued by as of the last event of its market; nothing where too little is told, or its price is fixed. */
  valued(
    underlying: string,
    at: Millis,
    { parameters: { twap_s = 1800, longest_s = 7200 } }: Pool,
  ): Valued | undefined {
    const market = this.#markets.get(underlying)
    const expiry = market?.expiries.get(at)
    if (market === undefined || expiry?.forward === undefined || expiry.surface === undefined || expiry.fixed)
      return undefined
    const { surface, forward } = expiry
    // Time stands still a second before what has ended and has no price yet.
    const open = [...market.expiries.values()].filter(({ fixed }) => !fixed)
    const now = Math.min(market.asOf, ...open.map((each) => each.at - 1000))
    const whole = (forward.price * this.#index(underlying)) / forward.index
    const twap_ms = twap_s * 1000
    const { integral, covered_ms } = this.#average(market, expiry, twap_ms, longest_s * 1000, market.asOf)
    const isInWindow = market.asOf > at - twap_ms
    return {
      tau: yearsOf(at - now),
      forward: isInWindow ? (integral + whole * (twap_ms - covered_ms)) / twap_ms : whole,
      discount: this.#discount(market, at - now),
      volatility: (strike) => volatilityIn(surface, strike),
    }
  }
}
