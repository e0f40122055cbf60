import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSnapshot, takeSnapshot } from '@novation/clearing'
import { canonicalJson, genesis, linkHash, readPublicText, topics } from '@novation/events'
import { left, right } from 'fp-ts/Either'
import type { Bus } from '../bus/bus'
import { openMemoryStore } from '../store/embedded/embedded-store'
import type { EventStore } from '../store/event-store'
import { systemScheduler } from '../time/scheduler'
import { eventMessage } from './event-record'
import { commandsOn, greeter, history, memoryBus, publish, record } from './kit/feed'
import { solo, soloCrew, soloFiles } from './kit/solo'
import { runReactors } from './live-reactors'
import { sharded, shardOf } from './shard'

const subjects = (commands: readonly { readonly data: unknown }[]): readonly string[] =>
  commands.map(({ data }) => (data as { readonly account: string }).account)

const mesh = () => {
  const store = openMemoryStore()
  const bus = memoryBus()
  const stop = new AbortController()
  const live = { ...solo(greeter), pools: ['main'], group: 'greeter', store, bus, scheduler: systemScheduler }
  return { store, bus, stop, live }
}

describe('a reactor on the real feed', () => {
  it('folds what the store holds, and asks what nobody has answered', async () => {
    const { store, bus, stop, live } = mesh()
    await record(store, history(3))
    const running = runReactors(live, stop.signal)
    expect(subjects(await commandsOn(bus, (seen) => seen.length === 3))).toEqual(['a-0', 'a-1', 'a-2'])
    stop.abort()
    await running
  })

  it('follows what is published, and asks once for each cause though it is delivered twice', async () => {
    const { store, bus, stop, live } = mesh()
    const running = runReactors(live, stop.signal)
    await record(store, history(2))
    await publish(bus, history(2))
    await publish(bus, history(2))
    await record(store, history(3).slice(2))
    await publish(bus, history(3).slice(2))
    expect(subjects(await commandsOn(bus, (seen) => seen.length >= 3))).toEqual(['a-0', 'a-1', 'a-2'])
    stop.abort()
    await running
  })

  it('refills a gap in the feed from the store', async () => {
    const { store, bus, stop, live } = mesh()
    const refilled: number[] = []
    const running = runReactors(
      { ...live, report: { refilled: (_, from, to) => refilled.push(from, to) } },
      stop.signal,
    )
    await record(store, history(5))
    await publish(bus, history(5).slice(4))
    expect(subjects(await commandsOn(bus, (seen) => seen.length === 5))).toHaveLength(5)
    expect(refilled).toEqual([0, 4])
    stop.abort()
    await running
  })

  it('names a command by its cause, so that two instances ask for one thing', async () => {
    const ids = await Promise.all(
      [mesh(), mesh()].map(async ({ store, bus, stop, live }) => {
        await record(store, history(2))
        const running = runReactors(live, stop.signal)
        const commands = await commandsOn(bus, (seen) => seen.length === 2)
        stop.abort()
        await running
        return commands.map(({ id }) => id)
      }),
    )
    expect(ids[0]).toEqual(ids[1])
  })

  it('stops at a fork: a known revision with another hash', async () => {
    const { store, bus, stop, live } = mesh()
    await record(store, history(3))
    const running = runReactors(live, stop.signal)
    await commandsOn(bus, (seen) => seen.length === 3)
    await publish(bus, history(3, 'forged').slice(1, 2))
    await expect(running).rejects.toMatchObject({ name: 'Halted', reason: 'fork' })
  })

  it('stops at an event that only the bus still holds, since a restored backup cut it off', async () => {
    const { store, bus, stop, live } = mesh()
    await record(store, history(2))
    const running = runReactors(live, stop.signal)
    await publish(bus, history(3).slice(2))
    await expect(running).rejects.toMatchObject({ reason: 'fork' })
    expect(subjects(await commandsOn(bus, (seen) => seen.length === 2))).toEqual(['a-0', 'a-1'])
  })

  it('stops at an event older than it remembers, where the store has begun another history', async () => {
    const { store, bus, stop, live } = mesh()
    const restored = openMemoryStore()
    await record(store, history(1_100))
    await record(restored, history(4, 'forged'))
    let held = store
    const swapped: EventStore = { ...store, read: (stream, from) => held.read(stream, from) }
    let isReady: () => void = () => undefined
    const ready = new Promise<void>((resolve) => {
      isReady = resolve
    })
    const running = runReactors({ ...live, store: swapped, report: { ready: isReady } }, stop.signal)
    await ready
    held = restored
    await publish(bus, history(4, 'forged').slice(3))
    await expect(running).rejects.toMatchObject({ reason: 'fork' })
  })

  it('stops where something was published that the store does not hold', async () => {
    const { bus, stop, live } = mesh()
    const running = runReactors(live, stop.signal)
    await publish(bus, history(5).slice(4))
    await expect(running).rejects.toMatchObject({ reason: 'broken-history' })
  })

  it('dead-letters what is no event, and goes on with its neighbours', async () => {
    const { store, bus, stop, live } = mesh()
    const running = runReactors(live, stop.signal)
    await record(store, history(1))
    await bus.publish(topics.events, [{ key: 'main', value: 'not json', headers: {} }])()
    await publish(bus, history(1))
    expect(await commandsOn(bus, (seen) => seen.length === 1)).toHaveLength(1)
    stop.abort()
    await running
  })
})

