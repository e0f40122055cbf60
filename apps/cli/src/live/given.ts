import type { Sign } from '@novation/clearing'
import type { SigningKey } from '@novation/events'
import type { Bus, EventStore, Listening, Scheduler } from '@novation/platform'
import type { SourceGiven } from './source-settings'
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
  /** The keys behind that, by whom they are of. */
  readonly keyOf?: (actor: string) => SigningKey | undefined
  /** The source of this process, where it is one. */
  readonly source?: SourceGiven | undefined
  /** How long quotes wait for others to be carried with. */
  readonly tick_ms?: number
  /** Whether others can reach the bus. */
  readonly isShared?: boolean
  readonly gateway: GatewayGiven
}

/** What runs in a process under one name: a consumer of its own, with a place of its own. */
export interface Job {
  readonly name: string
  readonly run: (given: Given, signal: AbortSignal) => Promise<void>
}
