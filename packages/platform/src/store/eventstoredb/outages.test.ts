import { EventStoreDBClient } from '@eventstore/db-client'
import { type EventStoreDbServer, type Fault, startEventStoreDb } from '@novation/testing'
import { left, right } from 'fp-ts/Either'
import { ownedTime } from '../../kit/owned-time'
import { collect, take, took_ms, written } from '../contract/collect'
import { sampleChain } from '../contract/sample-events'
import { type EventStore, noStream } from '../event-store'
import type { Standing } from '../standing'
import { type EventStoreDbOptions, openEventStoreDb } from './eventstoredb-store'

const stream = 'ledger-main'
const first = sampleChain(3)
const next = sampleChain(2, first.at(-1))
const never = new AbortController().signal

let server: EventStoreDbServer
const opened: EventStore[] = []
const open = (options: EventStoreDbOptions = {}): EventStore => {
  const store = openEventStoreDb(server.connectionString, options)
  opened.push(store)
  return store
}
beforeEach(async () => {
  server = await startEventStoreDb()
})
afterEach(async () => {
  jest.restoreAllMocks()
  await Promise.all(opened.splice(0).map((store) => store.close()))
  await server.stop()
})

/** Every client that was opened, by the second of the test's own time. */
const clientsBySecond = (now: () => number) => {
  const seconds = new Map<number, number>()
  const connect = EventStoreDBClient.connectionString
  jest.spyOn(EventStoreDBClient, 'connectionString').mockImplementation((text, ...parts) => {
    const second = Math.floor(now() / 1000)
    seconds.set(second, (seconds.get(second) ?? 0) + 1)
    return connect.call(EventStoreDBClient, text, ...parts)
  })
  return { most: () => Math.max(0, ...seconds.values()), all: () => [...seconds.values()].reduce((a, b) => a + b, 0) }
}

const timeout_ms = 400

describe('an EventStoreDB that is away', () => {
  it('is waited for by whoever reads, for ten minutes, with few clients, and told of', async () => {
    const time = ownedTime()
    const clients = clientsBySecond(time.scheduler.now)
    const heard: (Standing | undefined)[] = []
    const store = open({ scheduler: time.scheduler, heard: (standing) => heard.push(standing) })
    await store.append(stream, first, noStream)()
    await server.shut()
    const began = time.scheduler.now()
    const reading = collect(store.read(stream, 0))
    const following = take(store.follow('ledger-', undefined, never), 3)
    const appending = async () => {
      while ((await store.append(stream, next, 2)())._tag === 'Left') await time.scheduler.sleep(1_000)
    }
    const appended = appending()
    await time.goOn(600_000, 100)
    expect(heard.at(-1)).toMatchObject({ why: 'away', since: expect.any(Number), reason: expect.stringMatching(/./) })
    expect(heard.at(-1)?.since).toBeLessThan(began + 10_000)
    await server.reopen()
    await time.goOn(20_000, 100)
    expect((await reading).map(written).slice(0, 3)).toEqual(first)
    expect((await following).map(written)).toEqual(first)
    await appended
    expect(server.count(stream)).toBe(5)
    expect(heard.at(-1)).toBeUndefined()
    expect(clients.most()).toBeLessThanOrEqual(10)
  })

  it('is given up by who waits for so long only', async () => {
    const time = ownedTime()
    await server.shut()
    const reading = collect(open({ scheduler: time.scheduler, wait_ms: 30_000 }).read(stream, 0))
    let ended = false
    void reading.catch(() => {
      ended = true
    })
    await time.goOn(25_000, 25)
    expect(ended).toBe(false)
    await time.goOn(15_000, 15)
    await expect(reading).rejects.toThrow('ECONNREFUSED')
  })

  it('answers the first append to a stream too where it is told to stop meanwhile: it was not done', async () => {
    await server.shut()
    const stop = new AbortController()
    const store = open({ scheduler: ownedTime().scheduler, stop: stop.signal })
    const appending = store.append('relay-main', first, noStream)()
    stop.abort()
    expect(await appending).toEqual(left({ tag: 'unavailable', reason: 'the store is closed' }))
  })

  it('lets who is told to stop end at once, and opens no more clients, also once it is closed', async () => {
    const time = ownedTime()
    const stop = new AbortController()
    const clients = clientsBySecond(time.scheduler.now)
    await server.shut()
    const store = open({ scheduler: time.scheduler, stop: stop.signal })
    const reading = collect(store.read(stream, 0))
    const following = collect(store.follow('ledger-', undefined, never))
    await time.goOn(10_000)
    stop.abort()
    await expect(reading).rejects.toMatchObject({ name: 'Halted', reason: 'stopped' })
    expect(await following).toEqual([])
    await store.close()
    const opened = clients.all()
    await time.goOn(60_000)
    expect(clients.all()).toBe(opened)
  })

  it.each(['signal', 'close'] as const)(
    'ends a follower by its %s at once, and no client is opened after',
    async (by) => {
      const clients = clientsBySecond(Date.now)
      const stop = new AbortController()
      const store = open()
      await server.shut()
      const following = collect(store.follow('ledger-', undefined, stop.signal))
      await new Promise((resolve) => setTimeout(resolve, 300))
      if (by === 'signal') stop.abort()
      else await store.close()
      expect(await took_ms(following)).toBeLessThan(500)
      const opened = clients.all()
      await new Promise((resolve) => setTimeout(resolve, 700))
      expect(clients.all()).toBe(opened)
    },
  )

  it('costs who waits for it a small part of a core', async () => {
    const store = open()
    await store.append(stream, first, noStream)()
    await server.shut()
    const stop = new AbortController()
    const following = collect(store.follow('ledger-', undefined, stop.signal))
    const reading = collect(store.read(stream, 0)).catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 300))
    const [before, began_ms] = [process.cpuUsage(), Date.now()]
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1_000 / (Date.now() - began_ms)).toBeLessThan(0.5)
    stop.abort()
    await following
    await store.close()
    await reading
  })

  it('restarts for twelve seconds, not ready meanwhile, and everything goes on', async () => {
    const time = ownedTime()
    const store = open({ scheduler: time.scheduler })
    await store.append(stream, first, noStream)()
    const ready = server.restart()
    const reading = collect(store.read(stream, 0))
    await time.goOn(12_000)
    ready()
    await time.goOn(10_000, 40)
    expect((await reading).map(written)).toEqual(first)
    expect(await store.append(stream, next, 2)()).toEqual(right(4))
  })
})

