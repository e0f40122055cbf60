import type { Sign } from '@novation/clearing'
import type { Bus, EventStore, Listening, Scheduler } from '@novation/platform'
import type { Watch } from './watch'

/** What the gateway is given beside what every service is. */
export interface GatewayGiven {
  readonly listen: Listening
  /** The file that says who is let in; without it, whoever reaches it. */
  readonly tokens: string | undefined
  /** Whoever has no token sees the totals. */
  readonly isPublic?: boolean
  readonly isBehindProxy?: boolean
  /** The file of signed checkpoints that it tells. */
  readonly checkpoints?: string | undefined
  readonly origins: readonly string[]
  readonly cors?: readonly string[]
  /** What it is called, of several: each follows the whole feed by itself. */
  readonly instance: string
  /** Where a thread beside it finds the ledger: in EventStoreDB, or in a folder. */
  readonly ledger: { readonly eventstore: string } | { readonly folder: string }
  readonly listening: (url: string) => void
  /** Somebody else writes the ledger: it answers, and takes nothing. */
  readonly isReadOnly?: boolean
}

/** Everything a service of this process is given. */
export interface Given {
  readonly pools: readonly string[]
  readonly data: string
  /** Where the ledger's snapshots lie. */
  readonly snapshots: string
  readonly store: EventStore
  readonly bus: Bus
  readonly scheduler: Scheduler
  readonly watch: Watch
  /** Signs what the services ask; without it, nothing is signed. */
  readonly sign?: Sign
  /** Whether others can reach the bus. */
  readonly isShared?: boolean
  readonly gateway: GatewayGiven
}
