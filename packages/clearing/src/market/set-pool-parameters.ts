import type { LiquidationTerms, PoolParameters } from '@novation/events'
import { accepted, type Decide, reject } from '../decision'
import { delaysOf, mergeParameters, mergeTerms } from '../state/parameters'
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

/** Whoever has a key must keep as much time to object as was promised when it was registered. */
const shrinks = ({ identity, parameters: before }: Pool, after: PoolParameters): string | undefined => {
  const [was, is] = [delaysOf(before), delaysOf(after)]
  const shorter = (['keyDelay_s', 'recoveryDelay_s'] as const).find((name) => is[name] < was[name])
  return identity === undefined || shorter === undefined
    ? undefined
    : `${shorter} may grow, and never shrink: it is ${was[shorter]}`
}

/** Changes some of the pool's parameters; the event carries all of them, so history never depends on a default. */
export const setPoolParameters: Decide<'SetPoolParameters'> = (draft, change) => {
  const { pool } = draft
  const parameters = mergeParameters(pool.parameters, change)
  const wrong =
    badParameters(parameters, decimalsOf(pool)) ??
    badOverrides(pool, parameters.liquidation) ??
    shrinks(pool, parameters)
  if (wrong !== undefined) return reject('bad-parameter', wrong)
  draft.record('PoolParametersSet', { parameters })
  return accepted
}
