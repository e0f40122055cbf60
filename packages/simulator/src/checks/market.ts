import type { Book, Instrument } from '@novation/clearing'
import { abs, atMost, type Decimal, decimal, multiply, subtract } from '@novation/decimal'
import { type LedgerEvent, parseTime } from '@novation/events'
import type { Law } from './law'

const isNear = ({ price: mark }: Instrument, price: string, band: string): boolean =>
  mark === undefined || atMost(abs(subtract(decimal(price), mark.value)), multiply(decimal(band), mark.value))

const one: Decimal = decimal('1')

/** Whether a dated instrument still runs: its day has not come, and its price is not worn out. */
const runs = ({ expiry, stand }: Instrument, at: number): boolean =>
  expiry !== undefined && at < expiry && !atMost(one, stand.wear.share)

/** What an event brings in, and why it may not come in like that. */
const wrongOf = (before: Book, event: LedgerEvent): string | undefined => {
  const { tradeBand, settlementBand, funding } = before.parameters
  const instrumentOf = (id: string | undefined) => before.instruments.get(id ?? '')
  if (event.type === 'TradeCleared') {
    const traded = instrumentOf(event.data.instrument)
    return traded !== undefined && !isNear(traded, event.data.price, tradeBand)
      ? `${event.data.trade} is at ${event.data.price}, too far from the mark`
      : undefined
  }
  if (event.type === 'FundingPaid') {
    const { fundedAt } = instrumentOf(event.data.instrument) ?? {}
    if (!atMost(abs(decimal(event.data.rate)), decimal(funding.cap))) return `funding of ${event.data.rate} is paid`
    return fundedAt !== undefined && parseTime(event.at) - fundedAt < funding.interval_s * 1000
      ? `funding in ${event.data.instrument} is paid again too soon`
      : undefined
  }
  const isSettled = event.type === 'InstrumentSettled' || event.type === 'BulkStarted'
  const { instrument, price } = isSettled ? event.data : {}
  const settled = instrumentOf(instrument)
  if (settled === undefined || price === undefined || before.bulk !== undefined) return undefined
  if (runs(settled, parseTime(event.at))) return `${settled.id} is settled before its day`
  return isNear(settled, price, settlementBand) ? undefined : `${settled.id} is settled at ${price}, far from its mark`
}

/** Nothing comes in that lies beyond its bounds: trades, funding, settlements. */
export const withinItsBounds: Law = ({ before, events }) => {
  for (const event of events) {
    const wrong = wrongOf(before, event)
    if (wrong !== undefined) return wrong
  }
  return undefined
}
