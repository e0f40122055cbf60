import { type EventStoreDbServer, startEventStoreDb } from '@novation/testing'
import { left, right } from 'fp-ts/Either'
import { collect, take, took_ms, written } from '../contract/collect'
import { sampleChain } from '../contract/sample-events'
import { type EventStore, noStream } from '../event-store'
import { type EventStoreDbOptions, openEventStoreDb } from './eventstoredb-store'

const stream = 'ledger-main'
const first = sampleChain(3)
const next = sampleChain(2, first.at(-1))
const never = new AbortController().signal

let server: EventStoreDbServer
const opened: EventStore[] = []
const open = (options: EventStoreDbOptions): EventStore => {
  const store = openEventStoreDb(server.connectionString, options)
  opened.push(store)
  return store
}
beforeEach(async () => {
  server = await startEventStoreDb()
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()))
  await server.stop()
})

const timeout_ms = 400

describe('a connection to EventStoreDB that is swallowed', () => {
  it('costs a writer its timeout, and not until keep-alive notices', async () => {
    const store = open({ timeout_ms })
    await store.append(stream, first, noStream)()
    server.faults.arm('append', { kind: 'freeze' }, 1)
    const retried = async () => {
      expect(await store.append(stream, next, 2)()).toMatchObject(left({ tag: 'unknown' }))
      expect(await store.append(stream, next, 2)()).toEqual(right(4))
    }
    expect(await took_ms(retried())).toBeLessThan(timeout_ms + 1_000)
    expect(server.count(stream)).toBe(5)
  })

  it('costs a reader its timeout', async () => {
    const store = open({ timeout_ms })
    await store.append(stream, first, noStream)()
    await store.last(stream)
    server.freeze()
    expect(await took_ms(collect(store.read(stream, 0)))).toBeLessThan(timeout_ms + 1_000)
  })

  it('costs a follower its timeout, though nothing was due that could be missed', async () => {
    const store = open({ timeout_ms })
    await store.append(stream, first, noStream)()
    const seen = take(store.follow('ledger-', undefined, never), 5)
    await new Promise((resolve) => setTimeout(resolve, 100))
    server.freeze()
    const writer = open({ timeout_ms })
    while ((await writer.append(stream, next, 2)())._tag === 'Left');
    expect(await took_ms(seen)).toBeLessThan(timeout_ms + 1_000)
    expect((await seen).map(written)).toEqual([...first, ...next])
  })

  it('is one of several: writer, readers and each follower have their own', async () => {
    const store = open({ timeout_ms })
    await store.append(stream, first, noStream)()
    const before = server.connections()
    const seen = take(store.follow('ledger-', undefined, never), 5)
    await store.last(stream)
    await store.append(stream, next, 2)()
    await seen
    expect([before, server.connections()]).toEqual([2, 3])
  })
})
