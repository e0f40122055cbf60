import { emptyPool } from '@novation/clearing'
import { topics } from '@novation/events'
import { type Bus, openMemoryStore, type Scheduler } from '@novation/platform'
import { deadLetters, handClock, ledgerOf, memoryBus, open, recordsOf, registerUsd, settle, wish } from './kit/world'
import { type LedgerReport, type LedgerService, runLedger } from './service'

const send = async (bus: Bus, ...values: readonly unknown[]): Promise<void> => {
  for (const value of values)
    await bus.publish(topics.commands, [
      { key: 'main', value: typeof value === 'string' ? value : JSON.stringify(value), headers: { trace: 't1' } },
    ])()
}

const future = {
  instrument: 'BTC-1',
  kind: 'future',
  settlementAsset: 'USD',
  margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] },
}

const running = async (during: (bus: Bus, scheduler: Scheduler) => Promise<void>, store = openMemoryStore()) => {
  const { scheduler, goOn } = handClock(1_000_000)
  const bus = memoryBus(scheduler)
  const stop = new AbortController()
  const service = runLedger({ pools: ['main'], store, bus, scheduler }, stop.signal)
  await settle()
  await during(bus, scheduler)
  await goOn(5_000)
  stop.abort()
  await goOn(1)
  await service
  return { bus, store, scheduler }
}

describe('the ledger service', () => {
  it('decides what comes on the bus and relays what happened, keyed by pool, as CloudEvents', async () => {
    const { bus, store } = await running((on) => send(on, registerUsd, open('alice')))
    const published = await recordsOf(bus, topics.events)
    expect(published.map(({ value }) => JSON.parse(value))).toEqual(await ledgerOf(store))
    expect(published[1]?.headers).toMatchObject({ ce_type: 'AccountOpened', ce_sequence: '00000000000000000001' })
  })

  it.each([
    ['that is not JSON', '{"id":', 'malformed'],
    ['of unknown type', { ...open('bob'), type: 'Bribe' }, 'malformed'],
    ['for a pool nobody leads here', { ...open('bob'), pool: 'other' }, 'unknown-pool'],
    ['that does not say who sends it', { ...open('bob'), actor: undefined }, 'malformed'],
    ['from a sender who may not', { ...open('bob'), actor: 'trader:bob' }, 'not-permitted'],
    ['with a reused id', { ...open('alice'), data: { account: 'mallory' } }, 'id-reused'],
    [
      'with a price that does not say when it was observed',
      { ...open('x'), type: 'PublishPrice', data: { asset: 'USD', price: '1' } },
      'malformed',
    ],
    ['longer than 64 KiB', { ...open('bob'), data: { account: 'bob', owner: 'x'.repeat(70_000) } }, 'malformed'],
  ])('dead-letters a record %s, with the reason, and its neighbours go through', async (_, bad, code) => {
    const { bus, store } = await running((on) => send(on, open('alice'), bad, open('carol')))
    expect((await ledgerOf(store)).map(({ metadata }) => metadata.commandId)).toEqual(['open-alice', 'open-carol'])
    const [dead, ...more] = await deadLetters(bus)
    expect(dead?.headers).toMatchObject({ dead_reason: code, trace: 't1', dead_topic: topics.commands })
    expect(dead?.value).toBe(typeof bad === 'string' ? bad : JSON.stringify(bad))
    expect(more).toEqual([])
  })

  it('publishes again what it cannot know to have been published, never less', async () => {
    const store = openMemoryStore()
    await running((on) => send(on, open('alice')), store)
    const second = await running((on) => send(on, open('bob')), store)
    expect((await recordsOf(second.bus, topics.events)).map(({ headers }) => headers.ce_sequence)).toEqual([
      '00000000000000000001',
    ])
  })
})

/** A ledger of these pools on a clock that stands still: everything it does, it does at once. */
const standingStill = async (pools: readonly string[], instead: Partial<LedgerService> = {}) => {
  const { scheduler, goOn } = handClock(1_000_000)
  const store = openMemoryStore()
  const bus = memoryBus(scheduler)
  const stop = new AbortController()
  const service = runLedger({ pools, store, bus, scheduler, ...instead }, stop.signal)
  await settle()
  const end = async (): Promise<void> => {
    stop.abort()
    await settle()
    await service
  }
  return { store, bus, goOn, end }
}

