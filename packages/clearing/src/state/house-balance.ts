import { type Decimal, zero } from '@novation/decimal'
import type { Pool } from './pool'

/** The balance of one of the house's own accounts. */
export const houseBalance = (pool: Pool, account: string, asset: string): Decimal =>
  pool.books.get(account)?.balances.get(asset) ?? zero
