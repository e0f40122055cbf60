import type { LiquidationTerms } from '@novation/events'
import { accepted, type Decide, reject } from '../decision'
import { mergeParameters, mergeTerms } from '../state/parameters'
import type { Pool } from '../state/pool'
import { badParameters, badTerms, decimalsOf } from './terms'

/** What an instrument of its own terms would make of the pool's new ones: overrides are laid over whatever holds then. */
const badOverrides = (pool: Pool, terms: LiquidationTerms): string | undefined => {
  for (const { id, liquidation } of [...pool.instruments.values()].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const wrong = liquidation === undefined ? undefined : badTerms(mergeTerms(terms, liquidation), decimalsOf(pool))
    if (wrong !== undefined) return `with the terms of ${id}: ${wrong}`
  }
  return undefined
}

/** Changes some of the pool's parameters; the event carries all of them, so history never depends on a default. */
export const setPoolParameters: Decide<'SetPoolParameters'> = (draft, change) => {
  const { pool } = draft
  const parameters = mergeParameters(pool.parameters, change)
  const wrong = badParameters(parameters, decimalsOf(pool)) ?? badOverrides(pool, parameters.liquidation)
  if (wrong !== undefined) return reject('bad-parameter', wrong)
  draft.record('PoolParametersSet', { parameters })
  return accepted
}
