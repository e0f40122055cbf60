import { canonicalJson, idOf, type Stored, sha256, topics } from '@novation/events'
import {
  type Bus,
  backoff_ms,
  type EventStore,
  eventMessage,
  Halted,
  noStream,
  publishInOrder,
  type Scheduler,
} from '@novation/platform'
import { isNonEmpty } from 'fp-ts/Array'
import { last, map, type NonEmptyArray } from 'fp-ts/NonEmptyArray'
import type { Tail } from './tail'

export interface RelayReport {
  readonly published?: (pool: string, revision: number) => void
  /** Another relay has moved the checkpoint: this one stands by. */
  readonly stoodBy?: (pool: string) => void
}

export interface Relay {
  readonly pool: string
  readonly store: EventStore
  readonly bus: Bus
  readonly scheduler: Scheduler
  readonly report?: RelayReport
}

/** How far the pool's history is on the bus for certain, and the revision of the stream that says so. */
interface Checkpoint {
  readonly published: number
  readonly revision: number
}

const checkpointStream = (pool: string): string => `relay-${pool}`

/** How many events are published before the checkpoint moves: where many wait, about one request of the bus. */
const stride = 500

/** How long a relay that was fenced leaves the work to the other one before it looks again. */
const standby_ms = 10_000

const readCheckpoint = async ({ store, pool }: Relay): Promise<Checkpoint> => {
  const moved = await store.last(checkpointStream(pool))
  if (moved === undefined) return { published: -1, revision: noStream }
  const { data } = JSON.parse(moved.body) as { readonly data: { readonly published: number } }
  return { published: data.published, revision: moved.revision }
}

/** Why the relay goes no further: another one has moved the checkpoint, or it was told to stop. */
type Halt = 'fenced' | 'stopped'

/** Moves the checkpoint, unless somebody else has: the expected revision fences a second relay. */
const moveCheckpoint = async (
  relay: Relay,
  { revision }: Checkpoint,
  published: number,
  signal: AbortSignal,
): Promise<Checkpoint | Halt> => {
  const { store, scheduler, pool } = relay
  const next = revision + 1
  const type = 'RelayCheckpoint'
  const body = canonicalJson({ type, pool, revision: next, data: { published }, metadata: {} })
  const hash = sha256(body)
  const event = { id: idOf('relay', pool, String(next), hash), type, revision: next, hash, body }
  for (let tries = 0; ; tries += 1) {
    const moved = await store.append(checkpointStream(pool), [event], revision)()
    if (moved._tag === 'Right') return { published, revision: next }
    if (moved.left.tag === 'conflict') return 'fenced'
    if (signal.aborted) return 'stopped'
    await scheduler.sleep(backoff_ms(tries), signal)
  }
}

/** Publishes a batch, waits for the acknowledgement, then moves the checkpoint. */
const relayBatch = async (
  relay: Relay,
  checkpoint: Checkpoint,
  batch: NonEmptyArray<Stored>,
  signal: AbortSignal,
): Promise<Checkpoint | Halt> => {
  const { pool, bus, scheduler, report } = relay
  const published = await publishInOrder(bus, scheduler, topics.events, map(eventMessage)(batch), signal)
  switch (published.tag) {
    case 'stopped':
      return 'stopped'
    case 'refused': {
      const [{ reason }] = published.refused
      throw new Halted('refused', `an event of ${pool} cannot be published, and none may come after it: ${reason}`)
    }
    case 'sent': {
      const { revision } = last(batch)
      const moved = await moveCheckpoint(relay, checkpoint, revision, signal)
      if (moved !== 'fenced' && moved !== 'stopped') report?.published?.(pool, revision)
      return moved
    }
  }
}

/** Publishes everything after the checkpoint that is there now. */
const publishNew = async (
  relay: Relay,
  tail: Tail,
  from: Checkpoint,
  signal: AbortSignal,
): Promise<Checkpoint | Halt> => {
  let checkpoint = from
  for (let batch = [...(await tail.next(stride))]; isNonEmpty(batch); batch = [...(await tail.next(stride))]) {
    const moved = await relayBatch(relay, checkpoint, batch, signal)
    if (moved === 'fenced' || moved === 'stopped') return moved
    checkpoint = moved
  }
  return checkpoint
}

/** How long the relay rests when nobody rings and there is nothing to publish. */
const rest_ms = 200

/**
 * Follows one pool's history and publishes it, in order, at least once: the store is its own outbox, and `tail` is handed
 * what the ledger has just appended. A second relay of the same pool is fenced by the checkpoint and stands by.
 */
export const runRelay = async (relay: Relay, tail: Tail, signal: AbortSignal): Promise<void> => {
  const begin = async (): Promise<Checkpoint> => {
    const found = await readCheckpoint(relay)
    tail.moveTo(found.published)
    return found
  }
  let checkpoint = await begin()
  while (!signal.aborted) {
    const next = await publishNew(relay, tail, checkpoint, signal)
    if (next === 'stopped') return
    if (next === 'fenced') {
      relay.report?.stoodBy?.(relay.pool)
      await relay.scheduler.sleep(standby_ms, signal)
      checkpoint = await begin()
      continue
    }
    if (next.published === checkpoint.published) await tail.wait(rest_ms)
    checkpoint = next
  }
}
