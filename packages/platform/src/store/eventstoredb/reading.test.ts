import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client'
import { type EventStoreDbServer, runEventStoreDb, startEventStoreDb } from '@novation/testing'
import { isRight } from 'fp-ts/Either'
import { collect, take, written } from '../contract/collect'
import { sampleChain } from '../contract/sample-events'
import { type EventStore, noStream, type StoredEvent } from '../event-store'
import { openEventStoreDb } from './eventstoredb-store'

const stream = 'ledger-main'
const chain = sampleChain(1_000)
const never = () => new AbortController().signal

/** Appends one by one, each until it is there. */
const write = async (
  store: EventStore,
  events: readonly StoredEvent[],
  between: (event: StoredEvent) => void | Promise<void>,
) => {
  for (const event of events) {
    while (!isRight(await store.append(stream, [event], event.revision - 1)())) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await between(event)
  }
}

describe('reading from EventStoreDB, when something goes wrong,', () => {
  let server: EventStoreDbServer
  let store: EventStore
  beforeEach(async () => {
    server = await startEventStoreDb()
    store = openEventStoreDb(server.connectionString, { timeout_ms: 1_500, wait_ms: 500 })
  })
  afterEach(async () => {
    await store.close()
    await server.stop()
  })

  it('a reading goes on where the connection broke', async () => {
    await store.append(stream, chain, noStream)()
    const seen: StoredEvent[] = []
    for await (const event of store.read(stream, 0)) {
      if (seen.push(written(event)) % 250 === 0) server.drop()
    }
    expect(seen).toEqual(chain)
    const all: StoredEvent[] = []
    for await (const event of store.readAll('ledger-', undefined)) {
      if (all.push(written(event)) % 250 === 0) server.drop()
    }
    expect(all).toEqual(chain)
  })

  it.each(['silent', 'refuse', 'drop'] as const)(
    'a reading is tried again when the first call is met with %s',
    async (kind) => {
      await store.append(stream, chain, noStream)()
      server.faults.arm('read', { kind }, 1)
      expect((await collect(store.read(stream, 990))).map(written)).toEqual(chain.slice(990))
      server.faults.arm('read', { kind }, 1)
      expect((await store.last(stream))?.revision).toBe(999)
      server.faults.arm('read', { kind }, 1)
      expect(await take(store.follow('ledger-', undefined, never()), 1_000)).toHaveLength(1_000)
    },
  )

  it('a reading throws in the end, rather than end early', async () => {
    await store.append(stream, chain, noStream)()
    server.faults.arm('read', { kind: 'refuse' })
    await expect(collect(store.read(stream, 0))).rejects.toThrow('Server Is Not Ready')
    server.faults.heal()
    await server.stop()
    await expect(store.last(stream)).rejects.toThrow('ECONNREFUSED')
  })

  it('a reading that its own store is closed under throws, and a follower ends', async () => {
    await store.append(stream, chain, noStream)()
    const following = collect(store.follow('ledger-', undefined, never()))
    const reading = async () => {
      for await (const _ of store.read(stream, 0)) await store.close()
    }
    await expect(reading()).rejects.toThrow('the store is closed')
    await following
    await expect(store.last(stream)).rejects.toThrow('the store is closed')
  })

  it('a reader that is slower than the silence it would bear is left alone', async () => {
    await store.append(stream, chain, noStream)()
    const seen: StoredEvent[] = []
    for await (const event of store.read(stream, 0)) {
      if (seen.push(written(event)) % 400 === 0) await new Promise((resolve) => setTimeout(resolve, 500))
    }
    expect(seen).toEqual(chain)
  })

  it('an event that no ledger wrote is an error that names it', async () => {
    const client = EventStoreDBClient.connectionString(server.connectionString)
    await client.appendToStream(stream, [jsonEvent({ type: 'Strange', data: { n: 1 } })])
    await client.dispose()
    await expect(store.last(stream)).rejects.toThrow('ledger-main:0 is no event of a ledger')
    await expect(take(store.follow('ledger-', undefined, never()), 1)).rejects.toThrow('no event of a ledger')
  })

  it('a follower sees everything once and in order, however often the connection breaks', async () => {
    const some = chain.slice(0, 60)
    const seen = take(store.follow('ledger-', undefined, never()), some.length)
    await write(store, some, ({ revision }) => (revision % 10 === 0 ? server.drop() : undefined))
    expect((await seen).map(written)).toEqual(some)
  })
})

describe('EventStoreDB killed and started again', () => {
  it('loses nothing that it acknowledged, and its readers and writers go on', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'novation-esdb-'))
    let server = await runEventStoreDb({ directory })
    const port = Number(/:(\d+)\?/.exec(server.connectionString)?.[1])
    const store = openEventStoreDb(server.connectionString, { timeout_ms: 1_500 })
    const some = chain.slice(0, 40)
    const seen = take(store.follow('ledger-', undefined, never()), some.length)
    await write(store, some, async ({ revision }) => {
      if (revision % 15 !== 10) return
      server.kill()
      await server.ended
      server = await runEventStoreDb({ directory, port })
    })
    expect((await seen).map(written)).toEqual(some)
    expect((await collect(store.read(stream, 0))).map(written)).toEqual(some)
    await store.close()
    server.kill()
    await server.ended
    rmSync(directory, { recursive: true })
  }, 60_000)
})
