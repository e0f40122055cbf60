import type { Pool } from '@novation/clearing'
import { formatTime } from '@novation/events'
import { concentration } from './concentration'
import { exposures } from './exposures'
import { type Disclosure, type Figure, notAnswered } from './figure'
import { margins } from './margins'
import type { DisclosureOptions, Observed } from './observed'
import { portfolioFigures } from './portfolios'
import { resources } from './resources'

/** What is told beside the observations: where the period began, and the stress of 4.4 under recorded moves. */
interface Told {
  readonly first: Disclosure['from']
  readonly recorded: Figure
}

/** The figures of a period, from the pool at its end and what was observed meanwhile. */
export const figuresOf = (
  pool: Pool,
  so: Observed,
  { stress, interval_s, first, recorded }: DisclosureOptions & Told,
): Disclosure => ({
  pool: pool.name,
  ...(pool.settlementAsset === undefined ? {} : { asset: pool.settlementAsset }),
  from: first,
  to: { revision: pool.revision, at: formatTime(pool.at) },
  figures: [
    ...resources(pool),
    ...exposures(so, stress),
    recorded,
    ...margins(pool, so, interval_s),
    ...portfolioFigures(pool),
    ...concentration(pool, so),
  ],
  notAnswered,
})
