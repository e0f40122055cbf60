import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import type { TaskEither } from 'fp-ts/TaskEither'
import type { Unavailable, Unknown } from '../store/event-store'

/**
 * One record: `key` chooses the partition, so whatever must stay in order shares one. Text is sent as UTF-8; what was
 * received as bytes that may be anything (a dead letter) is sent on as those bytes.
 */
export interface Message {
  readonly key: string
  readonly value: string | Buffer
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
  /** Members of one group share the partitions; each group sees every record. A group reads one topic. */
  readonly group: string
  /**
   * Where a group without a committed offset begins. Until its first commit a group that begins at the end begins, at
   * each change of members, at the end as it is then: `end` is for those who may miss something.
   */
  readonly from: 'beginning' | 'end'
}

/** Never to be taken as it is, however often it is tried; what was sent before it in the same batch may be there. */
export interface Refused {
  readonly tag: 'refused'
  readonly reason: string
}

export type PublishError = Unknown | Unavailable | Refused

/**
 * Handles one batch of one partition, in order, and answers how many of its records are done with: so many offsets
 * are committed, the rest comes again after a pause. A subscription calls it for one batch at a time. It never throws;
 * to stop the consumer for good, abort its signal.
 */
export type BatchHandler = (batch: NonEmptyArray<Delivery>) => Promise<number>

/** At-least-once delivery, in order within a partition. Every adapter passes `busContract`. */
export interface Bus {
  /**
   * Answers when every in-sync replica has the records. `unknown` may have published any of them, and after a retry
   * they may be there twice; `unavailable` has published none.
   */
  publish(topic: string, messages: NonEmptyArray<Message>): TaskEither<PublishError, void>
  /**
   * Delivers until `signal`; the batch in hand is finished and committed first. The promise settles when the consumer
   * has stopped, and rejects when it crashed for good.
   */
  subscribe(subscription: Subscription, handler: BatchHandler, signal: AbortSignal): Promise<void>
  /** Stops every subscription as its signal would, and sends nothing from now on. */
  close(): Promise<void>
}
