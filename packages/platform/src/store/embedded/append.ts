import { type Either, left, right } from 'fp-ts/Either'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import { type AppendError, noStream, type Revision, type StoredEvent } from '../event-store'
import { atomically, type Connection } from './layout'
import type { Statements } from './statements'

/** A retry says nothing new: each of its events already stands exactly where it wants to go (protocol 11). */
const isRetry = (statements: Statements, stream: string, events: NonEmptyArray<StoredEvent>, expected: Revision) => {
  const ids = statements.idsAfter(stream, expected, events.length)
  return events.every(({ id }, index) => ids[index] === id)
}

/** What the file's refusal means for the write: not done, or not known. Anything else is a bug and is thrown. */
const explain = (error: unknown): AppendError => {
  const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string }
  if (/^SQLITE_(BUSY|LOCKED|FULL|READONLY|CANTOPEN)/.test(code)) {
    return { tag: 'unavailable', reason: `${code}: ${message}` }
  }
  if (/^SQLITE_IOERR/.test(code)) return { tag: 'unknown', reason: `${code}: ${message}` }
  throw error
}

/** Appends within one transaction, so that a second process conflicts instead of interleaving. */
export const appendTo = (
  connection: Connection,
  statements: Statements,
  stream: string,
  events: NonEmptyArray<StoredEvent>,
  expected: Revision,
): Either<AppendError, Revision> => {
  try {
    return atomically(connection, () => {
      const actual = statements.lastRevision(stream) ?? noStream
      const done = expected + events.length
      if (actual !== expected) {
        return isRetry(statements, stream, events, expected) ? right(done) : left({ tag: 'conflict', actual })
      }
      for (const event of events) statements.insert(stream, event)
      return right(done)
    })
  } catch (error) {
    return left(explain(error))
  }
}
