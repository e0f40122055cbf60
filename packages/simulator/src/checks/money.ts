import { healthOf, type Pool } from '@novation/clearing'
import { type Decimal, decimal, zero } from '@novation/decimal'

/** What an account is worth, of one that is not there: nothing. */
export const equityOf = (pool: Pool, id: string): Decimal => {
  const account = pool.accounts.get(id)
  return account === undefined ? zero : healthOf(pool, account).equity
}

/** So many units of the settlement asset, which has two places here. */
export const cents = (count: number): Decimal => decimal((count * 0.01).toFixed(2))
