import { decimal } from '@novation/decimal'
import type { MarginTerms } from '@novation/events'
import type { TieredTerms } from '@novation/risk'

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