describe('an EventStoreDB that does not let somebody do something', () => {
  it.each(['forbid', 'unauthenticated'] as const)(
    'says so of a write (%s), and lets it through later',
    async (kind) => {
      const heard: (Standing | undefined)[] = []
      const store = open({ heard: (standing) => heard.push(standing) })
      await store.append(stream, first, noStream)()
      server.faults.arm('append', { kind }, 1)
      expect(await store.append(stream, next, 2)()).toMatchObject(left({ tag: 'forbidden' }))
      expect(heard.at(-1)).toMatchObject({ why: 'forbidden' })
      await store.last(stream)
      expect(heard.at(-1)).toMatchObject({ why: 'forbidden' })
      expect(await store.append(stream, next, 2)()).toEqual(right(4))
      expect(heard.at(-1)).toBeUndefined()
    },
  )

  it('keeps a reader waiting that waits for ever, and knocking seldom', async () => {
    const time = ownedTime()
    const store = open({ scheduler: time.scheduler })
    await store.append(stream, first, noStream)()
    server.faults.arm('read', { kind: 'forbid' })
    const reading = collect(store.read(stream, 0))
    await time.goOn(30_000)
    server.faults.heal()
    await time.goOn(6_000)
    expect((await reading).map(written)).toEqual(first)
  })

  it('is left at once by a reader that is told to stop, and not asked again', async () => {
    const time = ownedTime()
    const stop = new AbortController()
    const store = open({ scheduler: time.scheduler, stop: stop.signal })
    await store.append(stream, first, noStream)()
    await store.last(stream)
    server.faults.arm('read', { kind: 'forbid' })
    const reading = collect(store.read(stream, 0))
    await time.goOn(2_000)
    stop.abort()
    await expect(reading).rejects.toMatchObject({ name: 'Halted', reason: 'stopped' })
  })

  it('is given up at once by who would not wait for ever', async () => {
    server.faults.arm('read', { kind: 'forbid' })
    await expect(collect(open({ wait_ms: 30_000 }).read(stream, 0))).rejects.toMatchObject({
      name: 'StoreTrouble',
      why: 'forbidden',
      message: expect.stringContaining('give it the right'),
    })
  })
})

describe('whatever goes wrong with an append', () => {
  const faults: readonly Fault[] = [
    { kind: 'refuse' },
    { kind: 'drop' },
    { kind: 'drop-after' },
    { kind: 'silent' },
    { kind: 'mute' },
    { kind: 'freeze' },
    { kind: 'forbid' },
    { kind: 'unauthenticated' },
    { kind: 'timeout', delay_ms: 50 },
  ]
  it.each(faults)('there is a reason in words: %j', async (fault) => {
    const store = open({ timeout_ms })
    await store.append(stream, first, noStream)()
    server.faults.arm('append', fault, 1)
    const outcome = await store.append(stream, next, 2)()
    expect(outcome).toMatchObject({ _tag: 'Left', left: { reason: expect.stringMatching(/\w{4,}.* \w+/) } })
  })

  it('what the server gave up and did after all is written once', async () => {
    const store = open({ timeout_ms })
    await store.append(stream, first, noStream)()
    server.faults.arm('append', { kind: 'timeout', delay_ms: 30 }, 1)
    expect(await store.append(stream, next, 2)()).toMatchObject(left({ tag: 'unknown' }))
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(await store.append(stream, next, 2)()).toEqual(right(4))
    expect(server.count(stream)).toBe(5)
  })

  it('a leader that moves in the middle of it is followed, and it is written once', async () => {
    const other = await startEventStoreDb({ cluster: server, leader_port: server.port })
    const store = open({ timeout_ms })
    await store.append(stream, first, noStream)()
    server.faults.arm('append', { kind: 'depose', leader_port: other.port }, 1)
    other.follow(undefined)
    let outcome = await store.append(stream, next, 2)()
    for (let tries = 0; outcome._tag === 'Left' && tries < 5; tries += 1)
      outcome = await store.append(stream, next, 2)()
    expect(outcome).toEqual(right(4))
    expect((await collect(store.read(stream, 0))).map(written)).toEqual([...first, ...next])
    await other.stop()
  })
})
