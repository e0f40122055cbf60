import {
  type Book,
  emptyPool,
  evolveForReading,
  type HalfWay,
  isWhole,
  judge,
  readSnapshot,
  stateHash,
} from '@novation/clearing'
import { formatTime, type LedgerEvent } from '@novation/events'
import { readEvent } from '../decoded'
import { isAfter, type Place } from '../place'
import type { Witness } from '../verify/verification'
import { type History, type Walk, walk } from '../walk'
import type { Label, Shelf } from './shelf'

/** The history from a revision on, itself included. */
export type ReadFrom = (revision: number) => History

/** Tells that a snapshot was not believed, and why: the work goes on from an earlier one. */
export type PassedOver = (label: Label, reason: string) => void

const isLabelAfter = (place: Place, { revision, at }: Label): boolean =>
  isAfter(place, { revision, at: formatTime(at) })

const eventAt = async (read: ReadFrom, revision: number) => {
  for await (const event of read(revision)) return event
  return undefined
}

/** A snapshot that is whole, is what its label says, and stands on the very event the ledger has there; or why it does not. */
const believed = async (shelf: Shelf, label: Label, read: ReadFrom): Promise<Book | string> => {
  const opened = readSnapshot(shelf.open(label))
  if (opened._tag === 'Left') return opened.left
  const pool = opened.right
  if (pool.name !== label.pool || pool.revision !== label.revision || pool.at !== label.at)
    return `it is of pool ${pool.name} at revision ${pool.revision}`
  if (!isWhole(pool)) return 'it was taken between two events of one command'
  const event = await eventAt(read, pool.revision)
  return event?.hash === pool.head ? pool : 'it was taken of another history'
}

const beginning = async (
  shelf: Shelf,
  pool: string,
  place: Place,
  read: ReadFrom,
  passedOver: PassedOver,
): Promise<Book> => {
  const labels = shelf.labels(pool).filter((label) => !isLabelAfter(place, label))
  for (const label of [...labels].reverse()) {
    const found = await believed(shelf, label, read)
    if (typeof found !== 'string') return found
    passedOver(label, found)
  }
  return emptyPool(pool)
}

export interface StateAt {
  readonly pool?: Book
  /** The command that the place stands inside of: its events up to there have happened, and the others not yet. */
  readonly halfway?: HalfWay
  readonly folded: number
}

export interface Folding extends Walk {
  /** Sees the book as it stands before each event that takes it on, */
  readonly leaves?: (book: Book, event: LedgerEvent) => void
  /** and after it, where nobody is judged yet. */
  readonly took?: (event: LedgerEvent) => void
}

/**
 * Takes a book that stands at the end of a command on to a place, everybody judged there. Interrupted, it answers no pool,
 * and the book is wherever it had come to.
 */
export const foldOn = async (book: Book, place: Place, read: ReadFrom, how: Folding = {}): Promise<StateAt> => {
  const from = book.revision
  let group = { id: '', first: from + 1 }
  const ended = await walk(
    read(from + 1),
    (stored) => {
      const event = readEvent(stored)
      if (isAfter(place, event)) return false
      how.leaves?.(book, event)
      void evolveForReading(book, event)
      how.took?.(event)
      if (event.metadata.events !== undefined) group = { id: event.metadata.commandId, first: event.revision }
      return true
    },
    how,
  )
  const folded = book.revision - from
  if (book.revision < 0 || ended === 'interrupted') return { folded }
  const { id, first } = group
  const halfway = { id, done: book.revision - first + 1, total: book.groupEnd - first + 1 }
  return { pool: judge(book), folded, ...(isWhole(book) ? {} : { halfway }) }
}

/**
 * The state after the last event at or before a place, everybody judged: the nearest snapshot that can be believed, and
 * the events after it. No pool where there is no such event. For reading: it knows no ids of commands, so nothing may be
 * decided on it. `folded` is how many events were read. Interrupted, it answers no pool.
 */
export const stateAt = async (
  shelf: Shelf,
  name: string,
  place: Place,
  read: ReadFrom,
  passedOver: PassedOver = () => undefined,
  how: Folding = {},
): Promise<StateAt> => foldOn(await beginning(shelf, name, place, read, passedOver), place, read, how)

/** The last place before another: what lies after it does not lie before that. */
const before = (place: Place): Place | undefined => {
  if (place.tag === 'time') return { tag: 'time', at: place.at - 1 }
  if (place.tag === 'revision') return { tag: 'revision', revision: place.revision - 1 }
  return place.tag === 'end' ? place : undefined
}

/**
 * The state that a place is reached from: after the last command that lies whole before it, with the nearest snapshot's
 * help. No pool where no command does, or where it was interrupted.
 */
export const stateBefore = async (...[shelf, name, place, read, passedOver, how]: Parameters<typeof stateAt>) => {
  const last = before(place)
  if (last === undefined) return undefined
  const { pool, halfway } = await stateAt(shelf, name, last, read, passedOver, how)
  if (pool === undefined || halfway === undefined) return pool
  const end: Place = { tag: 'revision', revision: pool.revision - halfway.done }
  return end.revision < 0 ? undefined : (await stateAt(shelf, name, end, read, passedOver, how)).pool
}

/**
 * Puts a state aside every so many events, at the end of the command that reaches them, from where the last believed snapshot stands. Stops between two events when
 * `signal` is aborted: what was put aside stays. Answers how many were.
 */
export const takeSnapshots = async (
  shelf: Shelf,
  name: string,
  every: number,
  read: ReadFrom,
  reached: (revision: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<number> => {
  const pool = await beginning(shelf, name, { tag: 'end' }, read, () => undefined)
  let taken = 0
  let next = Math.ceil((pool.revision + 2) / every) * every
  const putAside = async (at: Book): Promise<boolean> => {
    await shelf.put(at)
    taken += 1
    next = Math.ceil((at.revision + 2) / every) * every
    return true
  }
  await walk(
    read(pool.revision + 1),
    (stored) => {
      void evolveForReading(pool, readEvent(stored))
      return pool.revision + 1 >= next && isWhole(pool) ? putAside(pool) : true
    },
    { onProgress: ({ revision }) => reached(revision), ...(signal === undefined ? {} : { signal }) },
  ).then(() => undefined)
  return taken
}

/** A snapshot to be held against a full replay; it is opened only when its revision is reached. */
export const snapshotWitness = (shelf: Shelf, label: Label): Witness => ({
  check: 'snapshot',
  revision: label.revision,
  objection: (_, replayed) => {
    const opened = readSnapshot(shelf.open(label))
    if (opened._tag === 'Left') return `the snapshot is damaged: ${opened.left}`
    const hash = stateHash(opened.right)
    return replayed === undefined || stateHash(replayed) === hash
      ? undefined
      : `the snapshot holds state ${hash.slice(0, 12)}…, a full replay gives ${stateHash(replayed).slice(0, 12)}…`
  },
})
