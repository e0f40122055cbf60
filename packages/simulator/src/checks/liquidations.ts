import { type Account, healthOf, type Pool } from '@novation/clearing'
import { format, isZero, lessThan } from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'
import type { Law } from './law'

/** Whose prices an event was decided on. */
const concerned = (event: LedgerEvent): readonly string[] => {
  switch (event.type) {
    case 'LiquidationStarted':
    case 'AuctionRestarted':
    case 'CollateralWithdrawn':
    case 'MarginCall':
      return [event.data.account]
    case 'Liquidated':
      return [event.data.account, event.data.bidder]
    case 'Deleveraged':
      return [event.data.account]
    case 'TradeCleared':
      return [event.data.buyer, event.data.seller]
    default:
      return []
  }
}

const staleOf = (pool: Pool, { positions, balances }: Account): string | undefined => {
  const isStale = (observed: number | undefined): boolean =>
    observed === undefined || pool.at - observed > pool.parameters.priceTolerance_s * 1000
  return (
    [...positions.keys()].find((id) => isStale(pool.instruments.get(id)?.price?.observedAt)) ??
    [...balances].find(([id, amount]) => {
      const asset = pool.assets.get(id)
      return asset?.settlement === false && !isZero(amount) && isStale(asset.price?.observedAt)
    })?.[0]
  )
}

/** Architecture rule 8: fail closed. */
export const freshPrices: Law = ({ before, events }) => {
  for (const event of events)
    for (const id of concerned(event)) {
      const account = before.accounts.get(id)
      const stale = account === undefined ? undefined : staleOf(before, account)
      if (stale !== undefined)
        return `${event.type} ${event.revision}: the price of ${stale}, which ${id} holds, is stale`
    }
  return undefined
}

/** risk 4.1: equity < MM, strictly. */
export const breachedOnly: Law = ({ before, events }) => {
  for (const event of events) {
    if (event.type !== 'LiquidationStarted' && event.type !== 'Liquidated') continue
    const account = before.accounts.get(event.data.account)
    if (account === undefined) continue
    const { equity, maintenance } = healthOf(before, account)
    if (!lessThan(equity, maintenance))
      return `${event.type} of ${account.id} at equity ${format(equity)}, maintenance margin ${format(maintenance)}`
  }
  return undefined
}
