import { canonicalJson, idOf, sha256, streamOf, topics } from '@novation/events'
import {
  type Bus,
  backoff_ms,
  type EventStore,
  eventMessage,
  Halted,
  noStream,
  publishSurely,
  type RecordedEvent,
  type Scheduler,
} from '@novation/platform'

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

/** How many events are published before the checkpoint moves. */
const stride = 200

/** How long a relay that was fenced leaves the work to the other one before it looks again. */
const standby_ms = 10_000

const readCheckpoint = async ({ store, pool }: Relay): Promise<Checkpoint> => {
  const last = await store.last(checkpointStream(pool))
  if (last === undefined) return { published: -1, revision: noStream }
  const { data } = JSON.parse(last.body) as { readonly data: { readonly published: number } }
  return { published: data.published, revision: last.revision }
}

/** Moves the checkpoint, unless somebody else has: the expected revision fences a second relay. */
const moveCheckpoint = async (
  relay: Relay,
  { revision }: Checkpoint,
  published: number,
): Promise<Checkpoint | undefined> => {
  const { store, scheduler, pool } = relay
  const next = revision + 1
  const type = 'RelayCheckpoint'
  const body = canonicalJson({ type, pool, revision: next, data: { published }, metadata: {} })
  const hash = sha256(body)
  const event = { id: idOf('relay', pool, String(next), hash), type, revision: next, hash, body }
  for (let tries = 0; ; tries += 1) {
    const moved = await store.append(checkpointStream(pool), [event], revision)()
    if (moved._tag === 'Right') return { published, revision: next }
    if (moved.left.tag === 'conflict') return undefined
    await scheduler.sleep(backoff_ms(tries))
  }
}

/** Publishes everything after the checkpoint that is there now: publish, acknowledged, then checkpoint. Nothing where another relay took over. */
const publishNew = async (relay: Relay, from: Checkpoint, signal: AbortSignal): Promise<Checkpoint | undefined> => {
  let checkpoint: Checkpoint | undefined = from
  let batch: RecordedEvent[] = []
  const flush = async (): Promise<void> => {
    const [first, ...rest] = batch.map(eventMessage)
    const last = batch.at(-1)
    batch = []
    if (first === undefined || last === undefined || checkpoint === undefined) return
    const refused = await publishSurely(relay.bus, relay.scheduler, topics.events, [first, ...rest], signal)
    if (refused.length > 0)
      throw new Halted('broken-history', `an event of ${relay.pool} cannot be published: ${refused[0]?.reason}`)
    if (signal.aborted) return
    checkpoint = await moveCheckpoint(relay, checkpoint, last.revision)
    relay.report?.published?.(relay.pool, last.revision)
  }
  for await (const recorded of relay.store.read(streamOf(relay.pool), from.published + 1)) {
    batch.push(recorded)
    if (batch.length >= stride) await flush()
    if (checkpoint === undefined || signal.aborted) return checkpoint
  }
  await flush()
  return checkpoint
}

/** How long the relay rests when nobody rings and there is nothing to publish. */
const rest_ms = 200

/**
 * Follows one pool's history and publishes it, in order, at least once: the store is its own outbox. `rung` comes back
 * early when the ledger has just appended. A second relay of the same pool is fenced by the checkpoint and stands by.
 */
export const runRelay = async (
  relay: Relay,
  rung: (ms: number) => Promise<void>,
  signal: AbortSignal,
): Promise<void> => {
  let checkpoint = await readCheckpoint(relay)
  while (!signal.aborted) {
    const next = await publishNew(relay, checkpoint, signal)
    if (next === undefined) {
      relay.report?.stoodBy?.(relay.pool)
      await relay.scheduler.sleep(standby_ms, signal)
      checkpoint = await readCheckpoint(relay)
      continue
    }
    if (next.published === checkpoint.published) await rung(rest_ms)
    checkpoint = next
  }
}
