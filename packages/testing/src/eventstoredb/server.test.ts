import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  ANY,
  type AppendExpectedRevision,
  BACKWARDS,
  END,
  EventStoreDBClient,
  eventTypeFilter,
  jsonEvent,
  NO_STREAM,
  type Position,
  START,
  STREAM_EXISTS,
  type SubscribeToAllOptions,
  streamNameFilter,
} from '@eventstore/db-client'
import { runEventStoreDb } from './process'
import { type EventStoreDbOptions, type EventStoreDbServer, startEventStoreDb } from './server'

type Client = EventStoreDBClient

const events = (count: number, type = 'Ticked') =>
  Array.from({ length: count }, (_, n) => jsonEvent({ type, data: { n }, metadata: { by: 'test' } }))

const numbers = async (items: AsyncIterable<{ readonly event?: { readonly data: unknown } }>) => {
  const all: unknown[] = []
  for await (const { event } of items) all.push((event?.data as { readonly n: number } | undefined)?.n)
  return all
}

/** All of what ends by itself: a reading that is left early is never disposed of by this client. */
const every = async <A>(items: AsyncIterable<A>) => {
  const all: A[] = []
  for await (const item of items) all.push(item)
  return all
}

const first = async <A>(items: AsyncIterable<A>, count: number) => {
  const some: A[] = []
  for await (const item of items) if (some.push(item) === count) break
  return some
}

