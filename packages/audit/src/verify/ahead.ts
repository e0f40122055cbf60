import { type Book, evolve, type Mark, takeBackTo } from '@novation/clearing'
import type { LedgerEvent, Stored } from '@novation/events'
import { readEvent } from '../decoded'
import type { Again, Objection } from './execution'

/**
 * A command that has been decided in the book itself, of whose events each that was read so far has the hash the rules
 * give it. That is the fold of them: the same bytes, applied by the same hand.
 */
export interface Ahead {
  readonly mark: Mark
  readonly events: readonly LedgerEvent[]
  readonly read: Stored[]
}

const isGiven = ({ events, read }: Ahead, { hash }: Stored): boolean => events[read.length]?.metadata.hash === hash

/** Does the work in the book; all of it can be taken back until the book is released. */
export const decidedIn = (
  book: Book,
  work: () => Again | Objection,
): { readonly again: Again | Objection; mark: Mark } => {
  book.hold()
  const mark = book.mark()
  return { again: work(), mark }
}

/** As if nothing had been decided. */
export const takeBack = (book: Book, mark: Mark): void => {
  takeBackTo(book, mark)
  book.release()
}

/** Whether an event is the one that is due, byte for byte; with the last of them the decision stands. */
export const follows = (book: Book, ahead: Ahead, stored: Stored): boolean => {
  if (!isGiven(ahead, stored)) return false
  ahead.read.push(stored)
  if (!isWholeRead(ahead)) return true
  // Rules of another number sign with it, so that the chain has other hashes than the book.
  if (book.head !== stored.hash) book.set<Book, 'head'>(book, 'head', stored.hash)
  book.release()
  return true
}

export const isWholeRead = ({ events, read }: Ahead): boolean => read.length === events.length

/** Takes the decision back and folds what was read of it: the ledger goes on otherwise than the rules, or ends. */
export const fallBack = (book: Book, { mark, events, read }: Ahead): Again => {
  takeBack(book, mark)
  for (const stored of read) void evolve(book, readEvent(stored))
  return { events, compared: read.length, older: false }
}
