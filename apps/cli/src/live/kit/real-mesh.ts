import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyPool, evolve, judge, type Pool } from '@novation/clearing'
import { decodeEvent, type LedgerEvent, streamOf } from '@novation/events'
import {
  type Bus,
  ensureTopics,
  kafkaTopics,
  type Message,
  meshTopics,
  openEventStoreDb,
  openKafkaBus,
} from '@novation/platform'
import { type EventStoreDbProcess, runEventStoreDb } from '@novation/testing'

const program = join(__dirname, '../../../bin/novation.js')
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

/** One service in a process of its own. */
export interface ServiceProcess {
  readonly name: string
  readonly url: () => string
  readonly log: () => string
  readonly kill: (signal: NodeJS.Signals) => Promise<number | null>
  readonly exited: () => boolean
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Tries until it holds; fails with what `describe` says. */
export const until = async (
  holds: () => Promise<boolean> | boolean,
  what: () => string,
  limit_ms = 60_000,
): Promise<void> => {
  for (let left = limit_ms; left > 0; left -= 100) {
    if (await holds()) return
    await wait(100)
  }
  throw new Error(`not within ${limit_ms} ms: ${what()}`)
}

const startService = (name: string, directory: string, env: Readonly<Record<string, string>>): ServiceProcess => {
  const logFile = join(directory, `${name}-${++processes}.log`)
  writeFileSync(logFile, '')
  const child: ChildProcess = spawn(process.execPath, [program, 'start', name], {
    env: { ...process.env, ...env, NOVATION_HTTP: '127.0.0.1:0', NOVATION_LOG_LEVEL: 'info' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let log = ''
  child.stderr?.on('data', (bytes: Buffer) => {
    log += bytes.toString()
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const leave = () => void child.kill('SIGKILL')
  process.once('exit', leave)
  return {
    name,
    log: () => log,
    exited: () => child.exitCode !== null || child.signalCode !== null,
    url: () => /"url":"(http:[^"]+)"/.exec(log)?.[1] ?? '',
    kill: async (signal) => {
      child.kill(signal)
      process.off('exit', leave)
      return ended
    },
  }
}

let processes = 0

/** Kafka is given; EventStoreDB is the test kit's server in a process of its own; each service is a real process. */
export interface RealMesh {
  readonly pool: string
  readonly bus: Bus
  readonly store: EventStoreDbProcess
  readonly services: Map<string, ServiceProcess>
  readonly start: (name: string, settings?: Readonly<Record<string, string>>) => Promise<void>
  readonly restartStore: () => Promise<void>
  readonly send: (...commands: readonly unknown[]) => Promise<void>
  readonly ledger: () => Promise<readonly LedgerEvent[]>
  readonly folded: () => Promise<Pool>
  readonly revision: () => Promise<number>
  readonly quiet: (still_ms?: number) => Promise<void>
  readonly stop: () => Promise<void>
}

export const serviceNames = ['ledger', 'margin', 'liquidator', 'insurance', 'keeper'] as const

/**
 * A mesh of its own pool on a shared broker: pools do not meet, so tests may share the topics. A service that has a long
 * history to fold is given `patience_ms` until it is ready.
 */
export const openRealMesh = async (bootstrap: string, pool: string, patience_ms = 60_000): Promise<RealMesh> => {
  const directory = mkdtempSync(join(tmpdir(), 'novation-mesh-'))
  const port = await freePort()
  let store = await runEventStoreDb({ port, directory: join(directory, 'store') })
  const kafka = { brokers: [bootstrap], clientId: 'mesh-test', logger: quiet, topics: meshTopics(1) }
  const ready = await ensureTopics(kafka, kafkaTopics(1, 1))()
  if (ready._tag === 'Left') throw new Error(ready.left.reason)
  const bus = openKafkaBus(kafka)
  const reader = openEventStoreDb(store.connectionString)
  const services = new Map<string, ServiceProcess>()
  const env = {
    NOVATION_KAFKA: bootstrap,
    NOVATION_EVENTSTORE: store.connectionString,
    NOVATION_POOLS: pool,
    NOVATION_PARTITIONS: '1',
    NOVATION_DATA: join(directory, 'data'),
  }

  const start = async (name: string, settings: Readonly<Record<string, string>> = {}): Promise<void> => {
    const service = startService(name, directory, { ...env, ...settings })
    services.set(name, service)
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

  const revision = async (): Promise<number> => (await reader.last(streamOf(pool)))?.revision ?? -1

  return {
    pool,
    bus,
    get store() {
      return store
    },
    services,
    start,
    restartStore: async () => {
      store.kill('SIGKILL')
      await store.ended
      store = await runEventStoreDb({ port, directory: join(directory, 'store') })
    },
    send: async (...commands) => {
      const [first, ...rest] = commands.map(
        (command): Message => ({
          key: pool,
          value: typeof command === 'string' ? command : JSON.stringify(command),
          headers: {},
        }),
      )
      if (first === undefined) return
      const sent = await bus.publish('novation.commands', [first, ...rest])()
      if (sent._tag === 'Left') throw new Error(sent.left.reason)
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
    stop: async () => {
      await Promise.all([...services.values()].map((service) => service.kill('SIGTERM')))
      await bus.close()
      await reader.close()
      store.kill('SIGKILL')
      await store.ended
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** What a service's metric says now. */
export const metricOf = async (service: ServiceProcess | undefined, name: string): Promise<number | undefined> => {
  const page = await (await fetch(`${service?.url()}/metrics`)).text()
  const line = page.split('\n').find((text) => text.startsWith(`${name}{`) || text.startsWith(`${name} `))
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1))
}
