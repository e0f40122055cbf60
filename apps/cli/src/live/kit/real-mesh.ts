import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { emptyPool, evolve, judge, type Pool } from '@novation/clearing'
import { decodeEvent, type LedgerEvent, streamOf, topics } from '@novation/events'
import {
  type Bus,
  ensureTopics,
  kafkaTopics,
  type Message,
  meshTopics,
  openEventStoreDb,
  openKafkaBus,
  publishSurely,
  systemScheduler,
} from '@novation/platform'
import { type EventStoreDbProcess, runEventStoreDb } from '@novation/testing'
import { type ServiceProcess, startService } from './service-process'

const quiet = { debug: () => undefined, warn: () => undefined }

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(address)))
    })
  })

/** Tries until it holds; fails with what `what` says. */
export const until = async (
  holds: () => Promise<boolean> | boolean,
  what: () => string,
  limit_ms = 60_000,
): Promise<void> => {
  const end = systemScheduler.now() + limit_ms
  while (!(await holds())) {
    if (systemScheduler.now() > end) throw new Error(`not within ${limit_ms} ms: ${what()}`)
    await pause(100)
  }
}

/** Kafka is given; EventStoreDB is the test kit's server in a process of its own; each service is a real process. */
export interface RealMesh {
  readonly pool: string
  readonly bus: Bus
  readonly store: EventStoreDbProcess
  /** By name, and shard where it has one, or what else tells it from others of its name. */
  readonly services: Map<string, ServiceProcess>
  /** Settings of the mesh, as variables: what any `novation` that is to meet it is told. */
  readonly env: Readonly<Record<string, string>>
  readonly start: (name: string, settings?: Readonly<Record<string, string>>) => Promise<void>
  /** Ends every service: the exit codes. */
  readonly stopServices: (signal?: NodeJS.Signals) => Promise<readonly (number | null)[]>
  readonly restartStore: () => Promise<void>
  /** Copies the store as it is now to a file that `restore` brings back. */
  readonly backup: () => void
  /** Puts the copy in place of the store: what came after it is gone. */
  readonly restore: () => Promise<void>
  /** Removes what every service keeps between two lives. */
  readonly forget: () => void
  /** Settles once Kafka has taken them all, however long it is away. */
  readonly send: (...commands: readonly unknown[]) => Promise<void>
  readonly ledger: () => Promise<readonly LedgerEvent[]>
  readonly folded: () => Promise<Pool>
  readonly revision: () => Promise<number>
  readonly quiet: (still_ms?: number) => Promise<void>
  /** Ends all: at once by SIGKILL, where nobody will need the partitions that the services hold. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>
}

export const serviceNames = ['ledger', 'margin', 'liquidator', 'insurance', 'keeper'] as const

/**
 * A mesh of its own pool on a shared broker: pools do not meet, so tests may share the topics. A service that has a long
 * history to fold is given `patience_ms` until it is ready.
 */
export const openRealMesh = async (bootstrap: string, pool: string, patience_ms = 60_000): Promise<RealMesh> => {
  const directory = mkdtempSync(join(tmpdir(), 'novation-mesh-'))
  const port = await freePort()
  const own = { store: join(directory, 'store'), data: join(directory, 'data') }
  const [journal, copy] = [join(own.store, 'journal.ndjson'), join(directory, 'backup.ndjson')]
  const openStore = () => runEventStoreDb({ port, directory: own.store })
  let store = await openStore()
  const kafka = { brokers: [bootstrap], clientId: 'mesh-test', logger: quiet, topics: meshTopics(1) }
  const ready = await ensureTopics(kafka, kafkaTopics(1, 1))()
  if (ready._tag === 'Left') throw new Error(ready.left.reason)
  const bus = openKafkaBus(kafka)
  const reader = openEventStoreDb(store.connectionString)
  const services = new Map<string, ServiceProcess>()
  const closing = new AbortController()
  const env = {
    NOVATION_KAFKA: bootstrap,
    NOVATION_EVENTSTORE: store.connectionString,
    NOVATION_POOLS: pool,
    NOVATION_PARTITIONS: '1',
    NOVATION_DATA: own.data,
  }

  const start = async (name: string, settings: Readonly<Record<string, string>> = {}): Promise<void> => {
    const service = startService(name, { ...env, ...settings })
    const { NOVATION_SHARD, NOVATION_SOURCE, NOVATION_INSTANCE } = settings
    services.set([name, NOVATION_SHARD ?? NOVATION_SOURCE ?? NOVATION_INSTANCE ?? []].flat().join(' '), service)
    await until(
      async () => {
        if (service.exited()) throw new Error(`${name} ended:\n${service.log()}`)
        return service.url() !== '' && (await fetch(`${service.url()}/readyz`).catch(() => undefined))?.status === 200
      },
      () => `${name} is not ready:\n${service.log()}`,
      patience_ms,
    )
  }

  const ledger = async (): Promise<readonly LedgerEvent[]> => {
    const events: LedgerEvent[] = []
    for await (const recorded of reader.read(streamOf(pool), 0)) {
      const event = decodeEvent(recorded)
      if (event._tag === 'Left') throw new Error(event.left)
      events.push(event.right)
    }
    return events
  }

  const stopServices = (signal: NodeJS.Signals = 'SIGTERM') =>
    Promise.all([...services.values()].map((service) => service.kill(signal)))

  const killStore = async (): Promise<void> => {
    store.kill('SIGKILL')
    await store.ended
  }

  const revision = async (): Promise<number> => (await reader.last(streamOf(pool)))?.revision ?? -1

  return {
    pool,
    bus,
    get store() {
      return store
    },
    services,
    env,
    start,
    stopServices,
    restartStore: async () => {
      await killStore()
      store = await openStore()
    },
    backup: () => copyFileSync(journal, copy),
    restore: async () => {
      await killStore()
      copyFileSync(copy, journal)
      store = await openStore()
    },
    forget: () => rmSync(own.data, { recursive: true, force: true }),
    send: async (...commands) => {
      const [first, ...rest] = commands.map(
        (command): Message => ({
          key: pool,
          value: typeof command === 'string' ? command : JSON.stringify(command),
          headers: {},
        }),
      )
      if (first === undefined) return
      const published = await publishSurely(bus, systemScheduler, topics.commands, [first, ...rest], closing.signal)
      if (published.tag !== 'sent') throw new Error(JSON.stringify(published))
    },
    ledger,
    folded: async () => judge((await ledger()).reduce(evolve, emptyPool(pool))),
    revision,
    quiet: async (still_ms = 1_500) => {
      let seen = await revision()
      let since = 0
      await until(
        async () => {
          const now = await revision()
          since = now === seen ? since + 100 : 0
          seen = now
          return since >= still_ms
        },
        () => 'the ledger never rests',
      )
    },
    stop: async (signal) => {
      closing.abort()
      await stopServices(signal)
      await bus.close()
      await reader.close()
      await killStore()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** What a service's metric says now: the first series of that name, or of that name and those labels. */
export const metricOf = async (service: ServiceProcess | undefined, series: string): Promise<number | undefined> => {
  const page = await (await fetch(`${service?.url()}/metrics`)).text()
  const line = page.split('\n').find((text) => text.startsWith(`${series}{`) || text.startsWith(`${series} `))
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1))
}
