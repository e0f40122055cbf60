import type { LiquidationTerms } from '@novation/events'
import { accept, type Decide, event, reject } from '../decision'
import { mergeParameters, mergeTerms } from '../state/parameters'
import type { Pool } from '../state/pool'
import { badParameters, badTerms } from './terms'

/** What an instrument of its own terms would make of the pool's new ones: overrides are laid over whatever holds then. */
const badOverrides = (pool: Pool, terms: LiquidationTerms): string | undefined => {
  for (const { id, liquidation } of pool.instruments.valueSeq().sortBy((instrument) => instrument.id)) {
    const wrong = liquidation === undefined ? undefined : badTerms(mergeTerms(terms, liquidation))
    if (wrong !== undefined) return `with the terms of ${id}: ${wrong}`
  }
  return undefined
}

/** Changes some of the pool's parameters; the event carries all of them, so history never depends on a default. */
export const setPoolParameters: Decide<'SetPoolParameters'> = (pool, change) => {
  const parameters = mergeParameters(pool.parameters, change)
  const wrong = badParameters(parameters) ?? badOverrides(pool, parameters.liquidation)
  return wrong === undefined ? accept(event('PoolParametersSet', { parameters })) : reject('bad-parameter', wrong)
}
