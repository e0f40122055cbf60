import type { Liquidation, Pool } from '@novation/clearing'
import type { EventData, LedgerEvent } from '@novation/events'
import type { Law } from './law'

/** How long an instrument could be dealt in by `since`, and until when it can if no other price comes. */
interface Lived {
  readonly total_ms: number
  readonly since: number
  readonly until: number
}

const livedBy = ({ total_ms, since, until }: Lived, at: number): number =>
  total_ms + Math.max(0, Math.min(at, until) - since)

const lastsUntil = (pool: Pool, id: string, observedAt: number, tolerance_s: number): number =>
  Math.min(observedAt + tolerance_s * 1000, pool.instruments.get(id)?.expiry ?? Number.POSITIVE_INFINITY)

/** d by the clock, in doubles. */
const discountAt = ({ terms: { auction } }: Liquidation, t: number): number => {
  const [start, cutoff] = [Number(auction.start), Number(auction.cutoff)]
  const [fast, slow] = [auction.fastSeconds * 1000, auction.slowSeconds * 1000]
  if (t < fast) return start - ((start - cutoff) * t) / fast
  return t - fast >= slow ? 0 : cutoff * (1 - (t - fast) / slow)
}

type Fill = EventData<'Liquidated'>

/**
 * What a bidder is paid follows the clock of what could be dealt in, and nothing sets it back; here it is counted from the
 * prices themselves. Of one instrument alone, so that there is nothing to weigh.
 */
export const paidByTheClock = (): Law => {
  const lived = new Map<string, Lived>()
  /** Nobody deals in these: halted, or over. */
  const halted = new Set<string>()
  /** And in these, of which a price is held. */
  const held = new Set<string>()
  const began = new Map<string, number>()
  const livedOf = (id: string, at: number): number => {
    const known = lived.get(id)
    return known === undefined ? 0 : livedBy(known, at)
  }

  const wrongPrice = (before: Pool, at: number, fill: Fill): string | undefined => {
    const account = before.accounts.get(fill.account)
    const open = account?.liquidation
    const [only, ...others] = account?.positions.keys() ?? []
    const from = began.get(`${fill.liquidation} ${only}`)
    const hasCoins = (account?.balances.size ?? 0) > 1
    if (
      open === undefined ||
      only === undefined ||
      others.length > 0 ||
      hasCoins ||
      from === undefined ||
      !fill.solvent
    )
      return undefined
    const isBreached = Number(fill.equity) < Number(fill.maintenanceMargin)
    const expected = isBreached ? discountAt(open, livedOf(only, at) - from) : Number(open.terms.auction.start)
    return Math.abs(Number(fill.discount) - Math.max(0, expected)) > 1e-9
      ? `${fill.liquidation} is sold at a discount of ${fill.discount}, by its clock ${expected}`
      : undefined
  }

  const goOn = (pool: Pool, id: string, at: number, observedAt: number, tolerance_s: number): void => {
    const until = halted.has(id) || held.has(id) ? at : lastsUntil(pool, id, observedAt, tolerance_s)
    lived.set(id, { total_ms: livedOf(id, at), since: at, until })
  }

  const turn = (pool: Pool, id: string, at: number, isHalted: boolean, end?: number): void => {
    if (isHalted) halted.add(id)
    else halted.delete(id)
    const price = pool.instruments.get(id)?.price
    if (price === undefined) return
    goOn(pool, id, at, price.observedAt, pool.parameters.priceTolerance_s)
    const now = lived.get(id)
    if (now !== undefined && end !== undefined) lived.set(id, { ...now, until: Math.min(now.until, end) })
  }

  const note = (before: Pool, event: LedgerEvent): void => {
    const at = Date.parse(event.at)
    if (event.type === 'PoolParametersSet')
      for (const [id, { price }] of before.instruments)
        if (price !== undefined) goOn(before, id, at, price.observedAt, event.data.parameters.priceTolerance_s)
    if (event.type === 'PriceHeld' && event.data.instrument !== undefined) {
      const { instrument, observedAt } = event.data
      held.add(instrument)
      goOn(before, instrument, at, Date.parse(observedAt), before.parameters.priceTolerance_s)
    }
    if (event.type === 'PriceTick' && event.data.instrument !== undefined) held.delete(event.data.instrument)
    if (event.type === 'PriceTick' && event.data.instrument !== undefined)
      goOn(before, event.data.instrument, at, Date.parse(event.data.observedAt), before.parameters.priceTolerance_s)
    if (event.type === 'InstrumentStateSet') turn(before, event.data.instrument, at, event.data.state === 'halted')
    if (event.type === 'InstrumentExpired') turn(before, event.data.instrument, at, true)
    if (event.type === 'InstrumentDelisting') {
      const { instrument, at: end } = event.data
      turn(before, instrument, at, halted.has(instrument), Date.parse(end))
    }
    if (event.type === 'LiquidationStarted')
      for (const { instrument } of event.data.positions)
        began.set(`${event.data.liquidation} ${instrument}`, livedOf(instrument, at))
  }

  return ({ before, events }) => {
    for (const event of events) {
      const wrong = event.type === 'Liquidated' ? wrongPrice(before, Date.parse(event.at), event.data) : undefined
      if (wrong !== undefined) return wrong
      note(before, event)
    }
    return undefined
  }
}