describe('the parts of the ledger service', () => {
  it('wake each other: what is appended is on the bus before any time has passed', async () => {
    const { bus, end } = await standingStill(['main'])
    for (const name of ['alice', 'bob']) {
      await send(bus, open(name))
      await settle()
    }
    expect((await recordsOf(bus, topics.events)).map(({ headers }) => headers.ce_subject)).toEqual([
      'open-alice',
      'open-bob',
    ])
    await end()
  })

  it('lead several pools side by side: each takes its own commands out of one batch, and tells of itself', async () => {
    const told: unknown[] = []
    const report: LedgerReport = {
      ready: ({ name }) => told.push(`${name} ready`),
      committed: ({ name, revision }, events) => told.push([name, revision, events.length]),
    }
    const { store, bus, end } = await standingStill(['main', 'other'], { report })
    const there = (name: string) => ({ ...open(name), pool: 'other' })
    const [first, ...rest] = [open('alice'), there('bob'), open('carol'), there('dave')].map((command) => ({
      key: 'main',
      value: JSON.stringify(command),
      headers: {},
    }))
    if (first !== undefined) await bus.publish(topics.commands, [first, ...rest])()
    await settle()
    const commandsIn = async (pool: string) =>
      (await ledgerOf(store, pool)).map(({ metadata: { commandId } }) => commandId)
    expect(await commandsIn('main')).toEqual(['open-alice', 'open-carol'])
    expect(await commandsIn('other')).toEqual(['open-bob', 'open-dave'])
    expect(await deadLetters(bus)).toEqual([])
    expect(await recordsOf(bus, topics.events)).toHaveLength(4)
    expect(told).toEqual(['main ready', 'other ready', ['main', 1, 2], ['other', 1, 2]])
    await end()
  })

  it('keep time: what falls due happens without a command', async () => {
    const { store, bus, goOn, end } = await standingStill(['main'])
    const expiry = new Date(1_060_000).toISOString()
    await send(bus, registerUsd, wish('fut', 'ListInstrument', { ...future, expiry }))
    await goOn(59_999)
    expect(await ledgerOf(store)).toHaveLength(2)
    await goOn(1_001)
    expect((await ledgerOf(store)).map(({ type }) => type)[2]).toBe('TimePassed')
    await end()
  })

  it('end at once, also where they are told to stop just before they would rest', async () => {
    const { scheduler } = handClock()
    const store = openMemoryStore()
    const inner = memoryBus(scheduler)
    const stop = new AbortController()
    const bus: Bus = {
      ...inner,
      publish: (topic, messages) => async () => {
        const published = await inner.publish(topic, messages)()
        if (topic === topics.events) stop.abort()
        return published
      },
    }
    const service = runLedger({ pools: ['main'], store, bus, scheduler }, stop.signal)
    let ended = false
    void service.then(() => {
      ended = true
    })
    await send(bus, open('alice'))
    await settle()
    expect([await recordsOf(bus, topics.events), ended]).toEqual([[expect.anything()], true])
  })

  it('begin a pool as they are told to, where it is not as everywhere', async () => {
    const ready: string[] = []
    const { end } = await standingStill(['main'], {
      initial: (pool) => {
        const book = emptyPool(pool)
        book.set(book, 'head', `another beginning of ${pool}`)
        return book
      },
      report: { ready: ({ head }) => ready.push(head) },
    })
    expect(ready).toEqual(['another beginning of main'])
    await end()
  })

  it('read commands from the first on, in the one group of all ledgers, so that none is passed over', async () => {
    const { scheduler } = handClock()
    const inner = memoryBus(scheduler)
    const subscribed: unknown[] = []
    const bus: Bus = {
      ...inner,
      subscribe: (subscription, handler, signal) => {
        subscribed.push(subscription)
        return inner.subscribe(subscription, handler, signal)
      },
    }
    const { end } = await standingStill(['main'], { bus, scheduler })
    expect(subscribed).toEqual([{ topic: topics.commands, group: 'novation-ledger', from: 'beginning' }])
    await end()
  })
})
