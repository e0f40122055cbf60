import { ANY, BACKWARDS, END, EventStoreDBClient, jsonEvent, NO_STREAM, START } from '@eventstore/db-client'
import { type EventStoreDbServer, startEventStoreDb } from './server'

const events = (count: number) => Array.from({ length: count }, (_, n) => jsonEvent({ type: 'Ticked', data: { n } }))

describe('the EventStoreDB protocol server, as the real one,', () => {
  let server: EventStoreDbServer
  let client: EventStoreDBClient
  beforeEach(async () => {
    server = await startEventStoreDb()
    client = EventStoreDBClient.connectionString(server.connectionString)
  })
  afterEach(async () => {
    await client.dispose()
    await server.stop()
  })

  const revisions = async (stream: string, options: Parameters<EventStoreDBClient['readStream']>[1] = {}) => {
    const all: number[] = []
    for await (const { event } of client.readStream(stream, options)) all.push(Number(event?.revision))
    return all
  }

  const next = async <A>(items: AsyncIterable<A>): Promise<A | undefined> => {
    for await (const item of items) return item
    return undefined
  }

  it('gives who follows a stream from past its end the next event', async () => {
    await client.appendToStream('a', events(3))
    const followed = client.subscribeToStream('a', { fromRevision: 99n })
    const coming = next(followed)
    await new Promise((resolve) => followed.once('confirmation', resolve))
    await client.appendToStream('a', events(1))
    expect((await coming)?.event?.revision).toBe(3n)
  })

  it('gives who follows all streams from past the end the next event', async () => {
    await client.appendToStream('a', events(3))
    const beyond = { commit: 9_999_999n, prepare: 9_999_999n }
    const followed = client.subscribeToAll({ fromPosition: beyond })
    const coming = next(followed)
    await new Promise((resolve) => followed.once('confirmation', resolve))
    await client.appendToStream('b', events(1))
    expect((await coming)?.event?.streamId).toBe('b')
  })

  it('says of a stream that is not there that it is followed, and not that anybody has caught up', async () => {
    const followed = client.subscribeToStream('a', { fromRevision: START })
    const told: string[] = []
    followed.on('caughtUp', () => told.push('caught up'))
    const coming = next(followed)
    await new Promise((resolve) => followed.once('confirmation', resolve))
    await client.appendToStream('a', events(1))
    await coming
    expect(told).toEqual([])
  })

  it.each([
    ['$maxCount', { maxCount: 2 }, [3, 4]],
    ['$tb', { truncateBefore: 3 }, [3, 4]],
    ['$tb past the end', { truncateBefore: 9 }, []],
    ['$maxAge', { maxAge: 3_600 }, [0, 1, 2, 3, 4]],
  ])('hides at once what %s hides, and brings it back when the metadata is emptied', async (_, metadata, shown) => {
    await client.appendToStream('a', events(5))
    await client.setStreamMetadata('a', metadata)
    expect(await revisions('a')).toEqual(shown)
    expect(await revisions('a', { direction: BACKWARDS, fromRevision: END })).toEqual([...shown].reverse())
    expect(await client.appendToStream('a', events(1), { expectedRevision: 4n })).toMatchObject({
      nextExpectedRevision: 5n,
    })
    await client.setStreamMetadata('a', {})
    expect(await revisions('a')).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('hides by $maxAge what has become old', async () => {
    await client.appendToStream('a', events(2))
    await client.setStreamMetadata('a', { maxAge: 1 })
    const records = server.log.stream('a')?.records ?? []
    for (const record of records.slice(0, 1)) Object.assign(record, { created_ms: Date.now() - 2_000 })
    expect(await revisions('a')).toEqual([1])
  })

  it('shows a deleted stream again when its metadata is emptied', async () => {
    await client.appendToStream('a', events(3))
    await client.deleteStream('a')
    expect((await client.getStreamMetadata('a')).metadata?.truncateBefore).toBeGreaterThan(Number.MAX_SAFE_INTEGER)
    await client.setStreamMetadata('a', {})
    expect(await revisions('a')).toEqual([0, 1, 2])
  })

  it('knows ids that were appended with ANY until it restarts, and those that named their revision for ever', async () => {
    const [anywhere, placed] = [events(1), events(1)]
    await client.appendToStream('a', anywhere, { expectedRevision: ANY })
    await client.appendToStream('b', placed, { expectedRevision: NO_STREAM })
    await client.appendToStream('a', anywhere, { expectedRevision: ANY })
    expect(server.count('a')).toBe(1)
    await server.shut()
    await server.reopen()
    await client.dispose()
    // The same options would be given the connection that broke.
    client = EventStoreDBClient.connectionString(`${server.connectionString}&keepAliveTimeout=9999`)
    await client.appendToStream('a', anywhere, { expectedRevision: ANY })
    await client.appendToStream('b', placed, { expectedRevision: NO_STREAM })
    expect([server.count('a'), server.count('b')]).toEqual([2, 1])
  })

  it('counts data, metadata and type of an append, in bytes', async () => {
    const of = (data: number, metadata: number, type = 'T') =>
      jsonEvent({ type, data: 'x'.repeat(data - 2), metadata: { m: 'x'.repeat(metadata - 8) } })
    const limit = 1_048_576
    await expect(client.appendToStream('a', [of(limit - 102, 100)])).resolves.toMatchObject({ success: true })
    await expect(client.appendToStream('a', [of(limit - 101, 100)])).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
    })
    await expect(client.appendToStream('a', [of(limit - 102, 100, 'TT')])).rejects.toThrow()
    await expect(client.appendToStream('a', [jsonEvent({ type: 'T', data: '東'.repeat(400_000) })])).rejects.toThrow()
  })

  it('ends the call at a message over 16 MiB, and everything that is in flight on it', async () => {
    server.faults.arm('append', { kind: 'mute' }, 1)
    const inFlight = client.appendToStream('a', events(1))
    const huge = client.appendToStream('b', [jsonEvent({ type: 'Huge', data: 'x'.repeat(17 * 1_048_576) })])
    const outcomes = await Promise.allSettled([inFlight, huge])
    expect(outcomes).toEqual(Array(2).fill({ status: 'rejected', reason: expect.objectContaining({ code: 8 }) }))
    expect(server.count('a')).toBe(1)
  })
})
