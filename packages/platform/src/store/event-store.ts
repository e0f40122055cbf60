import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import type { TaskEither } from 'fp-ts/TaskEither'

/** The place of an event in its stream, counted from 0. */
export type Revision = number

/** "There is no event yet": what a writer of the first event expects. */
export const noStream: Revision = -1

/** An opaque place in the order of the whole store; only the store that gave it can read it. */
export type Position = string

/** An event as the store keeps it: `body` is the canonical JSON the hash was taken over, without `id` and `hash`. */
export interface StoredEvent {
  readonly id: string
  readonly type: string
  readonly revision: Revision
  readonly hash: string
  readonly body: string
}

export interface RecordedEvent extends StoredEvent {
  readonly stream: string
  readonly position: Position
}

/** Somebody else wrote: the stream stands at `actual`, not where the writer expected it. */
export interface Conflict {
  readonly tag: 'conflict'
  readonly actual: Revision
}

/** The write may have happened or not: retry with the same ids and the same expected revision (protocol 11). */
export interface Unknown {
  readonly tag: 'unknown'
  readonly reason: string
}

/** The write did not happen, and the store cannot be reached. */
export interface Unavailable {
  readonly tag: 'unavailable'
  readonly reason: string
}

/** The write did not happen, and does not until somebody gives this writer the right, or another password. */
export interface Forbidden {
  readonly tag: 'forbidden'
  readonly reason: string
}

/** The write did not happen, and never will: it is larger than the store takes at once. */
export interface TooLarge {
  readonly tag: 'too-large'
  readonly reason: string
  readonly limit_bytes: number
}

export type AppendError = Conflict | Unknown | Unavailable | Forbidden | TooLarge

/** The authoritative, append-only history. Every adapter passes `eventStoreContract`. */
export interface EventStore {
  /**
   * All or nothing, durable when it answers. `expected` is the revision the writer decided against (`noStream` for
   * the first). A retry of the very same events at the same place answers as the first time did.
   * Answers the revision of the last event appended. Rejects with `Halted` of reason `disk-failed` where the medium
   * itself failed: then nobody knows whether it happened, nothing more is taken, and who writes must end.
   */
  append(stream: string, events: NonEmptyArray<StoredEvent>, expected: Revision): TaskEither<AppendError, Revision>
  /** From `from`, inclusive, to the end as it is when the reading reaches it. A stream that never was reads as empty. */
  read(stream: string, from: Revision): AsyncIterable<RecordedEvent>
  /** The last event of a stream, or nothing. */
  last(stream: string): Promise<RecordedEvent | undefined>
  /** Every stream whose name begins with `prefix`, in the order of the store, from after `position` (`undefined`: the beginning). */
  readAll(prefix: string, position: Position | undefined): AsyncIterable<RecordedEvent>
  /** As `readAll`, and then for ever, until `signal`; ends by throwing only what a restart can cure. */
  follow(prefix: string, position: Position | undefined, signal: AbortSignal): AsyncIterable<RecordedEvent>
  close(): Promise<void>
}

/** What it takes to look at a history. */
export type Readable = Pick<EventStore, 'read' | 'last'>
