import { type Decimal, decimal } from '@novation/decimal'
import type { CommandData, Millis } from '@novation/events'
import type { Covered, CurvePoint, RiskModel, Single, Surface, Valuation } from '@novation/risk'
import type { Table } from './table'

// What options are marked and margined by: everything here changes through events alone, and so does time (asOf).

type Said = CommandData<'SetRiskModel'>

/** The model of an underlying, as it was set and as it is reckoned with. */
export interface ModelOf {
  readonly said: Said
  readonly terms: RiskModel
}

export interface ForwardNow {
  readonly price: Decimal
  /** The price of the underlying then: between its ticks the forward moves with it. */
  readonly index: Decimal
  readonly observedAt: Millis
}

/** A forward too far from the last one to be believed at once. */
export interface HeldForward {
  readonly price: Decimal
  readonly index: Decimal
  readonly since: Millis
  readonly observedAt: Millis
}

export interface SurfaceNow {
  readonly surface: Surface
  readonly observedAt: Millis
}

/** All that is known of one expiry of an underlying. */
export interface ExpiryNow {
  readonly at: Millis
  readonly forward: ForwardNow | undefined
  readonly held: HeldForward | undefined
  readonly volatility: SurfaceNow | undefined
  /** Of its last stretch: the index over the time that it covered so far. */
  readonly covered: Covered | undefined
  /** The same as of the last market event, by which it is marked: a price that is held, or may be older, lets no time pass for marks. */
  readonly counted: Covered | undefined
  /** What all of this expiry is settled at. */
  readonly fixing: Decimal | undefined
}

/** An underlying as its last market event left it. */
export interface MarketNow {
  /** The ledger time of that event. */
  readonly asOf: Millis
  /** By expiry, as an RFC 3339 time. */
  readonly expiries: Table<ExpiryNow>
}

export interface CurveNow {
  readonly points: readonly CurvePoint[]
  readonly observedAt: Millis
}

/** What follows from all of this at the price of the underlying; at its slow price, and at one that is held, where there are any. */
export interface Valuations {
  readonly last: Valuation
  readonly slow: Valuation | undefined
  readonly held: Valuation | undefined
  /** What one of each series, bought or sold, is asked for alone at the last price: made when first asked for. */
  readonly singles: Map<string, Single>
}

export interface Risk {
  /** By underlying. */
  readonly models: Table<ModelOf>
  readonly markets: Table<MarketNow>
  readonly curves: Table<CurveNow>
  /** At which revision each of them, and the price of an underlying, was told last: by the names of `inputsOf`. */
  readonly told: Table<number>
  /** Derived from the rest. */
  readonly valuations: Table<Valuations>
}

export const newRisk = (): Risk => ({
  models: new Map(),
  markets: new Map(),
  curves: new Map(),
  told: new Map(),
  valuations: new Map(),
})

export const noMarket: MarketNow = { asOf: 0, expiries: new Map() }

export const newExpiry = (at: Millis): ExpiryNow => ({
  at,
  forward: undefined,
  held: undefined,
  volatility: undefined,
  covered: undefined,
  counted: undefined,
  fixing: undefined,
})

type Decimals<T> = { readonly [K in keyof T]: Decimal }

/** Every one of these amounts, read into a decimal. */
const decimals = <T extends Readonly<Record<string, string>>>(texts: T): Decimals<T> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, decimal(text)])) as Decimals<T>

/** The model as an event or a command has it, read into decimals. */
export const modelOf = (said: Said): ModelOf => {
  const { spot, rows, volatility, discount, basis, skew, contingency, minimum, group, reciprocal } = said
  const { linear, nakedOption, confidence } = contingency
  return {
    said,
    terms: {
      spot: spot && {
        ...spot,
        range: decimal(spot.range),
        tails: spot.tails.map(decimal),
        tailFactor: decimal(spot.tailFactor),
      },
      rows: rows?.map(({ move, volatility: way, weight }) => ({
        move: decimal(move),
        volatility: way,
        weight: decimal(weight),
      })),
      reciprocal,
      volatility: decimals(volatility),
      discount: decimals(discount),
      basis: decimals(basis),
      skew: decimals(skew),
      contingency: {
        linear: decimals(linear),
        nakedOption: decimals(nakedOption),
        confidence: confidence === undefined ? undefined : decimal(confidence),
      },
      minimum: minimum && decimals(minimum),
      group: group && { ...group, gains: decimal(group.gains) },
    },
  }
}
