import type { Book } from '@novation/clearing'
import type { Command, LedgerEvent } from '@novation/events'
import { react, startCrew } from './crew'
import type { Reactor } from './reactor'

/** Reactors with their state inside, so that those of different states stand in one list. */
export interface Hosted {
  /** Reads the next event, and says what is asked because of it. */
  readonly feed: (event: LedgerEvent) => readonly Command[]
}

/** A reactor before the first event of a pool. */
export const hostReactor = <S>(reactor: Reactor<S>, pool: string): Hosted => {
  const crew = startCrew(reactor, [reactor], pool)
  return { feed: (event) => react(reactor, crew, event) }
}

/** Reactors that read the ledger's own book, which has folded each event before they are told of it. */
export const hostOn = (book: Book, reactors: readonly Reactor<Book>[]): Hosted => {
  const fold = { initial: () => book, evolve: (same: Book) => same }
  const crew = startCrew(fold, reactors, book.name)
  return { feed: (event) => react(fold, crew, event) }
}
