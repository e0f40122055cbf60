import { add, type Decimal, sum, zero } from '@novation/decimal'
import { bondOf, dust, fees, insurance, skinInTheGame } from './names'
import type { Pool } from './pool'

/** The balance of one of the house's own accounts. */
export const houseBalance = (pool: Pool, account: string, asset: string): Decimal =>
  pool.books.get(account)?.balances.get(asset) ?? zero

/** What sources have put up for what they sign. */
export const bondsIn = ({ books }: Pool, asset: string): Decimal => {
  let all = zero
  for (const [name, { balances }] of books) if (name.startsWith(bondOf(''))) all = add(all, balances.get(asset) ?? zero)
  return all
}

/** What custody holds that is no trader's: the fund, the operator's tranche, fees, dust, and what sources have put up. */
export const heldForHouse = (pool: Pool, asset: string): Decimal =>
  sum([
    ...[insurance, skinInTheGame, fees, dust].map((account) => houseBalance(pool, account, asset)),
    bondsIn(pool, asset),
  ])
