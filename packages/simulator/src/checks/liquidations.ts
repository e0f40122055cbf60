import { type Account, healthOf, type Instrument, type Pool } from '@novation/clearing'
import {
  add,
  type Decimal,
  decimal,
  format,
  greaterThan,
  integer,
  lessThan,
  multiply,
  one,
  sum,
  zero,
} from '@novation/decimal'
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

const staleOf = (pool: Pool, { positions }: Account): string | undefined =>
  [...positions.keys()].find((id) => {
    const observed = pool.instruments.get(id)?.price?.observedAt
    return observed === undefined || pool.at - observed > pool.parameters.priceTolerance_s * 1000
  })

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

const topRate = ({ margin }: Instrument): Decimal => margin.tiers.at(-1)?.maintenance ?? zero

/** risk 4.2: what a bid closes brings the account to its buffer, and at most two lots of each position beyond. */
export const noLargerThanNeeded: Law = ({ before, after, events }) => {
  const fill = events.find((event) => event.type === 'Liquidated')
  if (fill === undefined || !fill.data.solvent) return undefined
  const account = after.accounts.get(fill.data.account)
  const terms = before.accounts.get(fill.data.account)?.liquidation?.terms
  if (account === undefined || terms === undefined || account.positions.isEmpty()) return undefined
  const { equity, maintenance } = healthOf(after, account)
  // Also a position that is gone may have been closed up to its last lot.
  const { positions } = healthOf(before, before.accounts.get(account.id) ?? account)
  const factor = add(one, decimal(terms.buffer))
  const lots = sum(
    positions.map(({ instrument, mark }) =>
      multiply(multiply(instrument.lot, multiply(mark, instrument.multiplier)), multiply(factor, topRate(instrument))),
    ),
  )
  const most = sum([multiply(factor, maintenance), multiply(integer(2), lots), decimal('0.05')])
  return greaterThan(equity, most)
    ? `${account.id} stands at ${format(equity)} after the fill, where ${format(most)} was enough`
    : undefined
}
