import type { StoredEvent } from './event-store'

/** The hash stands beside the body, with its name. */
const nameOfHash_bytes = 10

/**
 * What an event weighs at most in any store, in bytes: its body in UTF-8, where a letter may take three, its hash, and
 * its type, which EventStoreDB has in UTF-16.
 */
export const eventSize_bytes = ({ body, hash, type }: Pick<StoredEvent, 'body' | 'hash' | 'type'>): number =>
  Buffer.byteLength(body) + hash.length + nameOfHash_bytes + 2 * type.length

/** What EventStoreDB takes in one append where nobody has told it otherwise. */
export const appendLimit_bytes = 1_048_576
