import { type Decimal, decimal, multiply, zero } from '@novation/decimal'
import {
  type Holding,
  type Margin,
  type MarginFactors,
  type PortfolioRequirement,
  portfolioRequirement,
  type Valuation,
} from '@novation/risk'
import { doubtOf } from './doubt'
import { maintenanceOf, marginOf } from './margin-terms'
import { seriesOf } from './markets'
import type { Instrument, Pool } from './pool'
import { notionalAt } from './reference'
import { settlementPlaces } from './worth'

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

/** What an underlying is valued by at its last price: throws a RangeError where nothing is known of it. */
export const valuationOfUnderlying = ({ risk }: Pick<Pool, 'risk'>, underlying: string): Valuation => {
  const valuations = risk?.valuations.get(underlying)
  if (valuations === undefined) throw new RangeError(`${underlying} has no model, or no price`)
  return valuations.last
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

/** So much of an option by itself, by the model of its underlying; once its price is final, nothing. */
const optionMargin = (pool: Pool, instrument: Instrument, quantity: Decimal): Margin => {
  const series = seriesOf(instrument)
  if (series === undefined || instrument.fixed) return nothing
  const { underlying } = instrument
  return requirementOf(
    pool,
    [{ kind: 'option', quantity: multiply(quantity, instrument.multiplier), ...series }],
    new Map([[underlying, valuationOfUnderlying(pool, underlying)]]),
  )
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
    ? marginOf(instrument, notional, crowding, settlementPlaces(pool))
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
