import { type Decimal, format, greaterThan, subtract } from '@novation/decimal'
import { debtOf } from '../state/debts'
import { healthOf } from '../state/health'
import { layersOf } from '../state/layers'
import type { Pool } from '../state/pool'
import { accountIn, eventsOf, type Law, units } from './append'

/** Whether something that is left of what counts under a cap is more than a few units. */
const hasRoom = (pool: Pool, purse: string, few: Decimal): boolean => {
  const so = pool.purses.get(purse)
  return so === undefined || greaterThan(subtract(so.cap, so.drawn), few)
}

/**
 * Nobody’s profit is cut for somebody of whose coins the fund could still buy: whoever others have given for owes no more, or has
 * no coin left with a price for which the fund has cash and its cap room.
 */
export const theFundBuysBesideAHaircut: Law = ({ before, events, after }) => {
  if (before.bulk !== undefined || after.bulk !== undefined) return undefined
  const few = units(after, 2 * after.accounts.size)
  if (!greaterThan(layersOf(after).fund, few)) return undefined
  for (const { account: id } of eventsOf(events, 'LossSocialized').flatMap(({ data }) => data.given)) {
    const account = accountIn(after, id)
    if (account.positions.size > 0 || !greaterThan(debtOf(after, account).amount, few)) continue
    const coin = healthOf(after, account).collateral.coins.find(
      ({ id: asset, live, value }) => live && greaterThan(value, few) && hasRoom(after, `coin/${asset}`, few),
    )
    if (coin !== undefined)
      return `others gave for ${id}, of whom the fund could still buy ${format(coin.quantity)} ${coin.id}`
  }
  return undefined
}
