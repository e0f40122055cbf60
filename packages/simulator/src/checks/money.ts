import { healthOf, type Pool } from '@novation/clearing'
import { type Decimal, decimal, zero } from '@novation/decimal'

type Figure = 'equity' | 'worst' | 'best'

const figureOf =
  (figure: Figure) =>
  (pool: Pool, id: string): Decimal => {
    const account = pool.accounts.get(id)
    return account === undefined ? zero : healthOf(pool, account)[figure]
  }

/** What an account is worth at the last prices; of one that is not there, nothing. */
export const equityOf = figureOf('equity')

/** The same at the best that may have happened unseen. */
export const bestOf = figureOf('best')

/** So many units of the settlement asset, which has two places here. */
export const cents = (count: number): Decimal => decimal((count * 0.01).toFixed(2))
