import { signWith } from '@novation/clearing'
import {
  type Command,
  decodeEvent,
  developmentKey,
  formatTime,
  type LedgerEvent,
  signCommand,
  streamOf,
  topics,
} from '@novation/events'
import { runLedger } from '@novation/ledger'
import {
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
import { exitCodes } from '../exit-code'
import { testWorld } from '../test-world'
import { endingOf } from './ending'
import { until } from './kit/real-mesh'
import { jobsOf } from './services'
import { watching } from './watch'

const world = testWorld()
const anna = 'operator:anna'
const keyOf = (actor: string) => developmentKey('live', actor)
const begins = systemScheduler.now()

const wish = (id: string, type: Command['type'], data: object): Command =>
  ({ id, type, pool: 'main', actor: anna, at: formatTime(begins), data }) as Command

/** As anna signs it; a key that is registered signs too. */
const signed = (command: Command): Command => {
  const more = command.type === 'RegisterKey' ? [keyOf(command.data.actor)] : []
  return signCommand(command, 'd0', [keyOf(anna), ...more])
}

const adoption = (development: boolean): Command =>
  signed(wish('adopt', 'AdoptIdentity', { domain: 'd0', keys: [{ actor: anna, key: keyOf(anna).key }], development }))

const services = ['clock', 'margin', 'liquidator', 'insurance', 'keeper:backstop']

/** At 4200 alice is below both of her margins: she is called, and put up for auction. Then her call falls due. */
const crash: readonly Command[] = [
  ...services.map((actor) => wish(`key-${actor}`, 'RegisterKey', { actor, key: keyOf(actor).key })),
  wish('usd', 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }),
  wish('btc', 'ListInstrument', btcPerp),
  wish('patience', 'SetPoolParameters', { priceTolerance_s: 3_600, wear_s: 3_600, callPeriod_s: 1, deviation: '10' }),
  ...['alice', 'bob'].flatMap((account) => [
    wish(`open-${account}`, 'OpenAccount', { account }),
    wish(`fund-${account}`, 'Deposit', { account, asset: 'USD', amount: '1000' }),
  ]),
  wish('first', 'PublishPrice', { instrument: 'BTC-PERP', price: '5000', observedAt: formatTime(begins) }),
  wish('trade', 'ClearTrade', {
    ...{ trade: 't1', instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity: '1', price: '5000' },
  }),
  wish('fall', 'PublishPrice', { instrument: 'BTC-PERP', price: '4200', observedAt: formatTime(begins + 1) }),
].map(signed)

const silent = () => undefined
const log: Log = { debug: silent, info: silent, warn: silent, error: silent, fatal: silent }
const watch = watching(log, openMetrics(), openHealth([], [], 60_000, systemScheduler), systemScheduler)

const ledgerOf = async (store: EventStore): Promise<readonly LedgerEvent[]> => {
  const events: LedgerEvent[] = []
  for await (const recorded of store.read(streamOf('main'), 0)) {
    const event = decodeEvent(recorded)
    if (event._tag === 'Right') events.push(event.right)
  }
  return events
}

const begin = (name: string, store: EventStore = openMemoryStore(), isLed = true) => {
  const bus = openMemoryBus({ topics: meshTopics(1), scheduler: systemScheduler, pause_ms: 5 })
  const stop = new AbortController()
  const listen = { host: '127.0.0.1', port: 0 }
  const gateway = { listen, tokens: undefined, origins: [], instance: '', ledger: { folder: '' }, listening: silent }
  const sign = signWith((actor) => (services.includes(actor) ? keyOf(actor) : undefined))
  const folders = { data: world.folder(`${name}-data`), snapshots: world.folder(`${name}-snapshots`) }
  const own = { pools: ['main'], store, bus, scheduler: systemScheduler, sign }
  const given = { ...own, watch, gateway, ...folders }
  const jobs = (names: readonly string[], isShared: boolean) =>
    jobsOf(names, { index: 0, of: 1 }).map(({ run }) => run({ ...given, isShared }, stop.signal))
  // A ledger that is started proves its snapshots in a thread, which tests have not got.
  const running = isLed ? [runLedger(own, stop.signal), ...jobs(['reactors'], true)] : jobs(['ledger'], true)
  const ended = Promise.allSettled(running)
  const send = async (commands: readonly Command[]): Promise<void> => {
    for (const command of commands)
      await bus.publish(topics.commands, [{ key: 'main', value: JSON.stringify(command), headers: {} }])()
  }
  const end = () => {
    stop.abort()
    return ended
  }
  return { store, send, end, ended }
}

const happened = (store: EventStore, type: LedgerEvent['type']): Promise<void> =>
  until(
    async () => (await ledgerOf(store)).some((event) => event.type === type),
    () => `${type} has not happened`,
    20_000,
  )

describe('a live mesh whose pool is signed', () => {
  it('signs what its services ask and that time passes, and takes nothing that is not signed', async () => {
    const { store, send, end } = begin('mesh')
    try {
      await send([adoption(false), wish('unsigned', 'OpenAccount', { account: 'mallory' }), ...crash])
      await happened(store, 'MarginCallMissed')
      const events = await ledgerOf(store)
      expect(events.map(({ type }) => type)).toEqual(
        expect.arrayContaining(['MarginCall', 'LiquidationStarted', 'TimePassed']),
      )
      const commands = events.flatMap(({ metadata: { command } }) => (command === undefined ? [] : [command]))
      expect(commands.map(({ id }) => id)).not.toContain('unsigned')
      for (const { actor, signatures = [] } of commands)
        expect(signatures.map(({ key }) => key)).toContain(keyOf(actor).key)
    } finally {
      await end()
    }
  }, 60_000)

  it('is not led where others reach the bus, if anybody can make its keys', async () => {
    const alone = begin('alone')
    await alone.send([adoption(true)])
    await happened(alone.store, 'IdentityAdopted')
    await alone.end()
    const shared = begin('shared', alone.store, false)
    const stopped = new Promise<unknown>((resolve) => {
      void shared.ended.then(([ledger]) => resolve(ledger?.status === 'rejected' ? ledger.reason : undefined))
      setTimeout(() => void shared.end(), 500)
    })
    expect(endingOf(await stopped)).toMatchObject({
      code: exitCodes.usage,
      message: expect.stringMatching(/^development-keys: the pool main began with development keys/),
    })
  }, 60_000)
})
