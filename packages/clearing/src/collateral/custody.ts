import { atLeast, type Decimal, negate, zero } from '@novation/decimal'
import { heldForHouse } from '../state/house-balance'
import type { Pool } from '../state/pool'

/** What the outside world has brought in, less what it took. */
export const heldInCustody = (pool: Pool, asset: string): Decimal => negate(pool.custody.balances.get(asset) ?? zero)

/** The fund, the operator's tranche, fees, dust and the bonds of sources are backed by what custody really holds. */
export const houseCovered = (pool: Pool, asset: string): boolean =>
  atLeast(heldInCustody(pool, asset), heldForHouse(pool, asset))
