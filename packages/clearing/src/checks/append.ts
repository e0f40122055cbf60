import { type Decimal, integer, multiply, unit } from '@novation/decimal'
import type { EventType, LedgerEvent, LedgerEventOf } from '@novation/events'
import type { Book } from '../state/book'
import { healthOf } from '../state/health'
import type { Account, Pool } from '../state/pool'
import { settlementPlaces } from '../state/worth'

/** What everybody's equity is at one moment. */
export type Equities = ReadonlyMap<string, Decimal>

/** One append: the state before, at the time of what happened, what that was, and the state after. Both states are judged. */
export interface Append {
  readonly before: Book
  readonly events: readonly LedgerEvent[]
  readonly after: Book
  /** Everybody's equity before the first of its events, and after each of them. */
  readonly equities: readonly Equities[]
}

/** Says how an append breaks it, or nothing. */
export type Law = (append: Append) => string | undefined

/** A law that remembers what was before: made anew for each history. */
export type Chronicle = () => Law

/** So many of the smallest unit of the settlement asset. */
export const units = (pool: Pool, count: number): Decimal => multiply(integer(count), unit(settlementPlaces(pool)))

export const eventsOf = <K extends EventType>(events: readonly LedgerEvent[], type: K): readonly LedgerEventOf<K>[] =>
  events.flatMap((event) => (event.type === type ? [event as LedgerEventOf<K>] : []))

export const accountIn = (pool: Pool, id: string): Account => {
  const account = pool.accounts.get(id)
  if (account === undefined) throw new Error(`no account ${id}`)
  return account
}

/** At market, at the last prices. */
export const equityIn = (pool: Pool, id: string): Decimal => healthOf(pool, accountIn(pool, id)).equity

/** W+. */
export const bestIn = (pool: Pool, id: string): Decimal => healthOf(pool, accountIn(pool, id)).best

export const equitiesIn = (pool: Pool): Equities =>
  new Map([...pool.accounts.keys()].map((id) => [id, equityIn(pool, id)]))
