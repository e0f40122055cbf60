import { setTimeout as sleep } from 'node:timers/promises'
import { isNonEmpty } from 'fp-ts/Array'
import { chunksOf } from 'fp-ts/ReadonlyArray'
import type { Consumer, EachBatchPayload } from 'kafkajs'
import { handle } from '../batch'
import type { BatchHandler, Subscription } from '../bus'
import { deliveryOf } from './delivery'
import { errorOf, reasonOf } from './failures'
import { clientOf, metadataMaxAge_ms, retryOf, type Settings } from './settings'
import { openSockets, type Sockets } from './sockets'

/** How long a stop waits for a client that is still about to join. */
const parting_ms = 5_000

export interface Duty {
  readonly subscription: Subscription
  readonly handler: BatchHandler
  readonly signal: AbortSignal
  /** Called whenever a fetch came back or a batch was handled. */
  readonly alive: () => void
}

const consumerOf = (settings: Settings, { subscription, alive }: Duty, sockets: Sockets): Consumer => {
  const consumer = clientOf(settings, sockets).consumer({
    groupId: subscription.group,
    allowAutoTopicCreation: false,
    readUncommitted: false,
    sessionTimeout: settings.session_ms,
    heartbeatInterval: settings.heartbeat_ms,
    maxWaitTimeInMs: settings.wait_ms,
    metadataMaxAge: metadataMaxAge_ms,
    // The client's own restart keeps what it knew; a new session knows nothing that could be wrong.
    retry: { ...retryOf(settings), restartOnFailure: async () => false },
  })
  consumer.on(consumer.events.FETCH, alive)
  return consumer
}

const start = async (consumer: Consumer, { subscription }: Duty, eachBatch: Batches['eachBatch']): Promise<void> => {
  await consumer.connect()
  await consumer.subscribe({ topics: [subscription.topic], fromBeginning: subscription.from === 'beginning' })
  await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, partitionsConsumedConcurrently: 1, eachBatch })
}

interface Batches {
  eachBatch(payload: EachBatchPayload): Promise<void>
  /** Hands out nothing more, and settles when nothing is in hand. */
  end(): Promise<void>
}

/** Hands batches to the handler; `fail` is told what the handler threw, and the client never is. */
const handOut = (settings: Settings, { handler, alive }: Duty, fail: (error: Error) => void): Batches => {
  let ended = false
  let inHand: Promise<void> = Promise.resolve()
  const pauses = new Set<NodeJS.Timeout>()

  const rest = (resume: () => void): void => {
    const timer = setTimeout(() => {
      pauses.delete(timer)
      resume()
    }, settings.pause_ms)
    pauses.add(timer)
  }

  const work = async (payload: EachBatchPayload): Promise<void> => {
    const { batch, resolveOffset, heartbeat, commitOffsetsIfNecessary, uncommittedOffsets, pause } = payload
    const deliveries = batch.messages.map((message) => deliveryOf(batch.topic, batch.partition, message))
    for (const some of chunksOf(settings.maxBatch)(deliveries)) {
      const chunk = [...some]
      if (ended || !payload.isRunning() || payload.isStale() || !isNonEmpty(chunk)) return
      let done: number
      // The client beats only between batches; a handler that waits for the store must not lose its partitions.
      const beat = setInterval(() => void heartbeat().catch(() => undefined), settings.heartbeat_ms)
      try {
        done = await handle(handler, chunk)
      } catch (thrown) {
        ended = true
        return fail(errorOf(thrown))
      } finally {
        clearInterval(beat)
      }
      alive()
      const last = chunk[done - 1]
      if (last !== undefined) {
        resolveOffset(last.offset)
        await commitOffsetsIfNecessary(uncommittedOffsets())
      }
      // The next fetch begins after what was resolved, that is with the rest.
      if (done < chunk.length) return rest(pause())
      await heartbeat()
    }
  }

  return {
    eachBatch(payload) {
      if (ended) return Promise.resolve()
      const working = work(payload)
      inHand = working.catch(() => undefined)
      return working
    },
    async end() {
      ended = true
      for (const timer of pauses) clearTimeout(timer)
      await inHand
    },
  }
}

/** Consumes with one client until the signal (answers nothing) or until it failed (answers the error). */
export const session = async (settings: Settings, duty: Duty): Promise<Error | undefined> => {
  let settle = (_: Error | undefined): void => undefined
  const over = new Promise<Error | undefined>((resolve) => {
    settle = resolve
  })
  const stop = () => settle(undefined)
  duty.signal.addEventListener('abort', stop)
  if (duty.signal.aborted) stop()

  const batches = handOut(settings, duty, settle)
  const sockets = openSockets()
  const consumer = consumerOf(settings, duty, sockets)
  consumer.on(consumer.events.CRASH, ({ payload }) => settle(payload.error))
  const started = start(consumer, duty, batches.eachBatch).catch((thrown: unknown) => settle(errorOf(thrown)))

  const outcome = await over
  duty.signal.removeEventListener('abort', stop)
  const handed = batches.end()
  // Before it has joined, the client cannot be stopped: it would join afterwards, and stay.
  const parted = started
    .then(() => consumer.disconnect())
    .catch((thrown: unknown) =>
      settings.logger.debug({ reason: reasonOf(thrown) }, 'a consumer did not part in good order'),
    )
  const waiting = new AbortController()
  await Promise.race([parted, sleep(parting_ms, undefined, { signal: waiting.signal }).catch(() => undefined)])
  waiting.abort()
  await handed
  sockets.end()
  return outcome
}
