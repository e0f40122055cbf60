import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import type { BatchHandler, Delivery, Message, Refused } from './bus'
import { recordBytes } from './record-size'
import { defaultMaxRecord_bytes, type TopicSpec } from './topics'

/** How many records a handler is given at most. */
export const defaultMaxBatch = 500

/** How long a partition rests when its handler left something undone. */
export const defaultPause_ms = 250

/** The limit of one record of a topic, in bytes. */
export const limitOf = (specs: readonly TopicSpec[], topic: string): number =>
  specs.find((spec) => spec.topic === topic)?.maxRecord_bytes ?? defaultMaxRecord_bytes

/** Refuses a batch of which a record is larger than its topic takes; then nothing of it may be sent. */
export const refuseOversize = (
  topic: string,
  messages: readonly Message[],
  limit_bytes: number,
): Refused | undefined => {
  const large = messages.find((message) => recordBytes(message) > limit_bytes)
  return large === undefined
    ? undefined
    : {
        tag: 'refused',
        reason: `a record with key ${large.key} takes ${recordBytes(large)} bytes; ${topic} takes ${limit_bytes}`,
      }
}

/** Asks the handler, and fails on an answer that is no number of records of this batch. */
export const handle = async (handler: BatchHandler, batch: NonEmptyArray<Delivery>): Promise<number> => {
  const done = await handler(batch)
  if (Number.isInteger(done) && done >= 0 && done <= batch.length) return done
  throw new Error(`a handler of ${batch[0].topic} answered ${done} of ${batch.length} records`)
}
