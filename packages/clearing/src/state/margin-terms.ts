import { type Decimal, decimal, min } from '@novation/decimal'
import type { MarginTerms } from '@novation/events'
import { type Margin, maintenanceMargin, type TieredTerms, tieredMargin } from '@novation/risk'
import type { Instrument } from './pool'

/** The margin terms of an event or command, read into decimals. */
export const tieredTerms = ({ tiers, openInterestScaling: scaling }: MarginTerms): TieredTerms => ({
  tiers: tiers.map(({ upTo, initial, maintenance }) => ({
    initial: decimal(initial),
    maintenance: decimal(maintenance),
    ...(upTo === undefined ? {} : { upTo: decimal(upTo) }),
  })),
  ...(scaling === undefined
    ? {}
    : { openInterestScaling: { lower: decimal(scaling.lower), upper: decimal(scaling.upper) } }),
})

type Terms = Pick<Instrument, 'margin' | 'former'>

/** What is liquidated below: of so much by the terms of now, and no more than by any that were changed lately. */
const leastOf = ({ former }: Terms, notional: Decimal, places: number, now: Decimal): Decimal =>
  former.reduce((least, { was }) => min(least, maintenanceMargin(was, notional, places)), now)

/**
 * Margin of one position: initial by the terms that hold now, maintenance by the least of these and of those before that still
 * count. So a change of terms restricts and calls at once, and liquidates nobody before its notice is over.
 */
export const marginOf = (terms: Terms, notional: Decimal, crowding: Decimal, places: number): Margin => {
  const margin = tieredMargin(terms.margin, notional, crowding, places)
  return terms.former.length === 0
    ? margin
    : { ...margin, maintenance: leastOf(terms, notional, places, margin.maintenance) }
}

/** The maintenance margin of it alone. */
export const maintenanceOf = (terms: Terms, notional: Decimal, places: number): Decimal =>
  leastOf(terms, notional, places, maintenanceMargin(terms.margin, notional, places))
