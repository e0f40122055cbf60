import { accept, type Decide, event, reject } from '../decision'
import { mergeParameters } from '../state/parameters'
import { badParameters } from './terms'

/** Changes some of the pool's parameters; the event carries all of them, so history never depends on a default. */
export const setPoolParameters: Decide<'SetPoolParameters'> = (pool, change) => {
  const parameters = mergeParameters(pool.parameters, change)
  const wrong = badParameters(parameters)
  return wrong === undefined ? accept(event('PoolParametersSet', { parameters })) : reject('bad-parameter', wrong)
}
