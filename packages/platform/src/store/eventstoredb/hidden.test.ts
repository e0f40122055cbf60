import { EventStoreDBClient } from '@eventstore/db-client'
import { type EventStoreDbServer, startEventStoreDb } from '@novation/testing'
import { right } from 'fp-ts/Either'
import { collect, written } from '../contract/collect'
import { sampleChain } from '../contract/sample-events'
import { type EventStore, noStream } from '../event-store'
import type { Gone } from '../history-gone'
import { openEventStoreDb } from './eventstoredb-store'

const stream = 'ledger-main'
const chain = sampleChain(5)

/** What somebody does to a ledger that they should not, and what must be said of it. */
const misdeeds: readonly (readonly [Gone, string, (client: EventStoreDBClient) => Promise<unknown>, RegExp])[] = [
  ['deleted', 'deleted', (client) => client.deleteStream(stream), /was deleted$/],
  [
    'truncated',
    'cut in the middle',
    (client) => client.setStreamMetadata(stream, { truncateBefore: 3 }),
    /hides the events before 3 \(\$tb is 3\)/,
  ],
  [
    'truncated',
    'cut to nothing',
    (client) => client.setStreamMetadata(stream, { truncateBefore: 9 }),
    /hides all its events \(\$tb is 9\)/,
  ],
  ['counted', 'held to a count', (client) => client.setStreamMetadata(stream, { maxCount: 2 }), /last 2: .*before 3/],
  ['tombstoned', 'deleted for ever', (client) => client.tombstoneStream(stream), /was deleted for ever/],
]

describe('a ledger in EventStoreDB that somebody has', () => {
  let server: EventStoreDbServer
  let client: EventStoreDBClient
  let store: EventStore
  beforeEach(async () => {
    server = await startEventStoreDb()
    client = EventStoreDBClient.connectionString(server.connectionString)
    store = openEventStoreDb(server.connectionString)
    expect(await store.append(stream, chain, noStream)()).toEqual(right(4))
  })
  afterEach(async () => {
    await client.dispose()
    await store.close()
    await server.stop()
  })

  it.each(misdeeds)('%s (%s) is said to be so by whoever reads it from the beginning', async (how, _, harm, says) => {
    await harm(client)
    await expect(collect(store.read(stream, 0))).rejects.toMatchObject({
      name: 'HistoryGone',
      how,
      message: expect.stringMatching(says),
      remedy: expect.stringMatching(/./),
    })
  })

  it.each(misdeeds.filter(([how]) => how !== 'counted'))(
    '%s (%s) is not begun anew: nothing is written',
    async (how, _, harm) => {
      await harm(client)
      const stands = server.count(stream)
      const other = openEventStoreDb(server.connectionString)
      await expect(other.append(stream, sampleChain(1, undefined, 'anew'), noStream)()).rejects.toMatchObject({ how })
      expect(server.count(stream)).toBe(stands)
      await other.close()
    },
  )

  it('made to forget what is old is said to be so, though all of it is gone', async () => {
    await client.setStreamMetadata(stream, { maxAge: 60 })
    for (const record of server.log.stream(stream)?.records ?? []) Object.assign(record, { created_ms: 0 })
    await expect(collect(store.read(stream, 0))).rejects.toMatchObject({ how: 'aged' })
    await expect(store.last(stream)).rejects.toMatchObject({ how: 'aged' })
  })

  it('deleted and written anew is no ledger any more, and says why', async () => {
    await client.deleteStream(stream)
    const [{ id, type, body, hash }] = sampleChain(1, undefined, 'anew')
    const { metadata, type: _, ...data } = JSON.parse(body)
    await client.appendToStream(stream, [
      { id, type, contentType: 'application/json', data, metadata: { ...metadata, hash } } as never,
    ])
    await expect(collect(store.read(stream, 0))).rejects.toMatchObject({
      how: 'reopened',
      message: expect.stringContaining('was deleted and then written anew'),
    })
  })

  it('deleted shows all of it again once the metadata is emptied', async () => {
    await client.deleteStream(stream)
    await expect(store.last(stream)).rejects.toMatchObject({ how: 'deleted' })
    await client.setStreamMetadata(stream, {})
    expect((await collect(store.read(stream, 0))).map(written)).toEqual(chain)
  })

  it('held to a count that it has not reached is read whole', async () => {
    await client.setStreamMetadata(stream, { maxCount: 5 })
    expect((await collect(store.read(stream, 0))).map(written)).toEqual(chain)
  })

  it('cut is read on from where it is still shown', async () => {
    await client.setStreamMetadata(stream, { truncateBefore: 2 })
    expect((await collect(store.read(stream, 2))).map(written)).toEqual(chain.slice(2))
  })
})
