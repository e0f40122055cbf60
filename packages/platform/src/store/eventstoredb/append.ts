import { NO_STREAM } from '@eventstore/db-client'
import { type Either, left, right } from 'fp-ts/Either'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import type { Scheduler } from '../../time/scheduler'
import { type AppendError, noStream, type Revision, type StoredEvent } from '../event-store'
import type { Connection } from './connection'
import { appendFailure } from './failures'
import { toEventStoreDb } from './form'
import { Late, within } from './within'

/**
 * One append, tried once. The revision is the caller's and is never looked up again: after an unknown outcome the
 * server recognises the same events at the same place by their ids, and anything else there is a conflict (protocol 11).
 */
export const appendTo = async (
  connection: Connection,
  scheduler: Scheduler,
  timeout_ms: number,
  stream: string,
  events: NonEmptyArray<StoredEvent>,
  expected: Revision,
): Promise<Either<AppendError, Revision>> => {
  const proposed = events.map(toEventStoreDb)
  try {
    const client = await connection.client()
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
    return left(appendFailure(error))
  }
  throw new Error(
    `append: the revisions of ${stream} do not follow one another: it was deleted once, and must not be used`,
  )
}
