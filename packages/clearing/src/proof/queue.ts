import { inTurnOf } from '../liquidation/counterparties'
import type { Instrument, Pool } from '../state/pool'

/** When a position would be closed at the mark for another's default: earlier classes first, and by rank, from one, in each. */
export interface QueuePlace {
  readonly class: number
  readonly rank: number
}

/** By instrument and account. */
export type Queue = ReadonlyMap<string, ReadonlyMap<string, QueuePlace>>

const placesIn = (pool: Pool, instrument: Instrument): ReadonlyMap<string, QueuePlace> => {
  const places = new Map<string, QueuePlace>()
  for (const side of [1, -1] as const)
    for (const { id, ...place } of inTurnOf(pool, instrument, side)) if (!places.has(id)) places.set(id, place)
  return places
}

/** The deleveraging queue of instruments, by default of all: of each position, where the first part of it stands that would be closed. */
export const queueOf = (pool: Pool, instruments: Iterable<Instrument> = pool.instruments.values()): Queue =>
  new Map([...instruments].map((instrument) => [instrument.id, placesIn(pool, instrument)]))
