import { type Book, isWhole } from '@novation/clearing'
import { streamOf } from '@novation/events'
import { type EventStore, type Found, Halted, type Label, type Shelf } from '@novation/platform'
import { catchUp } from './history'

export interface OpeningReport {
  /** A snapshot that is not believed, and why: an earlier one is opened, or none. */
  readonly passedOver?: (label: Label, reason: string) => void
  /** From which snapshot the ledger was opened, and how many events after it were folded. */
  readonly opened?: (label: Label, folded: number) => void
}

export interface Opened {
  readonly book: Book
  /** To be told before anything is decided: of a snapshot that nobody has proven it is noted since when it is. */
  readonly decides: () => Promise<void>
}

/** A snapshot must stand on an event of this very history: else the store was restored, or it is another one (protocol 15). */
const mustFollow = async (store: EventStore, { pool, revision, head }: Found): Promise<void> => {
  const stream = streamOf(pool)
  const last = (await store.last(stream))?.revision ?? -1
  const fork = (how: string): Halted =>
    new Halted(
      'fork',
      `the snapshot of ${pool} at revision ${revision} ${how}: ${stream} was restored from a backup, or is another one; ` +
        'nothing is decided before somebody has looked',
    )
  if (last < revision) throw fork(`lies beyond the last event, ${last}`)
  for await (const { hash } of store.read(stream, revision)) {
    if (hash !== head) throw fork(`stands on another event than the one there, ${hash}`)
    return
  }
}

/** The newest snapshot that is believed: whole, of this history, at the end of a command. */
const newest = async (
  store: EventStore,
  shelf: Shelf,
  beginning: Book,
  passedOver: OpeningReport['passedOver'],
): Promise<readonly [Book, Found] | undefined> => {
  for (const label of (await shelf.labels(beginning.name)).toReversed()) {
    const found = await shelf.look(label)
    if (found._tag === 'Right') await mustFollow(store, found.right)
    const opened = found._tag === 'Left' ? found : await shelf.open(found.right, beginning.parts)
    if (found._tag === 'Right' && opened._tag === 'Right' && isWhole(opened.right)) return [opened.right, found.right]
    passedOver?.(label, opened._tag === 'Left' ? opened.left : 'it stands in the middle of a command')
  }
  return undefined
}

/**
 * The book of a pool as it is recorded: the newest snapshot that is believed, and the events after it; where there is none,
 * all events from `beginning` on. Throws `Halted` of reason `fork` where a snapshot is of another history than the store's.
 */
export const openBook = async (
  store: EventStore,
  beginning: Book,
  shelf: Shelf | undefined,
  { passedOver, opened }: OpeningReport,
): Promise<Opened> => {
  const base = shelf === undefined ? undefined : await newest(store, shelf, beginning, passedOver)
  if (shelf === undefined || base === undefined)
    return { book: await catchUp(beginning, store), decides: async () => undefined }
  const [book, found] = base
  await catchUp(book, store).then(() => undefined)
  opened?.(found, book.revision - found.revision)
  return {
    book,
    decides: async () => {
      const isNoted = (await shelf.noted(found, 'proven')) ?? (await shelf.noted(found, 'decided'))
      if (isNoted === undefined) await shelf.note(found, 'decided', String(book.revision + 1))
    },
  }
}
