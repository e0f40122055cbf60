import type { Bus, EventStore, Scheduler } from '@novation/platform'
import type { Watch } from './watch'

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
}
