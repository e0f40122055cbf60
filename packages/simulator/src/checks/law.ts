import type { Pool, Statement } from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'

/** What one command did: the state it was decided on (at the time it was decided), its events, and the state after them. */
export interface Group {
  readonly before: Pool
  readonly after: Pool
  readonly events: readonly LedgerEvent[]
  /** The solvency statement of the state after them. */
  readonly statement: () => Statement
}

/** Says what is wrong with a group, or nothing. */
export type Law = (group: Group) => string | undefined
