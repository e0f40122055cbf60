import { type Book, BrokenInvariant, type Decided, processBulk } from '@novation/clearing'

/**
 * The parts of the bulk under way, to its end: nothing else is decided in between (protocol 12). Each part takes an entry
 * of the plan at least, so one that goes on beyond them all would never end: `BrokenInvariant`.
 */
export function* bulkParts(book: Book): Iterable<Decided> {
  const { id, entries } = book.bulk ?? { id: '', entries: 0 }
  let parts = 0
  for (let part = processBulk(book); part !== undefined; part = processBulk(book)) {
    parts += 1
    if (parts > entries + 1)
      throw new BrokenInvariant(`bulk ${id} of ${entries} entries does not end in ${parts} parts`)
    yield part
  }
}
