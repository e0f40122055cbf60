import { canonicalJson, idOf, sha256, topics } from '@novation/events'
import { type AppendError, type EventStore, openMemoryStore } from '@novation/platform'
import { left } from 'fp-ts/Either'
import { handClock, memoryBus, open, recordsOf } from './kit/world'
import { runRelay } from './relay'
import { openTail } from './tail'
import { openLedger } from './writer'

const checkpoints = 'relay-main'

/** A pool in which so many accounts were opened, an event each, and a relay that lives one life on it. */
const world = async (count: number) => {
  const { scheduler, goOn } = handClock()
  const store = openMemoryStore()
  const bus = memoryBus(scheduler)
  const writer = await openLedger('main', store, scheduler, new AbortController().signal)
  const happens = async (from: number, to: number): Promise<void> => {
    await writer.submit(Array.from({ length: to - from }, (_, i) => open(`a${from + i}`)))
  }
  await happens(0, count)

  /** So long a life; how long it rested each time, and what it told, with the time. */
  const live = async (
    ms: number,
    instead: Partial<EventStore> = {},
    meanwhile = async (): Promise<void> => undefined,
  ) => {
    const stop = new AbortController()
    const told: unknown[] = []
    const rests: number[] = []
    const report = {
      published: (pool: string, revision: number) => told.push([scheduler.now(), 'published', pool, revision]),
      stoodBy: (pool: string) => told.push([scheduler.now(), 'stood by', pool]),
    }
    const rest = (rest_ms: number): Promise<void> => {
      rests.push(rest_ms)
      return scheduler.sleep(rest_ms, stop.signal)
    }
    const relay = { pool: 'main', store: { ...store, ...instead }, bus, scheduler, report }
    const tail = { ...openTail(relay.store, 'main', scheduler, stop.signal), wait: rest }
    const living = runRelay(relay, tail, stop.signal)
    await goOn(1)
    await meanwhile()
    await goOn(ms - 1)
    stop.abort()
    await goOn(0)
    await living
    return { told, rests }
  }
  /** The first appends to the stream of checkpoints come to these, and nothing is written. */
  const failing = (...errors: readonly AppendError[]): Partial<EventStore> => {
    let asked = 0
    return {
      append: (stream, events, expected) => {
        const error = stream === checkpoints ? errors[asked++] : undefined
        return error === undefined ? store.append(stream, events, expected) : async () => left(error)
      },
    }
  }
  const moved = async (): Promise<readonly number[]> => {
    const revisions: number[] = []
    for await (const { body } of store.read(checkpoints, 0)) revisions.push(JSON.parse(body).data.published)
    return revisions
  }
  const sequences = async (): Promise<readonly number[]> =>
    (await recordsOf(bus, topics.events)).map(({ headers }) => Number(headers.ce_sequence))
  return { store, bus, live, happens, failing, moved, sequences }
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i)

describe('the relay', () => {
  it('publishes a long history in strides of 500, and its checkpoint follows each', async () => {
    const { live, moved, sequences } = await world(1_001)
    const { told, rests } = await live(100)
    expect(rests).toHaveLength(1)
    expect(await sequences()).toEqual(upTo(1_001))
    expect(await moved()).toEqual([499, 999, 1_000])
    expect(told).toEqual([499, 999, 1_000].map((revision) => [0, 'published', 'main', revision]))
  })

  it('rests only where nothing is new, and goes on behind its checkpoint with what came meanwhile', async () => {
    const { live, happens, moved, sequences } = await world(2)
    const { rests } = await live(450, {}, () => happens(2, 3))
    expect(rests).toEqual([200, 200, 200])
    expect(await moved()).toEqual([1, 2])
    expect(await sequences()).toEqual([0, 1, 2])
  })

  it('writes its checkpoint as an event of a stream of its own, which the next life reads', async () => {
    const { store, live, happens, sequences } = await world(1)
    await live(10)
    await happens(1, 2)
    await live(10)
    const body = (revision: number) =>
      canonicalJson({ type: 'RelayCheckpoint', pool: 'main', revision, data: { published: revision }, metadata: {} })
    const written: unknown[] = []
    for await (const { id, type, revision, hash, body } of store.read(checkpoints, 0))
      written.push({ id, type, revision, hash, body })
    expect(written).toEqual(
      [0, 1].map((revision) => {
        const hash = sha256(body(revision))
        const id = idOf('relay', 'main', String(revision), hash)
        return { id, type: 'RelayCheckpoint', revision, hash, body: body(revision) }
      }),
    )
    expect(await sequences()).toEqual([0, 1])
  })

  it('waits for a store that does not take its checkpoint, longer each time, and publishes nothing twice meanwhile', async () => {
    const { live, failing, moved, sequences } = await world(1)
    const away: AppendError = { tag: 'unavailable', reason: 'the store is away' }
    const { told } = await live(1_000, failing(away, away, away))
    expect(told).toEqual([[50 + 100 + 200, 'published', 'main', 0]])
    expect([await moved(), await sequences()]).toEqual([[0], [0]])
  })

  it('leaves the work to another one that has moved the checkpoint: nothing comes after the batch at which it was fenced', async () => {
    const { live, failing, moved, sequences } = await world(1_001)
    const { told, rests } = await live(9_999, failing({ tag: 'conflict', actual: 0 }))
    expect([told, rests]).toEqual([[[0, 'stood by', 'main']], []])
    expect([await moved(), await sequences()]).toEqual([[], upTo(500)])
  })

  it('looks again after ten seconds, and goes on behind what the other one has published', async () => {
    const { store, live, happens, moved, sequences } = await world(1)
    await live(10)
    await happens(1, 2)
    let asked = 0
    const late = async (stream: string) => (asked++ === 0 ? undefined : store.last(stream))
    const { told } = await live(10_100, { last: late }, () => happens(2, 3))
    expect(told).toEqual([
      [10, 'stood by', 'main'],
      [10_010, 'published', 'main', 2],
    ])
    expect([await moved(), await sequences()]).toEqual([
      [0, 2],
      [0, 0, 1, 1, 2],
    ])
  })
})