describe('an event on the bus', () => {
  it('is published as it was stored: a field this version does not know keeps its hash true', () => {
    const [event] = history(1)
    if (event === undefined) throw new Error('no event')
    const {
      id,
      metadata: { hash: _, ...metadata },
      ...rest
    } = event
    const newer = { ...rest, data: { ...rest.data, since: 'a later version' }, metadata }
    const body = canonicalJson(newer)
    const stored = { id, type: event.type, revision: 0, hash: linkHash(genesis, body), body }
    const { value } = eventMessage(stored)
    expect(readPublicText(String(value))).toEqual(right(stored))
  })
})

describe('the place of a reactor', () => {
  const directory = mkdtempSync(join(tmpdir(), 'novation-place-'))
  afterAll(() => rmSync(directory, { recursive: true, force: true }))
  const kept = { ...greeter, snapshot: { write: takeSnapshot, read: openSnapshot } }
  const passedOver: string[] = []
  const checkpoints = (folder: string) => soloFiles(join(directory, folder), kept, 1, (why) => passedOver.push(why))

  const live = async (folder: string, store = openMemoryStore(), count = 3) => {
    const bus = memoryBus()
    const stop = new AbortController()
    const followed: number[] = []
    const running = runReactors(
      {
        ...solo(kept),
        pools: ['main'],
        group: 'greeter',
        store,
        bus,
        scheduler: systemScheduler,
        checkpoints: checkpoints(folder),
        report: { followed: (_, { revision }) => followed.push(revision), ready: () => stop.abort() },
      },
      stop.signal,
    )
    await running
    return { followed, count }
  }

  it('outlives the process: the next life begins where the last one ended', async () => {
    const store = openMemoryStore()
    await record(store, history(3))
    expect((await live('a', store)).followed).toEqual([0, 1, 2])
    await record(store, history(4).slice(3))
    expect((await live('a', store)).followed).toEqual([3])
  })

  it('is passed over where its file was altered, and the store folded instead', async () => {
    const store = openMemoryStore()
    await record(store, history(2))
    await live('b', store)
    writeFileSync(join(directory, 'b', 'operator-main.json'), '{"revision":1}')
    expect((await live('b', store)).followed).toEqual([0, 1])
    expect(passedOver).toHaveLength(1)
  })

  it('is written less often where the state is large: following goes on meanwhile', async () => {
    const writtenAt = async (folder: string, weight: string) => {
      const heavy = { ...kept, snapshot: { ...kept.snapshot, write: () => weight } }
      const places = soloFiles(join(directory, folder), heavy, 2)
      const path = join(directory, folder, 'operator-main.json')
      const revisions: number[] = []
      for (let revision = 0; revision < 20; revision += 1) {
        await places.save('main', {
          revision,
          hash: genesis,
          crew: { ...soloCrew(heavy), groupEnd: revision },
        })
        const { revision: saved } = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { revision: -1 }
        if (saved >= 0 && saved !== revisions.at(-1)) revisions.push(saved)
      }
      return revisions
    }
    expect(await writtenAt('light', '')).toEqual([1, 3, 5, 7, 9, 11, 13, 15, 17, 19])
    expect(await writtenAt('heavy', 'x'.repeat(3_000))).toEqual([1, 11])
  })

  it('before the first event is no fork: a service stopped while nothing had happened starts again', async () => {
    expect((await live('d')).followed).toEqual([])
    const store = openMemoryStore()
    expect((await live('d', store)).followed).toEqual([])
    await record(store, history(2))
    expect((await live('d', store)).followed).toEqual([0, 1])
  })

  it('waits for its asks: what a service stopped before they were on the bus had asked, the next life asks', async () => {
    const store = openMemoryStore()
    const bus = memoryBus()
    const stop = new AbortController()
    const down: Bus = {
      ...bus,
      publish: () => async () => {
        stop.abort()
        return left({ tag: 'unavailable', reason: 'the broker cannot be reached' })
      },
    }
    const own = { ...solo(kept), pools: ['main'], group: 'greeter', store, scheduler: systemScheduler }
    await record(store, history(2))
    await runReactors({ ...own, bus: down, checkpoints: checkpoints('e') }, stop.signal)

    const again = new AbortController()
    const running = runReactors({ ...own, bus, checkpoints: checkpoints('e') }, again.signal)
    expect(subjects(await commandsOn(bus, (seen) => seen.length === 2))).toEqual(['a-0', 'a-1'])
    again.abort()
    await running
  })

  it('beyond the head of the store is a fork: a backup was restored', async () => {
    const store = openMemoryStore()
    await record(store, history(3))
    await live('c', store)
    await expect(live('c', openMemoryStore())).rejects.toMatchObject({ reason: 'fork' })
  })
})

describe('shards', () => {
  it('share the subjects: each is asked about by exactly one, under the same id as ever', () => {
    const names = Array.from({ length: 50 }, (_, i) => `account-${i}`)
    const state = history(50, 'account').reduce(greeter.evolve, greeter.initial('main'))
    const asked = [0, 1, 2].map((index) =>
      sharded(greeter, { index, of: 3 })
        .due(state)
        .map(({ subject }) => subject),
    )
    expect(asked.flat().sort()).toEqual([...names].sort())
    expect(names.every((name) => asked[shardOf(name, 3)]?.includes(name))).toBe(true)
  })
})
