import { type Account, healthOf, type Liquidation, type Pool } from '@novation/clearing'
import { add, decimal, format, isNegative, lessThan, multiply, one } from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'
import type { Law } from './law'

/** What an event deals in, which must have a price and an open market. */
const dealtIn = (event: LedgerEvent): readonly string[] => {
  switch (event.type) {
    case 'Liquidated':
      return event.data.closed.map(({ instrument }) => instrument)
    case 'CollateralSold':
      return [event.data.asset]
    case 'Deleveraged':
    case 'TradeCleared':
    case 'TradeBusted':
    case 'FundingPaid':
      return [event.data.instrument]
    default:
      return []
  }
}

const isStale = ({ at, instruments, assets, parameters }: Pool, id: string): boolean => {
  const { price, held } = instruments.get(id) ?? assets.get(id) ?? {}
  return price === undefined || held !== undefined || at - price.observedAt > parameters.priceTolerance_s * 1000
}

/** Nothing is dealt in at a price that is not fresh. */
export const freshPrices: Law = ({ before, events }) => {
  for (const event of events)
    for (const id of dealtIn(event))
      if (isStale(before, id)) return `${event.type} ${event.revision}: the price of ${id} is stale`
  return undefined
}

/** What a liquidation of this cause needs: W+ < R strictly, or below what is to be restored once there are fills; W+ < IM + H+ for a call, cash owed for a debit. */
const isDue = (pool: Pool, account: Account, cause: Liquidation['cause'], buffer: string): boolean => {
  const { best, maintenance, callLine, collateral } = healthOf(pool, account)
  if (lessThan(best, multiply(add(one, decimal(buffer)), maintenance))) return true
  if (cause === 'call') return lessThan(best, callLine)
  return cause === 'debit' && isNegative(collateral.cash)
}

/** Nobody is liquidated who has no need to be, and nobody on a doubtful price. */
export const breachedOnly: Law = ({ before, events }) => {
  for (const event of events) {
    if (event.type !== 'LiquidationStarted' && event.type !== 'Liquidated') continue
    const account = before.accounts.get(event.data.account)
    if (account === undefined) continue
    const isFill = event.type === 'Liquidated'
    const cause = isFill ? account.liquidation?.cause : event.data.cause
    const buffer = isFill && cause === undefined ? (account.liquidation?.terms.buffer ?? '0') : '0'
    const { best, maintenance } = healthOf(before, account)
    if (!isDue(before, account, cause, buffer))
      return `${event.type} of ${account.id} at worth ${format(best)} at the best, maintenance margin ${format(maintenance)}`
  }
  return undefined
}
