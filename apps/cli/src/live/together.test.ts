import { type Command, decodeEvent, formatTime, type LedgerEvent, streamOf, topics } from '@novation/events'
import { runLedger } from '@novation/ledger'
import {
  type Bus,
  type EventStore,
  type Log,
  meshTopics,
  openHealth,
  openMemoryBus,
  openMemoryStore,
  openMetrics,
  systemScheduler,
} from '@novation/platform'
import { btcPerp } from '@novation/platform/kit'
import { testWorld } from '../test-world'
import { until } from './kit/real-mesh'
import { jobsOf } from './services'
import { watching } from './watch'

const world = testWorld()
const whole = { index: 0, of: 1 }

describe('what runs in one process', () => {
  const named = (names: readonly string[], shard = whole) => jobsOf(names, shard).map(({ name }) => name)

  it('is the ledger and all reactors on one state, where nothing is named; or those that are named, on one state too', () => {
    expect(named(['ledger', 'reactors'])).toEqual(['ledger', 'reactors'])
    expect(named(['reactors'])).toEqual(['reactors'])
    expect(named(['margin'])).toEqual(['margin'])
    expect(named(['keeper', 'liquidator', 'insurance'])).toEqual(['liquidator+insurance+keeper'])
    expect(named(['keeper', 'margin', 'liquidator', 'insurance'])).toEqual(['reactors'])
    expect(named(['margin', 'reactors'])).toEqual(['reactors'])
  })

  it('has a state of its own for a shard of margin, and the others go together', () => {
    expect(named(['margin'], { index: 0, of: 2 })).toEqual(['margin'])
    expect(named(['reactors'], { index: 1, of: 2 })).toEqual(['margin', 'liquidator+insurance+keeper'])
    expect(named(['insurance'], { index: 1, of: 2 })).toEqual(['insurance'])
  })
})

const wish = (id: string, type: Command['type'], data: object, actor = 'operator'): Command =>
  ({ id, type, pool: 'main', actor, data }) as Command

const begins = systemScheduler.now()
const tick = (id: string, price: string, after_ms: number) =>
  wish(id, 'PublishPrice', { instrument: 'BTC-PERP', price, observedAt: formatTime(begins + after_ms) })

/** At 4200 alice is below both of her margins: she is called, and put up for auction. */
const crash: readonly Command[] = [
  wish('usd', 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }),
  wish('btc', 'ListInstrument', btcPerp),
  wish('patience', 'SetPoolParameters', { priceTolerance_s: 3_600, wear_s: 3_600, deviation: '10' }),
  ...['alice', 'bob'].flatMap((account) => [
    wish(`open-${account}`, 'OpenAccount', { account }),
    wish(`fund-${account}`, 'Deposit', { account, asset: 'USD', amount: '1000' }),
  ]),
  tick('first', '5000', 0),
  wish('trade', 'ClearTrade', {
    ...{ trade: 't1', instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity: '1', price: '5000' },
  }),
  tick('fall', '4200', 1),
]

const silent = () => undefined
const log: Log = { debug: silent, info: silent, warn: silent, error: silent, fatal: silent }
const watch = watching(log, openMetrics(), openHealth([], [], 60_000, systemScheduler), systemScheduler)

const send = async (bus: Bus, commands: readonly Command[]): Promise<void> => {
  for (const command of commands)
    await bus.publish(topics.commands, [{ key: 'main', value: JSON.stringify(command), headers: {} }])()
}

const ledgerOf = async (store: EventStore): Promise<readonly LedgerEvent[]> => {
  const events: LedgerEvent[] = []
  for await (const recorded of store.read(streamOf('main'), 0)) {
    const event = decodeEvent(recorded)
    if (event._tag === 'Left') throw new Error(event.left)
    events.push(event.right)
  }
  return events
}

/**
 * A bus on which a process dies while it sends what two reactors ask: what the first of them asks is there, the rest is
 * not, and the process never hears of either.
 */
const dyingBetween = (bus: Bus): { readonly bus: Bus; readonly died: Promise<void> } => {
  let die = (): void => undefined
  const died = new Promise<void>((resolve) => {
    die = resolve
  })
  const actorOf = ({ value }: { readonly value: string | Buffer }): string => JSON.parse(String(value)).actor
  const publish: Bus['publish'] = (topic, messages) => {
    const [first] = messages
    const own = messages.filter((message) => actorOf(message) === actorOf(first))
    if (topic !== topics.commands || own.length === messages.length) return bus.publish(topic, messages)
    return async () => {
      await bus.publish(topic, [first, ...own.slice(1)])()
      die()
      return new Promise(() => undefined)
    }
  }
  return { bus: { ...bus, publish }, died }
}

describe('reactors on one state', () => {
  it('lose nothing and double nothing where they are killed between the sends of two of them', async () => {
    const store = openMemoryStore()
    const bus = openMemoryBus({ topics: meshTopics(1), scheduler: systemScheduler, pause_ms: 5 })
    const stop = new AbortController()
    const data = world.folder('data')
    const own = { pools: ['main'], store, bus, scheduler: systemScheduler }
    const listen = { host: '127.0.0.1', port: 0 }
    const gateway = { listen, tokens: undefined, origins: [], instance: '', ledger: { folder: '' }, listening: silent }
    const unused = { snapshots: '', gateway }
    const begin = (other: Bus) =>
      jobsOf(['reactors'], whole).map(({ run }) => run({ ...own, ...unused, data, watch, bus: other }, stop.signal))
    const running = [runLedger(own, stop.signal)]

    const dying = dyingBetween(bus)
    try {
      // Nobody waits for a process that is gone.
      void Promise.all(begin(dying.bus))
      await send(bus, crash)
      await dying.died

      // The consumer of the dead one is never heard of again; the next has its place, by a group of its own.
      const isOther = { ...bus, subscribe: otherGroup(bus) }
      running.push(...begin(isOther))
      const told = async () => (await ledgerOf(store)).map(({ type }) => type)
      await until(
        async () => (await told()).includes('LiquidationStarted') && (await told()).includes('MarginCall'),
        () => 'what was asked is not done',
        10_000,
      )
      const outcomes = (await ledgerOf(store)).flatMap(({ metadata: { command } }) => command?.id ?? [])
      expect(new Set(outcomes).size).toBe(outcomes.length)
      expect((await told()).filter((type) => type === 'LiquidationStarted' || type === 'MarginCall')).toHaveLength(2)
    } finally {
      stop.abort()
      await Promise.all(running)
    }
  }, 30_000)
})

const otherGroup =
  (bus: Bus): Bus['subscribe'] =>
  (subscription, handler, signal) =>
    bus.subscribe(
      subscription.topic === topics.events ? { ...subscription, group: `${subscription.group}-next` } : subscription,
      handler,
      signal,
    )