describe.each([
  ['with batch append', { batchAppend: true }],
  ['without batch append', { batchAppend: false }],
])('the EventStoreDB protocol server, %s, under the unmodified client', (_, options: EventStoreDbOptions) => {
  let server: EventStoreDbServer
  let client: Client
  beforeEach(async () => {
    server = await startEventStoreDb(options)
    client = EventStoreDBClient.connectionString(server.connectionString)
  })
  afterEach(async () => {
    await client.dispose()
    await server.stop()
  })

  const append = (stream: string, count: number, expectedRevision: AppendExpectedRevision = ANY) =>
    client.appendToStream(stream, events(count), { expectedRevision })

  it('holds a writer to the revision it expects', async () => {
    expect(await append('a', 2, NO_STREAM)).toMatchObject({ success: true, nextExpectedRevision: 1n })
    expect(await append('a', 1, 1n)).toMatchObject({ nextExpectedRevision: 2n })
    expect(await append('a', 1, STREAM_EXISTS)).toMatchObject({ nextExpectedRevision: 3n })
    const wrong = { type: 'wrong-expected-version', streamName: 'a', actualVersion: 3n }
    await expect(append('a', 1, NO_STREAM)).rejects.toMatchObject({ ...wrong, expectedVersion: 'no_stream' })
    await expect(append('a', 1, 1n)).rejects.toMatchObject({ ...wrong, expectedVersion: 1n })
    await expect(append('a', 1, 9n)).rejects.toMatchObject({ ...wrong, expectedVersion: 9n })
    await expect(append('b', 1, 0n)).rejects.toMatchObject({ actualVersion: 'no_stream' })
    await expect(append('b', 1, STREAM_EXISTS)).rejects.toMatchObject({ actualVersion: 'no_stream' })
    expect(server.count('a')).toBe(4)
  })

  it('knows a retry by the ids of its events, at the same place or anywhere', async () => {
    const batch = events(3)
    await append('a', 1, NO_STREAM)
    for (const expectedRevision of [0n, 0n, ANY] as const) {
      expect(await client.appendToStream('a', batch, { expectedRevision })).toMatchObject({ nextExpectedRevision: 3n })
    }
    expect(server.count('a')).toBe(4)
    const more = [...batch, ...events(1)]
    for (const expectedRevision of [0n, ANY] as const) {
      await expect(client.appendToStream('a', more, { expectedRevision })).rejects.toMatchObject({ actualVersion: 3n })
    }
    await client.appendToStream('b', batch, { expectedRevision: NO_STREAM })
    expect(server.count('b')).toBe(3)
  })

  it('refuses an append that is too large, whole', async () => {
    const large = [...events(1), jsonEvent({ type: 'Large', data: { text: 'x'.repeat(1_048_576) } })]
    await expect(client.appendToStream('a', large)).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: 1_048_576,
    })
    expect(server.count('a')).toBe(0)
  })

  it('refuses an id that comes twice, or is none, and a name that is the server own', async () => {
    const [one] = events(1)
    if (one === undefined) throw new Error('one event')
    // Of what was wrong with one append of a batch, this client knows only the heading.
    const heading = options.batchAppend ? 'BadRequest' : undefined
    await expect(client.appendToStream('a', [one, one])).rejects.toThrow(heading ?? 'comes twice')
    await expect(client.appendToStream('a', [{ ...one, id: 'c-17' }])).rejects.toThrow(heading ?? 'not a valid UUID')
    await expect(client.appendToStream('$all', [one])).rejects.toMatchObject({ type: 'access-denied' })
    expect(server.count('a')).toBe(0)
  })

  it('reads a stream both ways, inclusive', async () => {
    await append('a', 6)
    expect(await numbers(client.readStream('a'))).toEqual([0, 1, 2, 3, 4, 5])
    expect(await numbers(client.readStream('a', { fromRevision: 4n }))).toEqual([4, 5])
    expect(await numbers(client.readStream('a', { fromRevision: 1n, maxCount: 2 }))).toEqual([1, 2])
    expect(await numbers(client.readStream('a', { fromRevision: 99n }))).toEqual([])
    await expect(numbers(client.readStream('a', { fromRevision: END }))).rejects.toMatchObject({ code: 2 })
    await expect(numbers(client.readStream('a', { maxCount: 0 }))).rejects.toThrow('Unexpected ReadStreamResult: Error')
    await expect(numbers(client.readAll({ maxCount: 0 }))).rejects.toThrow('Unexpected ReadAllResult: Error')
    expect(await numbers(client.readStream('a', { direction: BACKWARDS, fromRevision: END, maxCount: 2 }))).toEqual([
      5, 4,
    ])
    expect(await numbers(client.readStream('a', { direction: BACKWARDS, fromRevision: 2n }))).toEqual([2, 1, 0])
    await expect(numbers(client.readStream('b'))).rejects.toMatchObject({ type: 'stream-not-found' })
  })

  it('gives an event back as it was written', async () => {
    const [written] = events(1)
    if (written === undefined) throw new Error('one event')
    await client.appendToStream('a', [written])
    const [read] = await every(client.readStream('a'))
    expect(read?.event).toMatchObject({ streamId: 'a', id: written.id, type: 'Ticked', revision: 0n, data: { n: 0 } })
    expect(read?.event?.metadata).toEqual({ by: 'test' })
    expect(Math.abs((read?.event?.created.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)
  })

  it('reads all streams in one order, inclusive forwards and exclusive backwards', async () => {
    for (const stream of ['a', 'b', 'a']) await append(stream, 2)
    const all = await every(client.readAll())
    const places = all.map(({ event }) => `${event?.streamId}${event?.revision}`)
    expect(places).toEqual(['$epoch-information0', 'a0', 'a1', 'b0', 'b1', 'a2', 'a3'])
    const third = all[3]?.event?.position as Position
    const names = async (direction: 'forwards' | 'backwards') =>
      (await every(client.readAll({ fromPosition: third, direction }))).map(({ event }) => event?.streamId)
    expect(await names('forwards')).toEqual(['b', 'b', 'a', 'a'])
    expect(await names('backwards')).toEqual(['a', 'a', '$epoch-information'])
    const nowhere = { commit: third.commit + 1n, prepare: third.prepare + 1n }
    const invalid = { code: 3, message: expect.stringContaining('Trying to read from an invalid position.') }
    await expect(every(client.readAll({ fromPosition: nowhere }))).rejects.toMatchObject(invalid)
    const beyond = { commit: third.commit + 1_000_000n, prepare: third.prepare + 1_000_000n }
    expect(await every(client.readAll({ fromPosition: beyond }))).toEqual([])
  })

  it('lets a stream be followed from after a revision', async () => {
    await append('a', 3)
    const followed = client.subscribeToStream('a', { fromRevision: 1n })
    const caughtUp = once(followed, 'caughtUp')
    const some = first(followed, 3)
    await caughtUp
    await append('a', 2)
    expect((await some).map(({ event }) => event?.revision)).toEqual([2n, 3n, 4n])
  })

  it('lets all streams be followed by prefix, expression or type, from after a position', async () => {
    await append('ledger-a', 2)
    await append('other', 2)
    await client.appendToStream('ledger-b', events(2, 'Tocked'))
    const places = async (
      filter: NonNullable<SubscribeToAllOptions['filter']>,
      count: number,
      fromPosition?: Position,
    ) => {
      const options: SubscribeToAllOptions = { filter, fromPosition: fromPosition ?? START }
      return (await first(client.subscribeToAll(options), count)).map(
        ({ event }) => `${event?.streamId}${event?.revision}`,
      )
    }
    const prefix = streamNameFilter({ prefixes: ['ledger-'] })
    expect(await places(prefix, 4)).toEqual(['ledger-a0', 'ledger-a1', 'ledger-b0', 'ledger-b1'])
    expect(await places(streamNameFilter({ regex: '^led.*b$' }), 2)).toEqual(['ledger-b0', 'ledger-b1'])
    expect(await places(eventTypeFilter({ prefixes: ['Tock'] }), 2)).toEqual(['ledger-b0', 'ledger-b1'])
    const [, second] = await first(client.subscribeToAll({ filter: prefix }), 2)
    expect(await places(prefix, 2, second?.event?.position)).toEqual(['ledger-b0', 'ledger-b1'])
  })

  it('says how far a filter has looked, which runs ahead of what matched', async () => {
    const checkpoints: Position[] = []
    const filter = streamNameFilter({
      prefixes: ['ledger-'],
      maxSearchWindow: 5,
      checkpointReached: async (_subscription, position) => void checkpoints.push(position),
    })
    await append('ledger-a', 1)
    await append('other', 20)
    await append('ledger-a', 1)
    const [, last] = await first(client.subscribeToAll({ filter }), 2)
    expect(checkpoints).toHaveLength(4)
    expect(checkpoints.every(({ commit }) => commit < (last?.event?.position.commit ?? 0n))).toBe(true)
  })

  it('deletes a stream until it is written again, and its revisions go on', async () => {
    await append('a', 3)
    await expect(client.deleteStream('a', { expectedRevision: 0n })).rejects.toMatchObject({
      type: 'wrong-expected-version',
    })
    await client.deleteStream('a', { expectedRevision: 2n })
    await expect(numbers(client.readStream('a'))).rejects.toMatchObject({ type: 'stream-not-found' })
    expect(await append('a', 2, NO_STREAM)).toMatchObject({ nextExpectedRevision: 4n })
    expect((await every(client.readStream('a'))).map(({ event }) => event?.revision)).toEqual([3n, 4n])
  })

  it('tombstones a stream for ever', async () => {
    await append('a', 3)
    await client.tombstoneStream('a')
    await expect(append('a', 1)).rejects.toMatchObject({ type: 'stream-deleted' })
    await expect(append('a', 1, 2n)).rejects.toMatchObject({ type: 'stream-deleted' })
    await expect(numbers(client.readStream('a'))).rejects.toMatchObject({ type: 'stream-deleted' })
  })

  it('is found by gossip', async () => {
    const discovering = EventStoreDBClient.connectionString(`esdb+discover://127.0.0.1:${server.port}?tls=false`)
    expect(await discovering.appendToStream('a', events(1))).toMatchObject({ success: true })
    await discovering.dispose()
  })

  it('can do an append and break the connection before the answer', async () => {
    await append('a', 1)
    server.faults.arm('append', { kind: 'drop-after' }, 1)
    await expect(append('a', 1)).rejects.toMatchObject({ type: 'unavailable' })
    expect(server.count('a')).toBe(2)
    server.faults.arm('append', { kind: 'drop' }, 1)
    await expect(append('a', 1)).rejects.toMatchObject({ type: 'unavailable' })
    expect(server.count('a')).toBe(2)
    await append('a', 1)
    expect(server.count('a')).toBe(3)
  })

  it('can refuse, and be slow', async () => {
    server.faults.arm('append', { kind: 'refuse' }, 1)
    await expect(append('a', 1)).rejects.toThrow('Server Is Not Ready')
    server.faults.arm('connect', { kind: 'refuse' }, 1)
    const other = EventStoreDBClient.connectionString(server.connectionString)
    await expect(other.appendToStream('a', events(1))).rejects.toMatchObject({ code: 14 })
    await other.dispose()
    server.faults.arm('append', { kind: 'slow', delay_ms: 50 }, 1)
    const begun = Date.now()
    await append('a', 1)
    expect(Date.now() - begun).toBeGreaterThanOrEqual(49)
    server.faults.arm('read', { kind: 'refuse' })
    await expect(numbers(client.readStream('a'))).rejects.toMatchObject({ type: 'unavailable' })
    server.faults.heal()
    expect(await numbers(client.readStream('a'))).toEqual([0])
  })
})

