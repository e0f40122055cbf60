import { copyOf } from '../proof/snapshot'
import type { Book } from '../state/book'
import { judge } from '../state/judge'
import type { Pool } from '../state/pool'

/** Another book like this one, in which something is as no event could have made it. */
export const bent = (pool: Pool, bend: (book: Book) => void): Book => {
  const book = judge(copyOf(pool))
  bend(book)
  return book
}
