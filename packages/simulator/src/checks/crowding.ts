import type { Instrument, Pool } from '@novation/clearing'
import {
  abs,
  add,
  type Decimal,
  decimal,
  divideCeil,
  format,
  isPositive,
  lessThan,
  max,
  multiply,
  one,
  subtract,
  zero,
} from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'
import type { Law } from './law'

const places = 12

/** How far open interest has come from the lower to the upper bound of the scaling, at the price in force. */
const crowdingOf = ({ margin, openInterest, price, multiplier, marginFloor }: Instrument): Decimal => {
  const scaling = margin.openInterestScaling
  if (scaling === undefined || price === undefined) return zero
  const each = marginFloor === undefined ? price.value : max(abs(price.value), marginFloor)
  const above = subtract(multiply(multiply(openInterest, each), multiplier), scaling.lower)
  const width = subtract(scaling.upper, scaling.lower)
  if (!isPositive(above)) return zero
  return lessThan(above, width) ? divideCeil(above, width, places) : one
}

type Grown = Extract<LedgerEvent, { type: 'PositionOpened' | 'PositionIncreased' }>

const isGrown = (event: LedgerEvent): event is Grown =>
  event.type === 'PositionOpened' || event.type === 'PositionIncreased'

/** The mean by size of what was held and of what came, each as crowded as the instrument was then. */
const expected = (before: Pool, instrument: Instrument, { type, data }: Grown): Decimal => {
  const now = crowdingOf(instrument)
  const held = before.accounts.get(data.account)?.positions.get(data.instrument)
  if (type === 'PositionOpened' || held === undefined) return now
  const [old, more] = [abs(held.quantity), abs(decimal(data.quantity))]
  return divideCeil(add(multiply(old, held.crowding), multiply(more, now)), add(old, more), places)
}

/** What a position grows by is margined by the open interest once the trade is done, and keeps that. */
export const crowdingByTheFormula: Law = ({ before, after, events }) => {
  for (const event of events) {
    const instrument = isGrown(event) ? after.instruments.get(event.data.instrument) : undefined
    if (!isGrown(event) || instrument === undefined) continue
    const is = event.data.crowding ?? '0'
    const must = format(expected(before, instrument, event))
    if (is !== must) return `${event.data.account} grows in ${instrument.id} at a crowding of ${is}, not of ${must}`
  }
  return undefined
}
