import { type Decimal, zero } from '@novation/decimal'
import type { Pool } from './pool'

/** What the fund and the operator's tranche hold now. */
export const layersOf = (pool: Pool): { readonly fund: Decimal; readonly skinInTheGame: Decimal } => ({
  fund: pool.insurance.balances.get(pool.settlementAsset ?? '') ?? zero,
  skinInTheGame: pool.skinInTheGame.balances.get(pool.settlementAsset ?? '') ?? zero,
})
