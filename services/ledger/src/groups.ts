import {
  type Book,
  BrokenInvariant,
  type Decided,
  type Mark,
  type Processed,
  process,
  takeBackTo,
} from '@novation/clearing'
import { type Command, encodeEvent, type Millis } from '@novation/events'
import { appendLimit_bytes, bulkParts, eventSize_bytes } from '@novation/platform'
import type { Whole } from './durable'

/** An append holds whole commands, many at a time, and no more than this where it holds several (protocol 9, 12). */
const groupLimit_bytes = 512 * 1024

/** A command that somebody waits for the outcome of. */
export interface Asked {
  readonly command: Command
  readonly answer: (outcome: Processed) => void
}

/** What was decided and is not durable yet: of a command that somebody asked, of the ledger's own, or of a part of a bulk. */
export interface Entry extends Whole {
  readonly command: Command | undefined
  readonly asked: Asked | undefined
  readonly outcome: Processed
  /** Where the book was before it. */
  readonly before: Mark
  readonly size_bytes: number
}

export interface Group {
  readonly entries: readonly Entry[]
  readonly after: Mark
}

/** Commands that are decided on a book ahead of what is durable, in groups of which each makes one append. */
export interface Groups {
  /** Decides what comes, one after the other, until the group is full or nothing comes. */
  readonly extend: (next: () => Asked | undefined) => void
  /** Decides one of the ledger's own, which must be accepted. */
  readonly decideOwn: (command: Command) => void
  readonly isEmpty: () => boolean
  /** The group as it is, and where the book is after it; another one begins. */
  readonly close: () => Group
  /**
   * The store does not take an entry, and not more than so much: it is taken back with all that was decided after it, and
   * those are to be asked again, in that order.
   */
  readonly takeBack: (refused: Entry, after: readonly Entry[], limit_bytes: number) => readonly Asked[]
}

/** Turned away at the door: what it would make is more than the store takes in one piece, so it could never be durable. */
const tooLarge = (size_bytes: number, limit_bytes: number): Processed => ({
  tag: 'refused',
  code: 'malformed',
  reason: `its events would weigh ${size_bytes} bytes, and the store takes ${limit_bytes} at once: send less in one command`,
})

const entryOf = (before: Mark, outcome: Processed, command: Command | undefined, asked: Asked | undefined): Entry => {
  const events = outcome.tag === 'decided' ? outcome.events : []
  const stored = events.map(encodeEvent)
  let size_bytes = 0
  for (const event of stored) size_bytes += eventSize_bytes(event)
  // Field by field: an object that is spread into another costs as much as all of them.
  return { before, outcome, command, asked, events, stored, size_bytes }
}

const askedIn = (entries: readonly Entry[]): readonly Asked[] => entries.flatMap(({ asked }) => asked ?? [])

/** Holds the book from now on. */
export const openGroups = (book: Book, now: () => Millis): Groups => {
  book.hold()
  let group: Entry[] = []
  let size_bytes = 0
  let isClosed = false
  /** What did not fit into the group, and begins the next one. */
  let over: Entry | undefined
  let bulk: Iterator<Decided> | undefined
  /** What the store takes in one append, as far as it has said so. */
  let limit_bytes = appendLimit_bytes

  const begin = (first?: Entry): void => {
    group = first === undefined ? [] : [first]
    size_bytes = first?.size_bytes ?? 0
    over = undefined
    isClosed = size_bytes >= groupLimit_bytes || (first !== undefined && book.bulk !== undefined)
  }

  const add = (entry: Entry): void => {
    if (group.length > 0 && size_bytes + entry.size_bytes > groupLimit_bytes) {
      over = entry
      isClosed = true
      return
    }
    group.push(entry)
    size_bytes += entry.size_bytes
    // A bulk goes on in appends of its own, and nothing comes in between.
    isClosed = size_bytes >= groupLimit_bytes || book.bulk !== undefined
  }

  const decide = (command: Command, asked?: Asked): Entry => {
    const before = book.mark()
    const outcome = process(book, command, now())
    const entry = entryOf(before, outcome, command, asked)
    if (entry.size_bytes <= limit_bytes) return entry
    takeBackTo(book, before)
    return entryOf(before, tooLarge(entry.size_bytes, limit_bytes), command, asked)
  }

  /** The next part of the bulk under way is a group by itself. */
  const goOn = (): void => {
    const before = book.mark()
    bulk ??= bulkParts(book)[Symbol.iterator]()
    const part = bulk.next()
    // Another one may begin right after it, whose parts are its own.
    if (book.bulk === undefined) bulk = undefined
    if (part.done === true) return
    group.push(entryOf(before, part.value, undefined, undefined))
    isClosed = true
  }

  return {
    extend: (next) => {
      if (!isClosed && book.bulk !== undefined) goOn()
      while (!isClosed) {
        const asked = next()
        if (asked === undefined) return
        add(decide(asked.command, asked))
      }
    },
    decideOwn: (command) => {
      const entry = decide(command)
      if (entry.outcome.tag !== 'decided' || entry.outcome.rejection !== undefined)
        throw new BrokenInvariant(
          `time does not pass in ${book.name} at revision ${book.revision}: ${JSON.stringify(entry.outcome)}`,
        )
      add(entry)
    },
    isEmpty: () => group.length === 0,
    close: () => {
      const closed = { entries: group, after: over?.before ?? book.mark() }
      begin(over)
      return closed
    },
    takeBack: (refused, after, limit) => {
      limit_bytes = Math.min(limit, refused.size_bytes - 1)
      const undone = [refused, ...after, ...group, ...(over === undefined ? [] : [over])]
      takeBackTo(book, refused.before)
      bulk = undefined
      begin()
      return askedIn(undone)
    },
  }
}
