import { type Book, emptyPool, type PartSizes } from '@novation/clearing'
import type { Reactor } from '@novation/platform'
import { map } from 'fp-ts/Either'

/** A reactor as it follows a world: it cuts bulk work as that world's ledger does, also in what it reads of a checkpoint. */
export const openFolding =
  (parts: PartSizes | undefined): ((reactor: Reactor<Book>) => Reactor<Book>) =>
  ({ snapshot, ...reactor }) => {
    const cutAlike = (book: Book): Book => {
      if (parts !== undefined) book.set<Book, 'parts'>(book, 'parts', parts)
      return book
    }
    return {
      ...reactor,
      initial: (name) => emptyPool(name, parts),
      ...(snapshot === undefined
        ? {}
        : { snapshot: { ...snapshot, read: (json) => map(cutAlike)(snapshot.read(json)) } }),
    }
  }
