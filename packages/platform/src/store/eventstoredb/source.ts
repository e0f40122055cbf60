import { once } from 'node:events'
import type { Readable } from 'node:stream'
import {
  BACKWARDS,
  END,
  type EventStoreDBClient,
  type ResolvedEvent,
  START,
  streamNameFilter,
} from '@eventstore/db-client'
import type { Position } from '../event-store'
import { troubleOf } from './failures'
import { parsePosition } from './position'

/** A call whose answers come as a stream. */
export interface Source {
  readonly stream: Readable
  /** Settles when the server has taken the call, where it says so by itself. */
  readonly taken?: Promise<unknown>
  /** Asks for some other answer of the server; whatever comes, the way to it is whole. */
  readonly answers: () => Promise<unknown>
  cancel(): Promise<void>
}

export type Call = (client: EventStoreDBClient, signal: AbortSignal) => Source

/** What a source gives, item by item. */
export type Item = ResolvedEvent

/** Leaders only: a follower may not yet have what was acknowledged. */
const requiresLeader = true

/** The client declares its streams by types of an older Node, which this one's do not fit. */
const readable = (stream: object): Readable => stream as Readable

const reading = (stream: { cancel(): Promise<void> }): Source => ({
  stream: readable(stream),
  answers: async () => undefined,
  cancel: () => stream.cancel(),
})

/** A stream from a revision, inclusive. */
export const streamFrom =
  (stream: string, from: number): Call =>
  (client) =>
    reading(client.readStream(stream, { fromRevision: BigInt(from), requiresLeader }))

/** A stream's last event. */
export const lastOf =
  (stream: string): Call =>
  (client) =>
    reading(client.readStream(stream, { direction: BACKWARDS, fromRevision: END, maxCount: 1, requiresLeader }))

const fromPosition = (position: Position | undefined) => (position === undefined ? START : parsePosition(position))

/** Everything from a position, inclusive. The client offers no filter for this. */
export const allFrom =
  (position: Position | undefined): Call =>
  (client) =>
    reading(client.readAll({ fromPosition: fromPosition(position), requiresLeader }))

/** The server's own streams, which begin with a dollar sign, belong to no prefix. */
export const isOf = (prefix: string, stream: string): boolean => stream.startsWith(prefix) && !stream.startsWith('$')

/** A stream that nobody writes. */
const pulse = 'novation-pulse'

/** Everything of a prefix from after a position, exclusive, and what comes. */
export const followed =
  (prefix: string, position: Position | undefined): Call =>
  (client, signal) => {
    const filter = prefix === '' ? streamNameFilter({ regex: '^[^$]' }) : streamNameFilter({ prefixes: [prefix] })
    const stream = client.subscribeToAll({ fromPosition: fromPosition(position), filter, requiresLeader })
    const taken = once(readable(stream), 'confirmation', { signal })
    const answers = () =>
      client.getStreamMetadata(pulse).catch((error: unknown) => {
        if (troubleOf(error) === 'away') throw error
      })
    return { stream: readable(stream), taken, answers, cancel: () => stream.unsubscribe() }
  }
