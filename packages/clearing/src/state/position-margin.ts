import { abs, add, type Decimal, decimal, integer, isNegative, multiply, one, zero } from '@novation/decimal'
import {
  type Holding,
  type Margin,
  type MarginFactors,
  type PortfolioRequirement,
  portfolioRequirement,
  type Series,
  type Single,
  singleMargin,
  singleOf,
  type Valuation,
} from '@novation/risk'
import { asksForDoubt, doubtOf, marginOfDoubt } from './doubt'
import { maintenanceOf, marginOf } from './margin-terms'
import { seriesOf } from './markets'
import type { Instrument, Pool } from './pool'
import { notionalAt } from './reference'
import type { Valuations } from './risk'
import { settlementPlaces } from './worth'

const minusOne = integer(-1)
const nothing: Margin = { initial: zero, maintenance: zero }

/** What the pool requires of what its models come to. */
export const factorsOf = ({ parameters: { margin = {} } }: Pick<Pool, 'parameters'>): MarginFactors => {
  const { maintenanceFactor = '0.8', initialFactor = '1', offsetLimit = '0.8' } = margin
  return {
    maintenanceFactor: decimal(maintenanceFactor),
    initialFactor: decimal(initialFactor),
    offsetLimit: decimal(offsetLimit),
  }
}

/** What an underlying is valued by: throws a RangeError where nothing is known of it. */
const valuationsOf = ({ risk }: Pick<Pool, 'risk'>, underlying: string): Valuations => {
  const valuations = risk?.valuations.get(underlying)
  if (valuations === undefined) throw new RangeError(`${underlying} has no model, or no price`)
  return valuations
}

/** What the pool requires of holdings together, each underlying valued by this, in as much doubt as its index is. */
export const requirementOf = (
  pool: Pool,
  holdings: readonly Holding[],
  valuations: ReadonlyMap<string, Valuation>,
): PortfolioRequirement =>
  portfolioRequirement(holdings, valuations, {
    ...factorsOf(pool),
    places: settlementPlaces(pool),
    doubts: new Map(holdings.map(({ underlying }) => [underlying, doubtOf(pool, underlying)])),
  })

/** What one of an option is asked, bought or sold: most of who has any is asked the same, that often. */
const singleNow = ({ last, singles }: Valuations, series: Series, isSold: boolean): Single => {
  const key = `${isSold ? '-' : '+'}${series.id}`
  const known = singles.get(key)
  if (known !== undefined) return known
  const made = singleOf({ kind: 'option', quantity: isSold ? minusOne : one, ...series }, last)
  singles.set(key, made)
  return made
}

/** So much of an option by itself, by the model of its underlying; once its price is final, nothing. */
const optionMargin = (pool: Pool, instrument: Instrument, quantity: Decimal): Margin => {
  const series = seriesOf(instrument)
  if (series === undefined || instrument.fixed) return nothing
  const { underlying, multiplier } = instrument
  const single = singleNow(valuationsOf(pool, underlying), series, isNegative(quantity))
  return singleMargin(single, abs(multiply(quantity, multiplier)), doubtOf(pool, underlying), {
    ...factorsOf(pool),
    places: settlementPlaces(pool),
  })
}

/** So much of what is linear, of this notional: and of who takes it more, where its price is in doubt. */
const linearMargin = (
  pool: Pool,
  instrument: Instrument,
  quantity: Decimal,
  notional: Decimal,
  crowding: Decimal,
): Margin => {
  const places = settlementPlaces(pool)
  const margin = marginOf(instrument, notional, crowding, places)
  return asksForDoubt(pool)
    ? { ...margin, initial: add(margin.initial, marginOfDoubt(pool, instrument, quantity, places)) }
    : margin
}

/** What is required for so much of an instrument (signed), of this notional, by itself. */
export const marginFor = (
  pool: Pool,
  instrument: Instrument,
  quantity: Decimal,
  notional: Decimal,
  crowding: Decimal,
): Margin =>
  instrument.option === undefined
    ? linearMargin(pool, instrument, quantity, notional, crowding)
    : optionMargin(pool, instrument, quantity)

/** The same at a price of it. */
export const marginAt = (
  pool: Pool,
  instrument: Instrument,
  quantity: Decimal,
  price: Decimal,
  crowding: Decimal,
): Margin => marginFor(pool, instrument, quantity, notionalAt(instrument, quantity, price), crowding)

/** The maintenance margin of it alone. */
export const maintenanceAt = (pool: Pool, instrument: Instrument, quantity: Decimal, price: Decimal): Decimal =>
  instrument.option === undefined
    ? maintenanceOf(instrument, notionalAt(instrument, quantity, price), settlementPlaces(pool))
    : optionMargin(pool, instrument, quantity).maintenance
