import { type Either, left, right } from 'fp-ts/Either'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import { Halted } from '../../host/halt'
import { type AppendError, noStream, type RecordedEvent, type Revision, type StoredEvent } from '../event-store'
import { openSheet, packAppend } from './append-row'
import { isHeld, told } from './file-errors'
import { atomically, type Connection, copyLog, insertRow, pragma } from './layout'
import { type Migrating, migrate } from './migrate'
import { appendRows, type Rows } from './rows'

/** A retry says nothing new: each of its texts already stands exactly where it wants to go (protocol 11). */
const isRetry = (rows: Rows, stream: string, events: NonEmptyArray<StoredEvent>, expected: Revision): boolean => {
  const there: RecordedEvent[] = []
  while (there.length < events.length) {
    const more = rows.stream(stream, expected + 1 + there.length)
    if (more.length === 0) return false
    there.push(...more)
  }
  return events.every(({ body }, index) => there[index]?.body === body)
}

/** After so many pages the write-ahead log is copied into the file: then it begins anew, and does not grow for ever. */
const logLimit_pages = 1_000

/** The one door by which anything enters the file. */
export interface Appender {
  readonly append: (
    stream: string,
    events: NonEmptyArray<StoredEvent>,
    expected: Revision,
  ) => Either<AppendError, Revision>
  readonly hasFailed: () => boolean
}

/** What is prepared once the file has today's layout. */
const prepareWriting = (connection: Connection) => {
  const head = connection
    .prepare<[string]>(
      'SELECT (SELECT max(last) FROM appends WHERE stream = ?), coalesce((SELECT max(position) FROM appends), 0)',
    )
    .raw()
  return {
    rows: appendRows(connection),
    insert: insertRow(connection),
    sheet: openSheet(),
    head: (stream: string) => head.get(stream) as unknown as readonly [last: Revision | null, events: number],
  }
}

type Writing = ReturnType<typeof prepareWriting>

/**
 * Appends within one transaction each, so that a second process conflicts instead of interleaving. Once the file has
 * failed, nothing more is taken: a second sync may succeed without the bytes of the first one, and what came after would
 * be acknowledged and lost. For the same reason what an earlier process left in the log is copied into the file, and so
 * written once more, before anything is put behind it. The first append brings a file of an older layout to today's.
 */
export const openAppender = (connection: Connection, where: string, migrating: Migrating): Appender => {
  let failure: Halted | undefined
  let writing: Writing | undefined
  let logged_pages = 0
  const page_bytes = Number(pragma(connection, 'page_size'))

  /** Nothing where another process keeps the file to itself. */
  const begin = (): Writing | undefined => {
    if (writing !== undefined || !copyLog(connection, 'whole')) return writing
    migrate(connection, migrating)
    writing = prepareWriting(connection)
    return writing
  }

  const copyWhereDue = (): void => {
    if (logged_pages < logLimit_pages) return
    void copyLog(connection, 'passive')
    logged_pages = 0
  }

  const insertAll = (
    { head, rows, insert, sheet }: Writing,
    stream: string,
    events: NonEmptyArray<StoredEvent>,
    expected: Revision,
  ): Either<AppendError, Revision> => {
    const [last, before] = head(stream)
    const actual = last ?? noStream
    const done = expected + events.length
    if (actual !== expected)
      return isRetry(rows, stream, events, expected) ? right(done) : left({ tag: 'conflict', actual })
    const row = packAppend(stream, events, before, sheet)
    insert(row)
    // About: the texts fill pages of their own, and the last ones of the table and of its index are written again.
    logged_pages += 2 + Math.ceil(row[6].length / page_bytes)
    return right(done)
  }

  const append: Appender['append'] = (stream, events, expected) => {
    if (failure !== undefined) throw failure
    try {
      const ready = begin()
      if (ready === undefined) return left({ tag: 'unavailable', reason: `${where} is locked by another process` })
      copyWhereDue()
      return atomically(connection, () => insertAll(ready, stream, events, expected))
    } catch (error) {
      if (isHeld(error)) return left({ tag: 'unavailable', reason: `${where}: ${(error as Error).message}` })
      const reason = told(error, where)
      if (reason instanceof Halted) failure = reason
      throw reason
    }
  }

  return { append, hasFailed: () => failure !== undefined }
}
