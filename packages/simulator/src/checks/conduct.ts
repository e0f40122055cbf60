import { type Health, healthOf, type Pool } from '@novation/clearing'
import { atLeast, atMost, type Decimal, format, isNegative, multiply, subtract } from '@novation/decimal'
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

/** Of positions alone. */
const marginOf = ({ maintenance, collateral }: Health): Decimal => subtract(maintenance, collateral.cutBest)

/** Below the initial margin only what reduces risk, and leaves no smaller part of the requirement covered, counted at what can be dealt at. */
const isReduction = (before: Health, after: Health): boolean =>
  !isNegative(before.marked) &&
  atMost(marginOf(after), marginOf(before)) &&
  atLeast(multiply(after.marked, before.maintenance), multiply(before.marked, after.maintenance))

/** Nobody comes below its initial margin at the worst by a trade, a withdrawal or a bid of its own. */
export const marginBeforeRisk: Law = ({ before, after, events }) => {
  for (const event of events)
    for (const id of doers(event)) {
      const [was, is] = [healthIn(before, id), healthIn(after, id)]
      if (was === undefined || is === undefined || atLeast(is.worst, is.initial)) continue
      if (event.type !== 'TradeCleared' || !isReduction(was, is))
        return `${event.type} ${event.revision} leaves ${id} at ${format(is.worst)}, initial margin ${format(is.initial)}`
    }
  return undefined
}
