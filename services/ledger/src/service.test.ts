import { topics } from '@novation/events'
import { type Bus, openMemoryStore, type Scheduler } from '@novation/platform'
import { deadLetters, handClock, ledgerOf, memoryBus, open, recordsOf, registerUsd, settle } from './kit/world'
import { runRelay } from './relay'
import { runLedger } from './service'
import { openLedger } from './writer'

const send = async (bus: Bus, ...values: readonly unknown[]): Promise<void> => {
  for (const value of values)
    await bus.publish(topics.commands, [
      { key: 'main', value: typeof value === 'string' ? value : JSON.stringify(value), headers: { trace: 't1' } },
    ])()
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

describe('the relay', () => {
  it('stands by when another relay of the pool has moved the checkpoint', async () => {
    const { store } = await running((on) => send(on, open('alice')))
    const { scheduler, goOn } = handClock()
    const bus = memoryBus(scheduler)
    const leader = await openLedger('main', store, scheduler, new AbortController().signal)
    await leader.submit([open('bob')])
    const stop = new AbortController()
    const stoodBy: string[] = []
    const relay = { pool: 'main', store, bus, scheduler, report: { stoodBy: (pool: string) => stoodBy.push(pool) } }
    const rest = () => scheduler.sleep(100, stop.signal)
    const slow = { ...store, last: async () => undefined }
    const late = runRelay({ ...relay, store: slow }, rest, stop.signal)
    await goOn(1_000)
    expect(stoodBy).toEqual(['main'])
    stop.abort()
    await goOn(1)
    await late
  })
})
