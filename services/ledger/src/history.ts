import { type Book, emptyPool, evolve, judge } from '@novation/clearing'
import { type EventStore, historyOf } from '@novation/platform'

/** Folds what is recorded beyond where the book stands, and judges. */
export const catchUp = async (book: Book, store: EventStore): Promise<Book> => {
  for await (const event of historyOf(store, book.name, book.revision + 1)) void evolve(book, event)
  return judge(book)
}

/** Folds the recorded history of a pool, from zero: what `initial` makes of its name. */
export const foldHistory = (
  store: EventStore,
  name: string,
  initial: (name: string) => Book = emptyPool,
): Promise<Book> => catchUp(initial(name), store)
