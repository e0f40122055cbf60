import { type Decimal, integer, multiply, unit } from '@novation/decimal'
import type { EventType, LedgerEvent, LedgerEventOf } from '@novation/events'
import { healthOf, settlementPlaces } from '../state/health'
import type { Account, Pool } from '../state/pool'

/** One append: the state before, what happened, the state after. Both states are judged. */
export interface Append {
  readonly before: Pool
  readonly events: readonly LedgerEvent[]
  readonly after: Pool
}

/** Says how an append breaks it, or nothing. */
export type Law = (append: Append) => string | undefined

/** So many of the smallest unit of the settlement asset. */
export const units = (pool: Pool, count: number): Decimal => multiply(integer(count), unit(settlementPlaces(pool)))

export const eventsOf = <K extends EventType>(events: readonly LedgerEvent[], type: K): readonly LedgerEventOf<K>[] =>
  events.flatMap((event) => (event.type === type ? [event as LedgerEventOf<K>] : []))

export const accountIn = (pool: Pool, id: string): Account => {
  const account = pool.accounts.get(id)
  if (account === undefined) throw new Error(`no account ${id}`)
  return account
}

export const equityIn = (pool: Pool, id: string): Decimal => healthOf(pool, accountIn(pool, id)).equity
