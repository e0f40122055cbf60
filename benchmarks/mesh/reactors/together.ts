import type { Book } from '@novation/clearing'
import { encodeEvent, type Millis, streamOf, topics } from '@novation/events'
import { insurance } from '@novation/insurance'
import { backstopKeeper } from '@novation/keeper'
import { liquidator } from '@novation/liquidator'
import { margin } from '@novation/margin'
import {
  advance,
  type Bus,
  bookFold,
  type EventStore,
  eventMessage,
  hostOn,
  type Message,
  meshTopics,
  openMemoryBus,
  openMemoryStore,
  type Reactor,
  runReactors,
  startMesh,
  systemScheduler,
} from '@novation/platform'
import { houseOf } from '../house'
import { prepareLedger } from '../ledger/prepare'
import { loadOf } from '../load'
import { median } from '../measure'
import type { Options } from '../options'
import { type Part, type Row, say } from '../report'

const pool = 'bench'
const all: readonly Reactor<Book>[] = [margin, liquidator, insurance, backstopKeeper]

/** What a process of its own looks after, each. */
const ways: Readonly<Record<string, readonly (readonly Reactor<Book>[])[]>> = {
  'margin alone': [[margin]],
  'four reactors, a state each': all.map((reactor) => [reactor]),
  'four reactors on one state': [all],
}

const apart = 'four reactors, a state each'

/** The events that a load makes in a house, as the relay publishes them; the store before it and after. */
interface Feed {
  readonly house: EventStore
  readonly loaded: EventStore
  readonly records: readonly Message[]
  readonly head: number
}

const madeFeed = async (accounts: number, commands: number, at: Millis): Promise<Feed> => {
  const [house, loaded] = [openMemoryStore(), openMemoryStore()]
  await prepareLedger(house, pool, houseOf(pool, accounts, at), at).then(() => undefined)
  const book = await prepareLedger(loaded, pool, houseOf(pool, accounts, at), at)
  const mesh = startMesh(book, [hostOn(book, all)])
  const events = loadOf(pool, 'load', accounts, commands, at).flatMap(
    (command) => advance(mesh, command, at, 1_000).events,
  )
  const stored = events.map(encodeEvent)
  for (let from = 0; from < stored.length; from += 500) {
    const [first, ...rest] = stored.slice(from, from + 500)
    if (first === undefined) continue
    const kept = await loaded.append(streamOf(pool), [first, ...rest], first.revision - 1)()
    if (kept._tag === 'Left') throw new Error(`the store answered ${kept.left.tag}`)
  }
  return { house, loaded, records: stored.map(eventMessage), head: book.revision }
}

const cpu_us = (): number => {
  const { user, system } = process.cpuUsage()
  return user + system
}

const publish = async (bus: Bus, records: readonly Message[]): Promise<void> => {
  const [first, ...rest] = records
  if (first === undefined) return
  const sent = await bus.publish(topics.events, [first, ...rest])()
  if (sent._tag === 'Left') throw new Error(sent.left.reason)
}

/** Microseconds of CPU in which all of these have followed the feed, from when each has folded the house. */
const following = async ({ house, loaded, records, head }: Feed, hosts: readonly (readonly Reactor<Book>[])[]) => {
  const bus = openMemoryBus({ topics: meshTopics(1), scheduler: systemScheduler, retain: records.length })
  let held = house
  const store: EventStore = { ...house, read: (...of) => held.read(...of), last: (stream) => held.last(stream) }
  const stop = new AbortController()
  const isDone = (host: number, revision: number, reached: number): void => {
    if (revision >= reached) waiting.delete(host)
    if (waiting.size === 0) goOn()
  }
  let waiting = new Set(hosts.keys())
  let goOn = (): void => undefined
  const everybody = (): Promise<void> =>
    new Promise((resolve) => {
      waiting = new Set(hosts.keys())
      goOn = resolve
    })

  const ready = everybody()
  const running = hosts.map((reactors, host) =>
    runReactors(
      {
        ...{ fold: bookFold, reactors, pools: [pool], group: `host-${host}`, store, bus },
        scheduler: systemScheduler,
        report: {
          ready: (_, revision) => isDone(host, revision, 0),
          followed: (_, { revision }) => isDone(host, revision, head),
        },
      },
      stop.signal,
    ),
  )
  await ready
  const followed = everybody()
  held = loaded
  const before = cpu_us()
  await publish(bus, records)
  await followed
  const used = cpu_us() - before
  stop.abort()
  await Promise.all(running)
  return used
}

/**
 * What it costs to follow the events of a calm load, decoded from their records, folded and looked at: by four reactors
 * with a state each, and on one. All in this process, on a bus in memory: brokers and connections come on top of it.
 */
export const measureTogether = async ({ accounts, commands, rounds }: Options): Promise<Part> => {
  say(`reactors together and apart, ${accounts} accounts, ${commands} commands`)
  const feed = await madeFeed(accounts, commands, systemScheduler.now())
  const used = new Map(Object.keys(ways).map((name): [string, number[]] => [name, []]))
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, hosts] of Object.entries(ways)) {
      const spent = await following(feed, hosts)
      if (round > 0) used.get(name)?.push(spent / commands)
    }
  const rows = [...used].map(([what, spent]): Row => {
    const figure = median(spent)
    return { what, figure, unit: 'us of CPU a command', ...(what === apart ? {} : { baseline: apart }) }
  })
  const title = `Following ${feed.records.length.toLocaleString('en')} events of ${commands.toLocaleString('en')} commands, ${accounts.toLocaleString('en')} accounts`
  return { title, rows, notes: [] }
}
