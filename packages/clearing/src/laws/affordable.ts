import {
  type Decimal,
  decimal,
  divideFloor,
  format,
  isPositive,
  min,
  multiply,
  subtract,
  zero,
} from '@novation/decimal'
import { healthOf } from '../state/health'
import type { Instrument, Pool } from '../state/pool'

/** What an account is worth beyond its initial margin; of nobody, nothing. */
const freeOf = (pool: Pool, id: string): Decimal => {
  const account = pool.accounts.get(id)
  if (account === undefined) return zero
  const { worst, initial } = healthOf(pool, account)
  return subtract(worst, initial)
}

/** So much of an instrument, of which a lot takes up so much, as fits into so many percent of what the poorer of both could open. */
export const affordable = (
  pool: Pool,
  { lot }: Instrument,
  sides: readonly string[],
  use: number,
  each: Decimal,
): string | undefined => {
  const least = sides.map((id) => freeOf(pool, id)).reduce((a, b) => min(a, b))
  if (!isPositive(least)) return undefined
  const lots = divideFloor(multiply(least, decimal(String(use))), multiply(each, decimal('100')), 0)
  return isPositive(lots) ? format(multiply(lots, lot)) : undefined
}
