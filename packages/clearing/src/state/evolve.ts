import { decimal } from '@novation/decimal'
import {
  type Changeable,
  type Command,
  contentText,
  type LedgerEvent,
  type Posting,
  parseTime,
  sha256,
} from '@novation/events'
import { apply } from './apply'
import type { Book } from './book'
import { startBulk } from './bulk-plan'
import { partOf } from './bulk-size'
import { doorAt } from './door'
import { decider, OtherEdition } from './edition'
import { judge } from './judge'
import { endTurn, noteCovered } from './liquidation-state'
import type { Pool } from './pool'
import type { Move } from './postings'
import { noteTold } from './told'
import type { Outcome } from './values'

/** History as it is read does not continue history as it is known: a gap, a fork, or an altered event. */
export class BrokenChain extends Error {
  override readonly name = 'BrokenChain'
  constructor(
    readonly revision: number,
    reason: string,
  ) {
    super(`event ${revision}: ${reason}`)
  }
}

/** Which wish it is: one sender's id names one intent for ever (protocol 5). */
export const keyOf = ({ actor, id }: Pick<Command, 'actor' | 'id'>): string => `${actor} ${id}`

/** What the wish says, whenever it was said: `at` is left out. */
export const contentHash = (command: Command): string => sha256(contentText(command))

const outcomeOf = (event: LedgerEvent, { at }: Command, hash: string): Outcome => {
  const outcome: Changeable<Outcome> = { contentHash: hash, revision: event.revision }
  if (at !== undefined) outcome.sentAt = parseTime(at)
  if (event.type === 'CommandRejected') outcome.rejection = event.data.code
  return outcome
}

/** The backstop had its turn and could not take it; a stale price is no answer, so then it is asked again. */
const noteBackstop = (book: Book, event: LedgerEvent): void => {
  const command = event.metadata.command
  if (event.type !== 'CommandRejected' || command?.type !== 'BidLiquidation') return
  const { backstop } = book.parameters
  if (backstop === undefined || command.actor !== `keeper:${backstop}` || event.data.code === 'stale-price') return
  endTurn(book, command.data.liquidation)
}

/** The waterfall was asked, whether or not it had anything to give. */
const noteCover = (book: Book, event: LedgerEvent): void => {
  if (event.metadata.command?.type !== 'CoverLoss') return
  if (event.type !== 'CommandRejected' || event.data.code === 'nothing-to-cover') noteCovered(book)
}

/** A part of a bulk begins where `events` stands without a command: so many entries are done. */
const noteChunk = (book: Book, { metadata: { command, events } }: LedgerEvent): void => {
  if (book.bulk === undefined || events === undefined || command !== undefined) return
  book.set(book, 'bulk', { ...book.bulk, remaining: book.bulk.remaining.slice(partOf(book.parts, book.bulk)) })
}

/** What the chain itself knows of an event, beside what the event does: its place and its link. */
const notePlace = (book: Book, event: LedgerEvent): void => {
  // The plan of a loss reads who is bankrupt, which a plain replay has not kept up.
  if (event.type === 'BulkStarted') startBulk(judge(book), event)
  else {
    noteChunk(book, event)
    noteBackstop(book, event)
  }
  noteCover(book, event)
  noteTold(book, event)
  const { revision, metadata } = event
  book.set(book, 'revision', revision)
  const door = doorAt(book)
  if (door !== book.door) book.set(book, 'door', door)
  if (metadata.events !== undefined) book.set(book, 'groupEnd', revision + metadata.events - 1)
  book.set(book, 'head', metadata.hash)
}

/** The same, and its command's outcome. `hash` is the content hash of the command, where that is known already. */
export const note = (book: Book, event: LedgerEvent, hash?: string): void => {
  notePlace(book, event)
  const { command } = event.metadata
  if (command !== undefined)
    book.put<Book, Outcome>(book, 'outcomes', keyOf(command), outcomeOf(event, command, hash ?? contentHash(command)))
}

const moveOf = (book: Book, { account, asset, amount }: Posting): Move => ({
  of: book.holder(account),
  asset,
  amount: decimal(amount),
})

/** Does what the very next event does; throws `BrokenChain` on any other, and `OtherEdition` on one of other rules, before anything is changed. */
const applyNext = (book: Book, event: LedgerEvent): void => {
  if (event.revision !== book.revision + 1)
    throw new BrokenChain(event.revision, `expected revision ${book.revision + 1}: events are missing or doubled`)
  if (event.metadata.previousHash !== book.head)
    throw new BrokenChain(event.revision, `it links to ${event.metadata.previousHash}, but the head is ${book.head}`)
  if (event.metadata.decider !== decider) throw new OtherEdition(event.revision, event.metadata.decider)
  book.set(book, 'at', parseTime(event.at))
  apply(
    book,
    event.type,
    event.data,
    event.postings.map((posting) => moveOf(book, posting)),
  )
}

/**
 * Folds one event: the only way from one state of a pool to the next. Throws `BrokenChain` on anything but the very next
 * event, before anything is changed.
 */
export const evolve = (book: Book, event: LedgerEvent): Book => {
  applyNext(book, event)
  note(book, event)
  return book
}

/**
 * Folds one event for reading, not for deciding: it leaves out the indexes over commands and trades, which no statement
 * needs and which grow with the history.
 */
export const evolveForReading = (book: Book, event: LedgerEvent): Book => {
  applyNext(book, event)
  notePlace(book, event)
  return book.dropIndexes()
}

/** Whether the events of the last command have all been read: only then is the state one that was ever decided on. */
export const isWhole = (pool: Pool): boolean => pool.revision === pool.groupEnd

/** How whoever follows the ledger reads it: everybody is judged whenever a command's events are complete. */
export const follow = (book: Book, event: LedgerEvent): Book => {
  void evolve(book, event)
  return isWhole(book) ? judge(book) : book
}
