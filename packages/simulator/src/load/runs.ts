import type { Account, Pool } from '@novation/clearing'
import { type Decimal, decimal, floor, format, isPositive, multiply, zero } from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'
import type { Dice } from '../engine/dice'
import { traders } from './scene'
import { type Sending, sending } from './sending'

const cashOf = ({ settlementAsset = '' }: Pool, { balances }: Account): Decimal => balances.get(settlementAsset) ?? zero

/** All of it at once, or in parts, of which the first may be let go and those after it are too much. */
const ways = [['1'], ['1'], ['0.97', '0.02'], ['0.5', '0.5'], Array.from({ length: 6 }, () => '0.16')] as const

/** A run: when a pool freezes, most of those who have cash in it ask for it, one after the other. */
export const runAfter = (dice: Dice, pool: Pool, event: LedgerEvent): readonly Sending[] => {
  if (event.type !== 'PoolFrozen' || !dice.chance(0.8)) return []
  return traders.flatMap((id) => {
    const account = pool.accounts.get(id)
    const cash = account === undefined ? zero : cashOf(pool, account)
    if (account?.liquidation !== undefined || !isPositive(cash) || dice.chance(0.4)) return []
    return dice.pick<readonly string[]>(ways).map((part, i) => {
      const data = { account: id, asset: 'USD', amount: format(floor(multiply(decimal(part), cash), 2)) }
      return sending(pool.name, dice.whole(0, 4_000), `run-${event.revision}-${id}-${i}`, 'Withdraw', data, 'venue')
    })
  })
}
