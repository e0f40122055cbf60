import { type Either, left, right } from 'fp-ts/Either'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import { Halted } from '../../host/halt'
import { type AppendError, noStream, type Revision, type StoredEvent } from '../event-store'
import { isHeld, told } from './file-errors'
import { atomically, type Connection, copyLog, pragma } from './layout'
import type { Statements } from './statements'

/** A retry says nothing new: each of its events already stands exactly where it wants to go (protocol 11). */
const isRetry = (statements: Statements, stream: string, events: NonEmptyArray<StoredEvent>, expected: Revision) => {
  const ids = statements.idsAfter(stream, expected, events.length)
  return events.every(({ id }, index) => ids[index] === id)
}

/** After so many pages the write-ahead log is copied into the file: then it begins anew, and does not grow for ever. */
const logLimit_pages = 1_000

const sizeOf = (events: NonEmptyArray<StoredEvent>): number => events.reduce((size, { body }) => size + body.length, 0)

/** The one door by which anything enters the file. */
export interface Appender {
  readonly append: (
    stream: string,
    events: NonEmptyArray<StoredEvent>,
    expected: Revision,
  ) => Either<AppendError, Revision>
  readonly hasFailed: () => boolean
}

/**
 * Appends within one transaction each, so that a second process conflicts instead of interleaving. Once the file has
 * failed, nothing more is taken: a second sync may succeed without the bytes of the first one, and what came after would
 * be acknowledged and lost. For the same reason what an earlier process left in the log is copied into the file, and so
 * written once more, before anything is put behind it.
 */
export const openAppender = (connection: Connection, statements: Statements, where: string): Appender => {
  let failure: Halted | undefined
  let isLogOurs = false
  let logged_pages = 0
  const page_bytes = Number(pragma(connection, 'page_size'))
  /** About: what is written fills pages of its own, and changes the last ones of the table and of its index. */
  const pagesFor = (events: NonEmptyArray<StoredEvent>): number => 3 + Math.ceil(sizeOf(events) / page_bytes)

  const copyWhereDue = (): void => {
    if (!isLogOurs) isLogOurs = copyLog(connection, 'whole')
    if (logged_pages < logLimit_pages) return
    void copyLog(connection, 'passive')
    logged_pages = 0
  }

  const insertAll = (stream: string, events: NonEmptyArray<StoredEvent>, expected: Revision) =>
    atomically(connection, (): Either<AppendError, Revision> => {
      const actual = statements.lastRevision(stream) ?? noStream
      const done = expected + events.length
      if (actual !== expected)
        return isRetry(statements, stream, events, expected) ? right(done) : left({ tag: 'conflict', actual })
      for (const event of events) statements.insert(stream, event)
      return right(done)
    })

  const append: Appender['append'] = (stream, events, expected) => {
    if (failure !== undefined) throw failure
    try {
      copyWhereDue()
      if (!isLogOurs) return left({ tag: 'unavailable', reason: `${where} is locked by another process` })
      const outcome = insertAll(stream, events, expected)
      logged_pages += pagesFor(events)
      return outcome
    } catch (error) {
      if (isHeld(error)) return left({ tag: 'unavailable', reason: `${where}: ${(error as Error).message}` })
      const reason = told(error, where)
      if (reason instanceof Halted) failure = reason
      throw reason
    }
  }

  return { append, hasFailed: () => failure !== undefined }
}
