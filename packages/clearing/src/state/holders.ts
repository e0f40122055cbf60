import { type Decimal, zero } from '@novation/decimal'
import type { Account, Pool } from './pool'

/** Everybody who holds an instrument, in order of id. */
export const holdersOf = (pool: Pool, instrument: string): readonly Account[] =>
  [...(pool.instruments.get(instrument)?.holders ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1))

/** What a trader holds of an asset as collateral; a debt is negative. */
export const collateralOf = (account: Account, asset: string): Decimal => account.balances.get(asset) ?? zero