describe('the EventStoreDB protocol server as a follower', () => {
  it('sends who requires the leader to the leader', async () => {
    const leader = await startEventStoreDb()
    const follower = await startEventStoreDb({ leader_port: leader.port })
    const client = EventStoreDBClient.connectionString(follower.connectionString)
    const append = () => client.appendToStream('a', events(1), { requiresLeader: true })
    await expect(append()).rejects.toMatchObject({
      type: 'not-leader',
      leader: { address: '127.0.0.1', port: leader.port },
    })
    await append()
    expect([leader.count('a'), follower.count('a')]).toEqual([1, 0])
    await client.dispose()
    await Promise.all([leader.stop(), follower.stop()])
  })
})

describe('the EventStoreDB protocol server in a directory', () => {
  it('stands after kill -9 where it stood, as a process of its own', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'novation-esdb-'))
    const start = async () => {
      const server = await runEventStoreDb({ directory })
      return { server, client: EventStoreDBClient.connectionString(server.connectionString) }
    }
    const before = await start()
    const batch = events(3)
    await before.client.appendToStream('a', batch, { expectedRevision: NO_STREAM })
    before.server.kill()
    expect(await before.server.ended).toBe('SIGKILL')
    await before.client.dispose()

    const after = await start()
    expect(await numbers(after.client.readStream('a'))).toEqual([0, 1, 2])
    const retry = await after.client.appendToStream('a', batch, { expectedRevision: NO_STREAM })
    expect(retry).toMatchObject({ nextExpectedRevision: 2n })
    expect(await numbers(after.client.readStream('a'))).toEqual([0, 1, 2])
    await after.client.dispose()
    after.server.kill('SIGTERM')
    await after.server.ended
    rmSync(directory, { recursive: true })
  }, 30_000)
})
