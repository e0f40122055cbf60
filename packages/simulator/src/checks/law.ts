import {
  type Book,
  type Equities,
  type Health,
  healthOf,
  judgeAll,
  type Statement,
  statementOf,
} from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'

/** What one command did: the state it was decided on (at the time it was decided), its events, and the state after them. */
export interface Group {
  readonly before: Book
  readonly after: Book
  readonly events: readonly LedgerEvent[]
  /** Everybody's equity before the first of them, and after each. */
  readonly equities: readonly Equities[]
  /** How everybody stands after them, by account. */
  readonly healths: () => ReadonlyMap<string, Health>
  /** The state after them, with everybody judged from nothing. */
  readonly judgedAnew: () => Book
  /** The solvency statement of the state after them. */
  readonly statement: () => Statement
}

/** Says what is wrong with a group, or nothing. */
export type Law = (group: Group) => string | undefined

const once = <A>(make: () => A): (() => A) => {
  let made: { readonly value: A } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** What several laws look at is worked out once. */
export const groupOf = (
  before: Book,
  after: Book,
  events: readonly LedgerEvent[],
  equities: readonly Equities[],
): Group => ({
  before,
  after,
  events,
  equities,
  healths: once(() => new Map([...after.accounts].map(([id, account]) => [id, healthOf(after, account)]))),
  judgedAnew: once(() => judgeAll(after)),
  statement: once(() => statementOf(after)),
})
