import {
  type Command,
  decodeEvent,
  developmentKey,
  formatTime,
  type LedgerEvent,
  parseTime,
  signCommand,
  streamOf,
  topics,
} from '@novation/events'
import { runLedger } from '@novation/ledger'
import { runOracle } from '@novation/oracle'
import {
  type Bus,
  type EventStore,
  meshTopics,
  openMemoryBus,
  openMemoryDisk,
  openMemoryStore,
  systemScheduler,
} from '@novation/platform'
import { adapters, runSource } from '@novation/source'
import { opening, type QuotedPool, ticker } from './kit/quoted-pool'
import { until } from './kit/real-mesh'

const keyOf = (actor: string) => developmentKey('carried', actor)
const sources = ['s1', 's2', 's3', 's4', 's5']
const quoted: QuotedPool = { pool: 'main', domain: 'd0', sources, quorum: 4, keyOf }

const publish = async (bus: Bus, topic: string, key: string, texts: readonly string[]): Promise<void> => {
  for (const value of texts) await bus.publish(topic, [{ key, value, headers: {} }])()
}

/** What a venue tells, as long as somebody lets it. */
const venue = () => {
  const waiting: string[] = []
  let wake = (): void => undefined
  async function* messages(signal: AbortSignal): AsyncIterable<string> {
    signal.addEventListener('abort', () => wake(), { once: true })
    while (!signal.aborted) {
      const next = waiting.shift()
      if (next !== undefined) yield next
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  }
  return {
    messages,
    tell: (message: string): void => {
      waiting.push(message)
      wake()
    },
  }
}

const ledgerOf = async (store: EventStore): Promise<readonly LedgerEvent[]> => {
  const events: LedgerEvent[] = []
  for await (const recorded of store.read(streamOf('main'), 0)) {
    const event = decodeEvent(recorded)
    if (event._tag === 'Right') events.push(event.right)
  }
  return events
}

/** A bus on which whoever sends commands dies: some of what he sends is there, and he never hears of it. */
const dying = (bus: Bus): { readonly bus: Bus; readonly died: Promise<void> } => {
  let die = (): void => undefined
  const died = new Promise<void>((resolve) => {
    die = resolve
  })
  const publishing: Bus['publish'] = (topic, messages) => {
    if (topic !== topics.commands) return bus.publish(topic, messages)
    return async () => {
      await bus.publish(topic, messages)()
      die()
      return new Promise(() => undefined)
    }
  }
  return { bus: { ...bus, publish: publishing }, died }
}

describe('a carrier of quotes', () => {
  const begun = async () => {
    const store = openMemoryStore()
    const bus = openMemoryBus({ topics: meshTopics(1), scheduler: systemScheduler, pause_ms: 5 })
    const stop = new AbortController()
    const sign = (command: Command, of: string) => signCommand(command, of, [keyOf(command.actor)])
    const own = { pools: ['main'], store, scheduler: systemScheduler }
    const carrier = (on: Bus, signal = stop.signal) =>
      runOracle({ ...own, bus: on, sign, tick_ms: 0, move: 0.001 }, signal)
    const running = [
      runLedger(
        {
          ...own,
          bus,
          sign: (_, command, now) =>
            signCommand({ ...command, at: formatTime(now) }, quoted.domain, [keyOf(command.actor)]),
        },
        stop.signal,
      ),
    ]
    await publish(
      bus,
      topics.commands,
      'main',
      opening(quoted, systemScheduler.now()).map((command) => JSON.stringify(command)),
    )
    const has = (what: string, is: (event: LedgerEvent) => boolean) =>
      until(
        async () => (await ledgerOf(store)).some(is),
        () => `${what} is not in the ledger`,
        20_000,
      )
    await has('the index', ({ type }) => type === 'IndexSet')
    const venues = sources.map((source) => {
      const { messages, tell } = venue()
      const adapter = adapters.coinbase ?? (() => [])
      const disk = { disk: openMemoryDisk().mount(), path: `/data/${source}.json` }
      const own = { source, adapter, symbols: {}, key: keyOf(`source:${source}`), bus, scheduler: systemScheduler }
      running.push(runSource({ ...own, ...disk, messages: messages(stop.signal) }, stop.signal))
      return tell
    })
    /** Every venue says a price of now, each a dollar above the one before. */
    const say = (price: number): void => {
      for (const [i, tell] of venues.entries()) tell(ticker(systemScheduler.now(), price + i))
    }
    return { store, bus, stop, running, carrier, has, say }
  }

  const tickOf = (price: string) => (event: LedgerEvent) => event.type === 'IndexTicked' && event.data.price === price

  it('brings what sources sign of what their venues say to the ledger, and where it dies another goes on', async () => {
    const { store, bus, stop, running, carrier, has, say } = await begun()
    try {
      const first = dying(bus)
      // Nobody waits for a process that is gone.
      void carrier({
        ...first.bus,
        subscribe: (subscription, handler, signal) => bus.subscribe(subscription, handler, signal),
      })
      say(100)
      await first.died
      // What it had in hand is there; the next has it again, of which nothing is new, and goes on with what comes.
      const groupOf = (subscription: Parameters<Bus['subscribe']>[0]) =>
        subscription.topic === topics.quotes ? { ...subscription, group: 'next' } : subscription
      running.push(
        carrier({
          ...bus,
          subscribe: (subscription, handler, signal) => bus.subscribe(groupOf(subscription), handler, signal),
        }),
      )
      await has('the first tick', tickOf('102'))
      await publish(bus, topics.quotes, 's', ['{"source":"s1"}'])
      say(101)
      await has('the second tick', tickOf('103'))
      const taken = (await ledgerOf(store)).flatMap((event) => (event.type === 'QuotesTaken' ? event.data.taken : []))
      expect(new Set(taken.map(({ source, at }) => `${source} ${parseTime(at)}`)).size).toBe(taken.length)
      expect(taken).toHaveLength(10)
    } finally {
      stop.abort()
      await Promise.all(running)
    }
  }, 40_000)
})
