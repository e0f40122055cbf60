import { join } from 'node:path'
import { decider, reducerVersion, type Sign } from '@novation/clearing'
import {
  type EventStore,
  type Health,
  type HttpSettings,
  type LogLevel,
  type Metrics,
  openEventStoreDb,
  openHealth,
  openLog,
  openMetrics,
  type Shard,
  serveHttp,
} from '@novation/platform'
import { type ExitCode, exitCodes } from '../exit-code'
import { whileWriting } from '../ledger/writing'
import type { World } from '../world'
import { endingOf } from './ending'
import { type GatewayLife, gatewayGiven, niceOf } from './gateway-settings'
import type { Job } from './given'
import { openParts, type Parts, type Where } from './parts'
import { jobsOf } from './services'
import { keysOf, type SigningSettings, signingOf } from './signing'
import { type SourceGiven, type SourceLife, sourceGiven, sourceKey, sourceNamed } from './source-settings'
import { takeStandardInput } from './standard-input'
import { watchStore } from './store-watch'
import { type Watch, watching } from './watch'

export interface Life extends Where, GatewayLife, SigningSettings, SourceLife {
  readonly eventstore: string | undefined
  /** The folder of the embedded ledger, where no real store is named. */
  readonly ledger: string
  readonly pools: readonly string[]
  readonly shard: Shard
  readonly data: string
  readonly http: HttpSettings
  readonly logLevel: LogLevel
  readonly stalledAfter: number
  readonly tick: number
  readonly nice: number | undefined
}

interface Running {
  readonly life: Life
  readonly jobs: readonly Job[]
  readonly world: World
  readonly parts: Parts
  readonly watch: Watch
  readonly sign: Sign
  readonly keyOf: ReturnType<typeof keysOf>
  readonly source: SourceGiven | undefined
  readonly health: Health
  readonly metrics: Metrics
  /** Ends every service, and whatever waits for the store. */
  readonly stop: AbortController
}

const version = { decider: String(decider), reducer: String(reducerVersion), node: process.version }

/** Runs the services until they are told to stop or one of them has to: then all stop, and the first reason is said last. */
const runServices = async ({
  life,
  jobs,
  world,
  parts,
  watch,
  sign,
  keyOf,
  source,
  stop,
}: Running): Promise<unknown> => {
  const ended = AbortSignal.any([world.interrupted, stop.signal])
  let failure: unknown
  const listening = (url: string): void => {
    watch.log.info({ service: 'gateway', url }, 'answers')
    void world.out.write(`${url}\n`)
  }
  // Beside the ledger itself where that is a folder, as `novation snapshot` has it.
  const snapshots = join(life.eventstore === undefined ? life.ledger : life.data, 'snapshots')
  const gateway = gatewayGiven(life, life, listening)
  const given = {
    ...life,
    ...parts,
    snapshots,
    scheduler: world.clock,
    watch,
    sign,
    ...(keyOf === undefined ? {} : { keyOf }),
    source,
    tick_ms: life.tick,
    isShared: life.kafka !== undefined,
    gateway,
  }
  const running = jobs.map(async ({ name, run }) => {
    try {
      await run(given, ended)
      if (!ended.aborted) throw new Error(`the consumer of ${name} ended by itself`)
    } catch (error) {
      failure ??= error
      stop.abort()
    }
  })
  const input = life.kafka === undefined ? [takeStandardInput(parts.bus, life.pools, world, watch.log, ended)] : []
  await Promise.all([...running, ...input])
  return failure
}

const live = async (running: Running): Promise<ExitCode> => {
  const { life, jobs, world, watch, health, metrics, parts } = running
  const names = jobs.map(({ name }) => name)
  const http = await serveHttp(life.http, { health, metrics, version, refresh: watch.refresh })
  watch.log.info({ services: names, pools: life.pools, url: http.url }, 'started')
  const failure = await runServices(running)
  await http.close()
  await parts.close()
  if (failure === undefined) {
    watch.rest()
    watch.log.info({ services: names }, 'stopped in good order')
    return exitCodes.ok
  }
  const { code, message } = endingOf(failure)
  watch.log[code === exitCodes.ok ? 'info' : 'fatal']({ services: names, exit: code }, message)
  return world.interrupted.aborted && code === exitCodes.ok ? exitCodes.ok : code
}

/** The long life of a process: opens its parts, serves its health, runs its services, and ends with a clear last line. */
export const runLive = async (life: Life, started: readonly string[], world: World): Promise<ExitCode> => {
  const jobs = jobsOf(started, life.shard)
  const names = jobs.map(({ name }) => name)
  world.standBack(life.nice ?? niceOf(names))
  const keyOf = keysOf(life, started, sourceNamed(life))
  const sign = signingOf(keyOf)
  const log = openLog(life.logLevel, { process: names.join(',') })
  const metrics = openMetrics()
  const expected = names.flatMap((name) => life.pools.map((pool) => `${name} ${pool}`))
  // A source reads no topic: nobody can say of it that it consumes nothing.
  const consumers = life.kafka === undefined ? [] : names.filter((name) => name !== 'source')
  const health = openHealth(consumers, expected, life.stalledAfter * 1000, world.clock)
  const watch = watching(log, metrics, health, world.clock)
  const source = names.includes('source') ? sourceGiven(life, world, watch) : undefined
  if (source !== undefined) void sourceKey(source.name, keyOf ?? (() => undefined))
  const stop = new AbortController()
  const ended = AbortSignal.any([world.interrupted, stop.signal])
  const begin = (store: EventStore) =>
    live({
      life,
      jobs,
      world,
      health,
      metrics,
      watch,
      sign,
      keyOf,
      source,
      stop,
      parts: openParts(life, store, log, health, world.clock),
    })
  if (life.eventstore === undefined) return whileWriting(life.ledger, begin)
  const heard = watchStore(log, health, world.clock)
  return begin(openEventStoreDb(life.eventstore, { scheduler: world.clock, stop: ended, heard }))
}
