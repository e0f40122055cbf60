import type { Book } from '@novation/clearing'
import type { Command, LedgerEvent } from '@novation/events'
import { react, startAsking } from './asking'
import type { Reactor } from './reactor'

/** A reactor with its state inside, so that reactors of different states stand in one list. */
export interface Hosted {
  readonly name: string
  /** Reads the next event, and says what is asked because of it. */
  readonly feed: (event: LedgerEvent) => readonly Command[]
}

/** A reactor before the first event of a pool. */
export const hostReactor = <S>(reactor: Reactor<S>, pool: string): Hosted => {
  const asking = startAsking(reactor, pool)
  return { name: reactor.name, feed: (event) => react(reactor, asking, event) }
}

/** A reactor that reads the ledger's own book, which has folded each event before it is told of it. */
export const hostOn = (book: Book, reactor: Reactor<Book>): Hosted =>
  hostReactor({ ...reactor, initial: () => book, evolve: (same) => same }, book.name)
