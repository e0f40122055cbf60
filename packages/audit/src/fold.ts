import { type Book, evolve } from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'

/**
 * Folds one event for reading, not for deciding: it leaves out the indexes over commands and trades, which no statement
 * needs and which grow with the history.
 */
export const fold = (book: Book, event: LedgerEvent): Book => evolve(book, event).dropIndexes()
