import type { Pool } from '@novation/clearing'
import type { EventData, LedgerEvent } from '@novation/events'

/** How long something could be dealt in by `since`, and until when it can if no other price comes. */
interface Lived {
  readonly total_ms: number
  readonly since: number
  readonly until: number
}

const livedBy = ({ total_ms, since, until }: Lived, at: number): number =>
  total_ms + Math.max(0, Math.min(at, until) - since)

/** How long each instrument and each coin could be dealt in, counted from the prices themselves: from their events alone. */
export interface Lives {
  /** By that time, in milliseconds since the first price. */
  readonly livedOf: (id: string, at: number) => number
  /** To be told of every event, with the state before it. */
  readonly note: (before: Pool, event: LedgerEvent) => void
}

const nameOf = ({ instrument, asset }: EventData<'PriceTick'> | EventData<'PriceHeld'>): string =>
  instrument ?? asset ?? ''

const priceOf = ({ instruments, assets }: Pool, id: string) => (instruments.get(id) ?? assets.get(id))?.price

export const openLives = (): Lives => {
  const lived = new Map<string, Lived>()
  /** Nobody deals in these: halted, or over. */
  const halted = new Set<string>()
  /** And in these, of which a price is held. */
  const held = new Set<string>()

  const livedOf = (id: string, at: number): number => {
    const known = lived.get(id)
    return known === undefined ? 0 : livedBy(known, at)
  }

  const goOn = (pool: Pool, id: string, at: number, observedAt: number, tolerance_s: number): void => {
    const fresh = Math.min(
      observedAt + tolerance_s * 1000,
      pool.instruments.get(id)?.expiry ?? Number.POSITIVE_INFINITY,
    )
    const until = halted.has(id) || held.has(id) ? at : fresh
    lived.set(id, { total_ms: livedOf(id, at), since: at, until })
  }

  const turn = (pool: Pool, id: string, at: number, isHalted: boolean, end?: number): void => {
    if (isHalted) halted.add(id)
    else halted.delete(id)
    const price = priceOf(pool, id)
    if (price === undefined) return
    goOn(pool, id, at, price.observedAt, pool.parameters.priceTolerance_s)
    const now = lived.get(id)
    if (now !== undefined && end !== undefined) lived.set(id, { ...now, until: Math.min(now.until, end) })
  }

  const note = (before: Pool, event: LedgerEvent): void => {
    const at = Date.parse(event.at)
    const { priceTolerance_s } = before.parameters
    switch (event.type) {
      case 'PoolParametersSet':
        for (const id of [...before.instruments.keys(), ...before.assets.keys()]) {
          const price = priceOf(before, id)
          if (price !== undefined) goOn(before, id, at, price.observedAt, event.data.parameters.priceTolerance_s)
        }
        break
      case 'PriceHeld':
        held.add(nameOf(event.data))
        goOn(before, nameOf(event.data), at, Date.parse(event.data.observedAt), priceTolerance_s)
        break
      case 'PriceTick':
        held.delete(nameOf(event.data))
        goOn(before, nameOf(event.data), at, Date.parse(event.data.observedAt), priceTolerance_s)
        break
      case 'InstrumentStateSet':
        turn(before, event.data.instrument, at, event.data.state === 'halted')
        break
      case 'InstrumentExpired':
        turn(before, event.data.instrument, at, true)
        break
      case 'InstrumentDelisting':
        turn(before, event.data.instrument, at, halted.has(event.data.instrument), Date.parse(event.data.at))
        break
    }
  }
  return { livedOf, note }
}
