import type { Book } from '@novation/clearing'
import { insurance } from '@novation/insurance'
import { backstopKeeper } from '@novation/keeper'
import { runLedger } from '@novation/ledger'
import { liquidator } from '@novation/liquidator'
import { margin } from '@novation/margin'
import { runOracle } from '@novation/oracle'
import {
  type Bus,
  type Disk,
  type EventStore,
  type Reactor,
  runReactors,
  type Scheduler,
  sharded,
} from '@novation/platform'

/** What a world is made of: the product as it is. A planted bug substitutes one of these, and nothing else. */
export interface Parts {
  readonly runLedger: typeof runLedger
  readonly runReactors: typeof runReactors<Book>
  readonly runOracle: typeof runOracle
  readonly reactors: readonly Reactor<Book>[]
  readonly sharded: typeof sharded<Book>
  /** What a process sees of the store and of the bus: `service` is `ledger` or a reactor's name; `stop` tells the process to end. */
  readonly store: (service: string, store: EventStore, scheduler: Scheduler) => EventStore
  readonly bus: (service: string, bus: Bus, scheduler: Scheduler, stop: AbortSignal) => Bus
  /** The disk that checkpoints are kept on. */
  readonly disk: (disk: Disk) => Disk
}

export const parts: Parts = {
  runLedger,
  runReactors,
  runOracle,
  reactors: [margin, liquidator, insurance, backstopKeeper],
  sharded,
  store: (_, store) => store,
  bus: (_, bus) => bus,
  disk: (disk) => disk,
}
