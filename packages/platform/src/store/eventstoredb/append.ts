import { NO_STREAM } from '@eventstore/db-client'
import { type Either, left, right } from 'fp-ts/Either'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import type { Scheduler } from '../../time/scheduler'
import { eventSize_bytes } from '../event-size'
import { type AppendError, noStream, type Revision, type StoredEvent } from '../event-store'
import type { Connection } from './connection'
import { appendFailure, commandError } from './failures'
import { toEventStoreDb } from './form'
import { gone, tombstoned } from './hidden'
import { Closing, Late, within } from './within'

/** What a message to the server may weigh: a heavier one ends the call, and all that is in flight on it. */
const messageLimit_bytes = 16 * 1_048_576

/**
 * One append, tried once. The revision is the caller's and is never looked up again: after an unknown outcome the
 * server recognises the same events at the same place by their ids, and anything else there is a conflict (protocol 11).
 */
export const appendTo = async (
  connection: Connection,
  { scheduler, timeout_ms, closed }: { readonly scheduler: Scheduler; timeout_ms: number; closed: AbortSignal },
  stream: string,
  events: NonEmptyArray<StoredEvent>,
  expected: Revision,
): Promise<Either<AppendError, Revision>> => {
  const proposed = events.map(toEventStoreDb)
  const size_bytes = events.reduce((size, event) => size + eventSize_bytes(event), 0)
  if (size_bytes >= messageLimit_bytes)
    return left({
      tag: 'too-large',
      reason: `an append of ${size_bytes} bytes is more than a message may weigh`,
      limit_bytes: messageLimit_bytes,
    })
  try {
    const client = await connection.client(closed)
    const expectedRevision = expected === noStream ? NO_STREAM : BigInt(expected)
    const answer = client.appendToStream(stream, proposed, {
      expectedRevision,
      requiresLeader: true,
      deadline: timeout_ms,
    })
    try {
      const { nextExpectedRevision } = await within(scheduler, timeout_ms, answer)
      const last = expected + events.length
      if (Number(nextExpectedRevision) === last) return right(last)
    } catch (error) {
      // The deadline of a call in a batch is nobody's: what hangs is ended by letting go of its connection.
      if (error instanceof Late) connection.renew(client)
      throw error
    }
  } catch (error) {
    if (error instanceof Closing) return left({ tag: 'unavailable', reason: error.message })
    if (commandError(error)?.type === 'stream-deleted') throw tombstoned(stream)
    return left(appendFailure(error))
  }
  throw gone('reopened', stream, 'was deleted while it was written: its revisions do not follow one another')
}
