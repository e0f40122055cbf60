import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { folderShelf } from '@novation/audit'
import { process as decide, emptyPool } from '@novation/clearing'
import { type Command, encodeEvent, streamOf, topics } from '@novation/events'
import { answerPast, runGateway, workOn } from '@novation/gateway'
import {
  type Bus,
  type EventStore,
  eventMessage,
  meshTopics,
  openEmbeddedStore,
  openMemoryBus,
  openMemoryStore,
  openSpool,
  systemScheduler,
} from '@novation/platform'
import fastify from 'fastify'
import { asking, houseOf, price, tick } from '../mesh/house'
import type { Asked, Told } from './parent'

const scheduler = systemScheduler
const pool = 'main'
/** A price goes so many cents up and begins anew: further than is ever told at once. */
const priceSteps = 101

/** What is measured, and what it can be told to do. */
interface Measured {
  readonly url: string
  readonly ticks?: (count: number) => Promise<number>
  readonly write?: (bytes: number) => void
}

/** A gateway that answers about a store, all in this process; with a folder it puts moments aside there. */
const answerFor = (store: EventStore, bus: Bus, aside?: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const askPast = answerPast({
      whose: (name) => (from) => store.read(streamOf(name), from),
      shelf: folderShelf('/nowhere'),
      ...(aside === undefined ? {} : { aside: folderShelf(aside) }),
      reacting: () => [],
      now: scheduler.now,
    })
    const spool = openSpool('/nowhere')
    const jobs = { spool, run: workOn({ store, snapshots: '/nowhere', reacting: () => [], spool }) }
    const report = { listening: resolve }
    const listen = { host: '127.0.0.1', port: 0 }
    const group = 'bench'
    const given = { pools: [pool], group, store, bus, scheduler, listen, askPast, jobs, report }
    void runGateway(given, new AbortController().signal).catch(reject)
  })

/** A gateway before a ledger that nobody writes to. */
const past = async (folder: string): Promise<Measured> => {
  const store = openEmbeddedStore(join(folder, 'ledger'))
  const bus = openMemoryBus({ topics: meshTopics(1), scheduler })
  return { url: await answerFor(store, bus, join(folder, 'aside')) }
}

/** A gateway before a ledger of so many accounts, which does only what it is asked to. */
const gateway = async (accounts: number): Promise<Measured> => {
  const store = openMemoryStore()
  const bus = openMemoryBus({ topics: meshTopics(1), scheduler })
  const book = emptyPool(pool)
  const began = scheduler.now()

  const happen = async (command: Command): Promise<number> => {
    const expected = book.revision
    const outcome = decide(book, command, Math.max(book.at, scheduler.now()))
    if (outcome.tag !== 'decided') throw new Error(`${command.type} was ${outcome.tag}`)
    const [first, ...rest] = outcome.events.map(encodeEvent)
    if (first === undefined) throw new Error(`${command.type} made no event`)
    const appended = await store.append(streamOf(pool), [first, ...rest], expected)()
    if (appended._tag === 'Left') throw new Error(appended.left.tag)
    for (const stored of [first, ...rest]) {
      const published = await bus.publish(topics.events, [eventMessage(stored)])()
      if (published._tag === 'Left') throw new Error(published.left.reason)
    }
    return book.revision
  }

  for (const command of houseOf(pool, accounts, began)) await happen(command).then(() => undefined)
  const url = await answerFor(store, bus)
  const ask = asking(pool, 'bench')
  let told = 0
  return {
    url,
    /** So many prices, one event each. None comes back soon: where two that are told together end at the price before, nobody's figures have moved. */
    ticks: async (count: number): Promise<number> => {
      for (let i = 0; i < count; i += 1) {
        told += 1
        await happen(tick(ask, scheduler.now(), price.start + (told % priceSteps) / 100)).then(() => undefined)
      }
      return book.revision
    },
  }
}

/** A route that answers an empty object. */
const empty = async (): Promise<Measured> => {
  const server = fastify()
  server.get('/', (_, reply) => reply.type('application/json').send('{}'))
  return { url: await server.listen({ host: '127.0.0.1', port: 0 }) }
}

/** Sockets to all of which the same bytes are written, and nothing else is done. */
const bare = async (): Promise<Measured> => {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    socket.resume()
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', 12_000, resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    write: (bytes: number): void => {
      const same = Buffer.alloc(bytes, 'x')
      for (const socket of sockets) socket.write(same)
    },
  }
}

/** This file is run by a process of its own, so that what it costs can be told apart from what asking costs. */
const main = async (): Promise<void> => {
  const [, , what = '', accounts = '0', folder = ''] = process.argv
  const begin = { gateway: () => gateway(Number(accounts)), past: () => past(folder), empty, bare }[what]
  if (begin === undefined) throw new Error(`there is no ${what}`)
  const served = await begin()
  const say = (told: Told): void => void process.send?.(told)
  const answer = async ({ id, ask, count = 0 }: Asked): Promise<void> => {
    const revision = ask === 'ticks' ? await served.ticks?.(count) : undefined
    if (ask === 'write') served.write?.(count)
    if (ask === 'memory') globalThis.gc?.()
    const { user, system } = process.cpuUsage()
    const { heapUsed, external } = process.memoryUsage()
    say({
      id,
      cpu_ms: (user + system) / 1_000,
      held: heapUsed + external,
      at: Date.now(),
      ...(revision === undefined ? {} : { revision }),
    })
  }
  process.on('message', (asked: Asked) => void answer(asked))
  say({ id: -1, cpu_ms: 0, held: 0, at: 0, url: served.url })
}
void main()
