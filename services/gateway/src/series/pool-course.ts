import { deficitOf, healthOf, houseBalance, insurance, type Pool, skinInTheGame } from '@novation/clearing'
import { add, format, sum } from '@novation/decimal'
import type { Moved, Subject } from './course'

/** How a pool stood. */
export interface PoolRow extends Moved {
  readonly frozen: boolean
  readonly marginCalls: number
  readonly liquidations: number
  readonly bankrupt: number
  /** What accounts below zero lack, and what the layers hold against that. */
  readonly deficits: string
  readonly prefunded: string
  readonly prices: Readonly<Record<string, string>>
}

const deficitsOf = (pool: Pool) =>
  sum(
    [...pool.standing.bankrupt].flatMap((id) => {
      const account = pool.accounts.get(id)
      return account === undefined ? [] : [deficitOf(healthOf(pool, account))]
    }),
  )

const rowOf = (pool: Pool): PoolRow => {
  const held = (layer: string) => houseBalance(pool, layer, pool.settlementAsset ?? '')
  const prices: Record<string, string> = {}
  for (const { id, price } of pool.instruments.values()) if (price !== undefined) prices[id] = format(price.value)
  return {
    revision: pool.revision,
    at: pool.at,
    frozen: pool.frozen,
    marginCalls: pool.calls.size,
    liquidations: pool.liquidations.size,
    bankrupt: pool.standing.bankrupt.size,
    deficits: format(deficitsOf(pool)),
    prefunded: format(add(held(insurance), held(skinInTheGame))),
    prices,
  }
}

const samePrices = (a: PoolRow['prices'], b: PoolRow['prices']): boolean => {
  const names = Object.keys(b)
  return names.length === Object.keys(a).length && names.every((name) => a[name] === b[name])
}

/** A whole pool, in a few figures. */
export const wholePool: Subject<PoolRow> = {
  rowOf,
  isAsBefore: (before, now) =>
    before.frozen === now.frozen &&
    before.marginCalls === now.marginCalls &&
    before.liquidations === now.liquidations &&
    before.bankrupt === now.bankrupt &&
    before.deficits === now.deficits &&
    before.prefunded === now.prefunded &&
    samePrices(before.prices, now.prices),
}
