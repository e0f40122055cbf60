import { type Health, healthOf, type Pool } from '@novation/clearing'
import { atLeast, atMost, format, multiply } from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'
import type { Law } from './law'

/** Whose own doing an event is. */
const doers = (event: LedgerEvent): readonly string[] => {
  switch (event.type) {
    case 'TradeCleared':
      return [event.data.buyer, event.data.seller]
    case 'CollateralWithdrawn':
      return [event.data.account]
    case 'Liquidated':
      return [event.data.bidder]
    default:
      return []
  }
}

const healthIn = (pool: Pool, id: string): Health | undefined => {
  const account = pool.accounts.get(id)
  return account === undefined ? undefined : healthOf(pool, account)
}

/** risk 1: below the initial margin only what reduces risk, and leaves no smaller part of the maintenance margin covered. */
const isReduction = (before: Health, after: Health): boolean =>
  before.status !== 'bankrupt' &&
  atMost(after.maintenance, before.maintenance) &&
  atLeast(multiply(after.equity, before.maintenance), multiply(before.equity, after.maintenance))

/** Nobody comes below its initial margin, haircuts included, by a trade, a withdrawal or a bid of its own. */
export const marginBeforeRisk: Law = ({ before, after, events }) => {
  for (const event of events)
    for (const id of doers(event)) {
      const [was, is] = [healthIn(before, id), healthIn(after, id)]
      if (was === undefined || is === undefined || is.status === 'healthy') continue
      if (event.type !== 'TradeCleared' || !isReduction(was, is))
        return `${event.type} ${event.revision} leaves ${id} at ${format(is.equity)}, initial margin ${format(is.initial)}`
    }
  return undefined
}
