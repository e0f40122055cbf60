import {
  type Command,
  decodeEvent,
  developmentKey,
  formatTime,
  type LedgerEvent,
  parseTime,
  signCommand,
  signQuote,
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
  openMemoryStore,
  systemScheduler,
} from '@novation/platform'
import { until } from './kit/real-mesh'

const domain = 'd0'
const keyOf = (actor: string) => developmentKey('carried', actor)
const sources = ['s1', 's2', 's3', 's4', 's5']
const operators = ['operator:first', 'operator:second']

const asked = (
  id: string,
  type: string,
  data: object,
  actor = 'operator:first',
  also: readonly string[] = [],
): Command =>
  signCommand(
    { id, type, pool: 'main', actor, at: formatTime(systemScheduler.now()), data } as Command,
    domain,
    [actor, ...also].map(keyOf),
  )

const registered = (actor: string): Command =>
  asked(`key-${actor}`, 'RegisterKey', { actor, key: keyOf(actor).key }, 'operator:first', [actor])

const adopted = (): Command => {
  const keys = operators.map((actor) => ({ actor, key: keyOf(actor).key }))
  return asked('adopt', 'AdoptIdentity', { domain, keys }, 'operator:first', ['operator:second'])
}

const opening = (): readonly Command[] => [
  adopted(),
  ...['clock', 'oracle', ...sources.map((source) => `source:${source}`)].map(registered),
  asked('usd', 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }),
  asked('index', 'SetIndex', {
    ...{ index: 'BTC-USD', base: 'BTC', currency: 'USD', places: 2, quorum: 4 },
    sources: sources.map((source) => ({ source, weight: 1 })),
  }),
]

const publish = async (bus: Bus, topic: string, key: string, texts: readonly string[]): Promise<void> => {
  for (const value of texts) await bus.publish(topic, [{ key, value, headers: {} }])()
}

/** What all sources say of a moment, as it stands on their topic. */
const quotesOf = (ms: number, price: number): readonly string[] =>
  sources.map((source, i) => {
    const said = { source, base: 'BTC', currency: 'USD', at: formatTime(ms), price: (price + i).toFixed(2) }
    return JSON.stringify(signQuote(said, keyOf(`source:${source}`)))
  })

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
          sign: (_, command, now) => signCommand({ ...command, at: formatTime(now) }, domain, [keyOf(command.actor)]),
        },
        stop.signal,
      ),
    ]
    await publish(
      bus,
      topics.commands,
      'main',
      opening().map((command) => JSON.stringify(command)),
    )
    const has = (what: string, is: (event: LedgerEvent) => boolean) =>
      until(
        async () => (await ledgerOf(store)).some(is),
        () => `${what} is not in the ledger`,
        20_000,
      )
    await has('the index', ({ type }) => type === 'IndexSet')
    return { store, bus, stop, running, carrier, has }
  }

  const tickOf = (price: string) => (event: LedgerEvent) => event.type === 'IndexTicked' && event.data.price === price

  it('brings what sources sign to the ledger, and where it dies another goes on', async () => {
    const { store, bus, stop, running, carrier, has } = await begun()
    try {
      const now = systemScheduler.now()
      const first = dying(bus)
      // Nobody waits for a process that is gone.
      void carrier({
        ...first.bus,
        subscribe: (subscription, handler, signal) => bus.subscribe(subscription, handler, signal),
      })
      await publish(bus, topics.quotes, 's', quotesOf(now - 2_000, 100))
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
      await publish(bus, topics.quotes, 's', ['{"source":"s1"}', ...quotesOf(now - 1_000, 101)])
      await has('the first tick', tickOf('102'))
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
