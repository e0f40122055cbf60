import type { Book } from '@novation/clearing'
import { insurance } from '@novation/insurance'
import { backstopKeeper } from '@novation/keeper'
import { runLedger } from '@novation/ledger'
import { liquidator } from '@novation/liquidator'
import { margin } from '@novation/margin'
import {
  fileCheckpoints,
  folderShelf,
  type Reactor,
  runReactor,
  type Shard,
  sharded,
  startProver,
} from '@novation/platform'
import { gateway, type Serving } from './gateway'
import type { Given } from './given'

type Service = (given: Given, signal: AbortSignal) => Promise<void>

/** A place is written down every so many events: what a crash costs is one fold of at most so many. */
const checkpointEvery = 10_000

/** A ledger that is opened folds at most about so many events; of a large state, as many as its snapshot is worth. */
const snapshotEvery = 20_000

/** Shards of one service have a group each, since each follows the whole feed (protocol 16). */
const groupOf = (name: string, { index, of }: Shard): string =>
  of === 1 ? `novation-${name}` : `novation-${name}-${index}-of-${of}`

const reacting =
  (name: string, reactor: Reactor<Book>): Service =>
  async ({ pools, shard, data, store, bus, scheduler, watch }, signal) =>
    runReactor(
      {
        reactor: sharded(reactor, shard),
        pools,
        group: groupOf(name, shard),
        store,
        bus,
        scheduler,
        checkpoints: fileCheckpoints(`${data}/${groupOf(name, shard)}`, reactor, checkpointEvery, (reason) =>
          watch.log.warn({ service: name, reason }, 'a checkpoint is passed over; folding from the store instead'),
        ),
        report: watch.reactor(name),
      },
      signal,
    )

const whole: Shard = { index: 0, of: 1 }

/** The services of the mesh, by the name they are started under. Only margin shares the accounts of a pool. */
export const services: Readonly<Record<string, Service>> = {
  ledger: ({ pools, store, bus, scheduler, watch, snapshots: directory }, signal) => {
    const prover = (pool: string) => startProver({ directory, pool, every: snapshotEvery })
    const snapshots = { shelf: folderShelf(directory), prover }
    return runLedger({ pools, store, bus, scheduler, snapshots, report: watch.ledger }, signal)
  },
  margin: reacting('margin', margin),
  liquidator: (given, signal) => reacting('liquidator', liquidator)({ ...given, shard: whole }, signal),
  insurance: (given, signal) => reacting('insurance', insurance)({ ...given, shard: whole }, signal),
  keeper: (given, signal) => reacting('keeper', backstopKeeper)({ ...given, shard: whole }, signal),
}

/** Those of the embedded mesh: the same, and who answers for it. */
export const embedded: Readonly<Record<string, (given: Serving, signal: AbortSignal) => Promise<void>>> = {
  ...services,
  gateway,
}

/** Which service a consumer group belongs to. */
export const serviceOfGroup = (group: string): string => group.replace(/^novation-/, '').replace(/-\d+-of-\d+$/, '')
