import type { Book, Instrument } from '@novation/clearing'
import { abs, atMost, type Decimal, decimal, lessThan, max, multiply, subtract, zero } from '@novation/decimal'
import { type LedgerEvent, type LedgerEventOf, parseTime } from '@novation/events'
import type { Law } from './law'

/** What a band is a share of: the mark; of an option a twentieth of its underlying at the least; of what may cost nothing or less its size, and of so much at the least. */
const refOf = (mark: Decimal, { marginFloor, option, price }: Instrument): Decimal => {
  if (option !== undefined) return max(mark, multiply(decimal('0.05'), price?.underlying ?? zero))
  return marginFloor === undefined ? mark : max(abs(mark), marginFloor)
}

const isNear = (instrument: Instrument, price: string, band: string): boolean => {
  const mark = instrument.price?.value
  if (mark === undefined) return true
  return atMost(abs(subtract(decimal(price), mark)), multiply(decimal(band), refOf(mark, instrument)))
}

const one: Decimal = decimal('1')

/** Whether a dated instrument still runs: its day has not come, and its price is not worn out. */
const runs = ({ expiry, expired, stand }: Instrument, at: number): boolean =>
  !expired && expiry !== undefined && at < expiry && !atMost(one, stand.wear.share)

/** Whether somebody deals in what is halted or over, or comes to hold what is only to be reduced. */
const wrongTrade = (before: Book, after: Book, { data, at }: LedgerEventOf<'TradeCleared'>): string | undefined => {
  const [was, is] = [before.instruments.get(data.instrument), after.instruments.get(data.instrument)]
  if (was === undefined || is === undefined) return undefined
  if (was.state === 'halted' || was.expired || parseTime(at) >= (was.expiry ?? Number.POSITIVE_INFINITY))
    return `${data.trade} is cleared in ${was.id}, which nobody trades`
  return was.state === 'reduce-only' && lessThan(was.openInterest, is.openInterest)
    ? `${data.trade} raises the open interest of ${was.id}, which is only reduced`
    : undefined
}

/** What an event brings in, and why it may not come in like that. */
const wrongOf = (before: Book, after: Book, event: LedgerEvent): string | undefined => {
  const { tradeBand, settlementBand, funding } = before.parameters
  const instrumentOf = (id: string | undefined) => before.instruments.get(id ?? '')
  if (event.type === 'TradeCleared') {
    const wrong = wrongTrade(before, after, event)
    if (wrong !== undefined) return wrong
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
  if (settled.fixed) return isNear(settled, price, '0') ? undefined : `${settled.id} is not settled at its fixing`
  return isNear(settled, price, settlementBand) ? undefined : `${settled.id} is settled at ${price}, far from its mark`
}

/** Nothing comes in that lies beyond its bounds: trades, funding, settlements. */
export const withinItsBounds: Law = ({ before, events, after }) => {
  for (const event of events) {
    const wrong = wrongOf(before, after, event)
    if (wrong !== undefined) return wrong
  }
  return undefined
}
