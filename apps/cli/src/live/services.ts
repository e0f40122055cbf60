import { type Book, type Pool, unsigned } from '@novation/clearing'
import { insurance } from '@novation/insurance'
import { backstopKeeper } from '@novation/keeper'
import { runLedger } from '@novation/ledger'
import { liquidator } from '@novation/liquidator'
import { margin } from '@novation/margin'
import {
  bookFold,
  fileCheckpoints,
  folderShelf,
  openCheckers,
  type Reactor,
  runReactors,
  type Shard,
  sharded,
  startProver,
} from '@novation/platform'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { oracleJob, sourceJob } from './carrying'
import { gateway } from './gateway'
import type { Job } from './given'
import { placesBeside } from './places'

/** A place is written down every so many events: what a crash costs is one fold of at most so many. */
const checkpointEvery = 10_000

/** A ledger that is opened folds at most about so many events; of a large state, as many as its snapshot is worth. */
const snapshotEvery = 20_000

/** By the name they are started under, in the order in which each event reaches them. */
const reactors: Readonly<Record<string, Reactor<Book>>> = { margin, liquidator, insurance, keeper: backstopKeeper }

/** The names of what can be started; `reactors` are those that follow the ledger. */
export const serviceNames: readonly string[] = [
  'ledger',
  'reactors',
  ...Object.keys(reactors),
  'oracle',
  'source',
  'gateway',
]

/** As whom a service signs what it asks; nothing for those that ask nothing by themselves, and for several together. */
export const signerOf = (service: string, source?: string): string | undefined => {
  if (service === 'ledger') return 'clock'
  if (service === 'oracle') return service
  if (service === 'source') return source === undefined ? undefined : `source:${source}`
  return Object.hasOwn(reactors, service) ? reactors[service]?.name : undefined
}

/** A pool whose keys anybody can make is led where nobody else can reach it, or nowhere. */
const assertOwnKeys = ({ name, identity }: Pool): void => {
  if (identity?.development !== true) return
  throw new Failure({
    id: 'development-keys',
    exit: exitCodes.usage,
    what: `the pool ${name} began with development keys, which anybody can make`,
    why: 'whoever reaches the bus could sign as its operators',
    remedy: 'begin a pool with keys of your own: novation keys init DIR',
  })
}

const ledgerJob: Job = {
  name: 'ledger',
  run: ({ pools, store, bus, scheduler, watch, sign = unsigned, isShared = false, snapshots: directory }, signal) => {
    const prover = (pool: string) => startProver({ directory, pool, every: snapshotEvery })
    const snapshots = { shelf: folderShelf(directory), prover }
    const ready = (pool: Pool): void => {
      if (isShared) assertOwnKeys(pool)
      watch.ledger.ready?.(pool)
    }
    const checkers = openCheckers()
    const report = { ...watch.ledger, ready }
    const running = runLedger({ pools, store, bus, scheduler, snapshots, sign, check: checkers.check, report }, signal)
    return running.finally(checkers.close)
  },
}

/** Who answers. */
const gatewayJob: Job = { name: 'gateway', run: gateway }

/** Reactors on one state. `group` is that of their consumer, and the folder of their places. */
const reacting = (name: string, group: string, together: readonly Reactor<Book>[]): Job => ({
  name,
  run: ({ pools, data, store, bus, scheduler, watch, sign = unsigned, gateway: { ledger } }, signal) => {
    const [first] = together
    const places = {
      directory: `${data}/${group}`,
      name: first === undefined || together.length > 1 ? 'reactors' : first.name,
    }
    const checkpoints = fileCheckpoints({
      ...places,
      beside: placesBeside({ ...ledger, ...places, of: 'reactors' }),
      unwritten: (reason) => watch.log.warn({ service: name, reason }, 'a checkpoint is not written'),
      fold: bookFold,
      reactors: together,
      every: checkpointEvery,
      passedOver: (reason) =>
        watch.log.warn({ service: name, reason }, 'a checkpoint is passed over; folding from the store instead'),
    })
    const report = watch.reactor(name)
    return runReactors(
      { fold: bookFold, reactors: together, pools, group, store, bus, scheduler, checkpoints, sign, report },
      signal,
    )
  },
})

/** Those of one process look on one state, under one name. */
const togetherJob = (names: readonly string[]): Job => {
  const all = names.length === Object.keys(reactors).length
  const name = all ? 'reactors' : names.join('+')
  return reacting(
    name,
    `novation-${name}`,
    names.flatMap((each) => reactors[each] ?? []),
  )
}

/** Shards of margin have a group each, since each follows the whole feed (protocol 16). */
const shardJob = (shard: Shard): Job =>
  reacting('margin', `novation-margin-${shard.index}-of-${shard.of}`, [sharded(margin, shard)])

/**
 * What runs where these are started in one process: the ledger, and all reactors on one state. Only margin shares the
 * accounts of a pool with other processes, and then it has a state of its own.
 */
export const jobsOf = (names: readonly string[], shard: Shard): readonly Job[] => {
  const wanted = Object.keys(reactors).filter((name) => names.includes(name) || names.includes('reactors'))
  const isShard = shard.of > 1 && wanted.includes('margin')
  const together = isShard ? wanted.filter((name) => name !== 'margin') : wanted
  return [
    ...(names.includes('ledger') ? [ledgerJob] : []),
    ...(isShard ? [shardJob(shard)] : []),
    ...(together.length > 0 ? [togetherJob(together)] : []),
    ...(names.includes('oracle') ? [oracleJob] : []),
    ...(names.includes('source') ? [sourceJob] : []),
    ...(names.includes('gateway') ? [gatewayJob] : []),
  ]
}

/** Which service a consumer group belongs to. */
export const serviceOfGroup = (group: string): string =>
  group
    .replace(/^novation-/, '')
    .replace(/-\d+-of-\d+$/, '')
    .replace(/^gateway-.*$/, 'gateway')
