import { atLeast, type Decimal, negate, sum, zero } from '@novation/decimal'
import { houseBalance } from '../state/house-balance'
import { dust, fees, insurance, skinInTheGame } from '../state/names'
import type { Pool } from '../state/pool'

/** What the outside world has brought in, less what it took. */
export const heldInCustody = (pool: Pool, asset: string): Decimal => negate(pool.custody.balances.get(asset) ?? zero)

/** The fund, the operator's tranche, fees and dust are backed by what custody really holds. */
export const houseCovered = (pool: Pool, asset: string): boolean =>
  atLeast(
    heldInCustody(pool, asset),
    sum([insurance, skinInTheGame, fees, dust].map((account) => houseBalance(pool, account, asset))),
  )
