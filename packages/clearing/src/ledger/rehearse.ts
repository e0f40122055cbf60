import type { Book, Mark } from '../state/book'
import { judge } from '../state/judge'

/** What work on a judged book comes to, whole commands among it; then all of it is taken back, and the book is judged. */
export const rehearse = <T>(book: Book, work: () => T): T => {
  try {
    return book.rehearse(work)
  } finally {
    void judge(book)
  }
}

/** The same where signatures of what is asked meanwhile are taken as given: nobody who only tries something has the keys of the services. */
export const rehearseAssumed = <T>(book: Book, work: () => T): T =>
  rehearse(book, () => {
    book.set(book, 'verify', 'assumed')
    return work()
  })

/** Takes back whole commands, up to a place in a book that is held, and judges. */
export const takeBackTo = (book: Book, mark: Mark): void => {
  book.takeBack(mark)
  void judge(book)
}

const visited = <T>(book: Book, mark: Mark, forReading: boolean, work: () => T): T => {
  try {
    return book.visit(mark, forReading, () => {
      void judge(book)
      return work()
    })
  } finally {
    void judge(book)
  }
}

/** What work comes to on a held book as it was at a place, everybody judged there; then the book is where it was, and judged. */
export const visit = <T>(book: Book, mark: Mark, work: () => T): T => visited(book, mark, false, work)

/** The same for reading only, which is quicker: the book knows the commands and trades of the present there. */
export const visitToRead = <T>(book: Book, mark: Mark, work: () => T): T => visited(book, mark, true, work)
