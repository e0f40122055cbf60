import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import type { TaskEither } from 'fp-ts/TaskEither'
import type { Unavailable, Unknown } from '../store/event-store'

/** One record: `key` chooses the partition, so whatever must stay in order shares one. */
export interface Message {
  readonly key: string
  readonly value: string
  readonly headers: Readonly<Record<string, string>>
}

/** A record as a consumer meets it. `value` is the bytes as they came: nothing about them has been believed yet. */
export interface Delivery {
  readonly topic: string
  readonly partition: number
  readonly offset: string
  readonly timestamp_ms: number
  readonly key: string
  readonly value: Buffer
  readonly headers: Readonly<Record<string, string>>
}

export interface Subscription {
  readonly topic: string
  /** Members of one group share the partitions; each group sees every record. */
  readonly group: string
  /** Where a group without a committed offset begins. */
  readonly from: 'beginning' | 'end'
}

/**
 * Handles one batch of one partition, in order, and answers how many of its records are done with: so many offsets
 * are committed, the rest comes again. It never throws; to stop the consumer for good, abort its signal.
 */
export type BatchHandler = (batch: NonEmptyArray<Delivery>) => Promise<number>

/** At-least-once delivery, in order within a partition. Every adapter passes `busContract`. */
export interface Bus {
  /** Answers when every in-sync replica has the records; `unknown` may have published any of them. */
  publish(topic: string, messages: NonEmptyArray<Message>): TaskEither<Unknown | Unavailable, void>
  /** Delivers until `signal`; the promise settles when the consumer has stopped, and rejects when it crashed for good. */
  subscribe(subscription: Subscription, handler: BatchHandler, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}
