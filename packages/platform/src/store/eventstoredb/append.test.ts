import { type EventStoreDbServer, startEventStoreDb } from '@novation/testing'
import { left, right } from 'fp-ts/Either'
import { collect, written } from '../contract/collect'
import { sampleChain, sampleEvent } from '../contract/sample-events'
import { type EventStore, noStream } from '../event-store'
import { openEventStoreDb } from './eventstoredb-store'

const stream = 'ledger-main'
const unknown = left({ tag: 'unknown', reason: expect.any(String) })
const unavailable = left({ tag: 'unavailable', reason: expect.any(String) })

describe.each([
  ['in batches', true],
  ['one by one', false],
])('appending to EventStoreDB %s, when something goes wrong,', (_, batchAppend) => {
  let server: EventStoreDbServer
  let store: EventStore
  beforeEach(async () => {
    server = await startEventStoreDb({ batchAppend })
    store = openEventStoreDb(server.connectionString, { timeout_ms: 1_500 })
  })
  afterEach(async () => {
    await store.close()
    await server.stop()
  })

  const first = sampleChain(3)
  const next = sampleChain(2, first.at(-1))
  const appendFirst = () => store.append(stream, first, noStream)()
  const appendNext = () => store.append(stream, next, 2)()
  const standing = async () => (await collect(store.read(stream, 0))).map(written)

  it.each([
    ['it is applied and the answer never comes', 'mute', 5],
    ['it is applied and the connection breaks before the answer', 'drop-after', 5],
    ['the connection breaks before it is applied', 'drop', 3],
    ['the server takes it and does nothing', 'silent', 3],
  ] as const)('the outcome is unknown if %s, and the retry writes it once', async (_, kind, then) => {
    await appendFirst()
    server.faults.arm('append', { kind }, 1)
    expect(await appendNext()).toEqual(unknown)
    expect(server.count(stream)).toBe(then)
    expect(await appendNext()).toEqual(right(4))
    expect(await standing()).toEqual([...first, ...next])
  })

  it('the outcome is unknown on the very first call too', async () => {
    server.faults.arm('append', { kind: 'drop-after' }, 1)
    expect(await appendFirst()).toEqual(unknown)
    expect(await appendFirst()).toEqual(right(2))
    expect(await standing()).toEqual(first)
  })

  it('what comes to the server after its writer has given up is written once, retried before or after', async () => {
    await appendFirst()
    server.faults.arm('append', { kind: 'slow', delay_ms: 2_000 }, 1)
    expect(await appendNext()).toEqual(unknown)
    expect(await appendNext()).toEqual(right(4))
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    expect(await appendNext()).toEqual(right(4))
    expect(await standing()).toEqual([...first, ...next])
  })

  it('a retry conflicts where somebody else has written meanwhile, and nothing is posted twice', async () => {
    await appendFirst()
    server.faults.arm('append', { kind: 'drop' }, 1)
    expect(await appendNext()).toEqual(unknown)
    const rival = openEventStoreDb(server.connectionString)
    const theirs = sampleEvent(first.at(-1), 'theirs')
    expect(await rival.append(stream, [theirs], 2)()).toEqual(right(3))
    await rival.close()
    expect(await appendNext()).toEqual(left({ tag: 'conflict', actual: 3 }))
    expect(await standing()).toEqual([...first, theirs])
  })

  it('a retry finds its own events though others have been written behind them', async () => {
    await appendFirst()
    server.faults.arm('append', { kind: 'drop-after' }, 1)
    expect(await appendNext()).toEqual(unknown)
    const more = sampleEvent(next.at(-1))
    expect(await store.append(stream, [more], 4)()).toEqual(right(5))
    expect(await appendNext()).toEqual(right(4))
    expect(await standing()).toEqual([...first, ...next, more])
  })

  it('a server that refuses has written nothing: unavailable', async () => {
    server.faults.arm('append', { kind: 'refuse' }, 1)
    expect(await appendFirst()).toEqual(unavailable)
    expect(await appendFirst()).toEqual(right(2))
  })

  it.each(['refuse', 'silent'] as const)('nothing was sent to a server that is %s from the start', async (kind) => {
    server.faults.arm('connect', { kind }, 1)
    expect(await appendFirst()).toEqual(unavailable)
    expect(server.count(stream)).toBe(0)
    expect(await appendFirst()).toEqual(right(2))
  })

  it('nothing was sent to a server that is gone, and the next one takes up where it was', async () => {
    await appendFirst()
    const { port } = server
    await server.stop()
    // Who has not heard yet that the connection broke cannot know what became of the first try.
    expect([unknown, unavailable]).toContainEqual(await appendNext())
    expect(await appendNext()).toEqual(unavailable)
    server = await startEventStoreDb({ batchAppend, port })
    expect(await appendNext()).toEqual(left({ tag: 'conflict', actual: noStream }))
    expect(await appendFirst()).toEqual(right(2))
  })

  it('one that hangs does not keep another stream from being written', async () => {
    await appendFirst()
    server.faults.arm('append', { kind: 'silent' }, 1)
    const hanging = appendNext()
    const other = store.append('ledger-other', first, noStream)
    const outcome = await other()
    expect(outcome._tag === 'Right' ? outcome : await other()).toEqual(right(2))
    expect(await hanging).toEqual(unknown)
    expect(await appendNext()).toEqual(right(4))
  })

  it('one store that gives up does not take the answers of another in the same process with it', async () => {
    const other = openEventStoreDb(server.connectionString, { timeout_ms: 1_000 })
    const appendOther = other.append('ledger-other', first, noStream)
    await appendFirst()
    server.faults.arm('append', { kind: 'mute' }, 1)
    const hanging = appendNext()
    await new Promise((resolve) => setTimeout(resolve, 50))
    server.faults.arm('append', { kind: 'slow', delay_ms: 300 }, 1)
    const outcome = await appendOther()
    expect(await hanging).toEqual(unknown)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(outcome._tag === 'Right' ? outcome : await appendOther()).toEqual(right(2))
    await other.close()
    expect(await appendNext()).toEqual(right(4))
  })

  it('it throws at what trying again cannot cure', async () => {
    const large = sampleEvent(undefined, 'x'.repeat(1_048_576))
    expect(await store.append(stream, [large], noStream)()).toMatchObject(
      left({
        tag: 'too-large',
        limit_bytes: 1_048_576,
        reason: expect.stringContaining('larger than the server takes'),
      }),
    )
    const loose = { ...first[0], body: first[0].body.replace('"at":', '"at": ') }
    await expect(store.append(stream, [loose], noStream)()).rejects.toThrow('not the canonical JSON')
    await expect(store.append(stream, [{ ...first[0], type: 'Else' }], noStream)()).rejects.toThrow('not the canonical')
    expect(server.count(stream)).toBe(0)
    expect(await appendFirst()).toEqual(right(2))
  })
})

describe('appending to EventStoreDB', () => {
  it('follows the leader where a follower was asked', async () => {
    const leader = await startEventStoreDb()
    const follower = await startEventStoreDb({ leader_port: leader.port })
    const store = openEventStoreDb(follower.connectionString)
    const chain = sampleChain(3)
    const outcome = await store.append(stream, chain, noStream)()
    expect([unknown, unavailable]).toContainEqual(outcome)
    await store.append(stream, chain, noStream)()
    expect(await store.append(stream, chain, noStream)()).toEqual(right(2))
    expect([leader.count(stream), follower.count(stream)]).toEqual([3, 0])
    expect((await collect(store.read(stream, 0))).map(written)).toEqual(chain)
    await store.close()
    await Promise.all([leader.stop(), follower.stop()])
  })

  it('refuses the setting that makes the client report wrong revisions', () =>
    expect(() => openEventStoreDb('esdb://127.0.0.1:2113?tls=false&throwOnAppendFailure=false')).toThrow(
      'leave it out',
    ))
})
