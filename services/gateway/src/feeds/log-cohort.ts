import type { Wish } from './channels'
import { type Connection, isSlow } from './connection'
import type { Page } from './pages'
import { inside, type Message, type Standing, type Wire } from './wire'

/** One who is told events: how far he is. */
export interface LogReader {
  readonly connection: Connection
  readonly wish: Wish
  /** By which his words about the feed itself are known: the channel, or nothing where there is one for all. */
  readonly word: string | undefined
  /** The first revision that he is still to be told. */
  next: number
  /** What he was told up to. */
  last: Standing | undefined
  /** The last event that he was told. */
  previous: number | undefined
  isOver: boolean
}

/** A word about the feed itself. It carries the cursor up to which everything has been told. */
export const note = (
  kind: 'caught-up' | 'heartbeat' | 'resync' | 'closed',
  word: string | undefined,
  last: Standing | undefined,
  more: object = {},
): Message => {
  const where = last === undefined ? {} : { revision: last.revision, at: last.at }
  return { channel: word, rest: inside({ kind, ...where, ...more }), cursor: last }
}

/** All who are told the same events in the same bytes, and are told everything there is. */
export class LogCohort {
  readonly #readers = new Set<LogReader>()
  #previous: number | undefined
  /** When something was last said to all of them. */
  told_at: number

  constructor(
    readonly pool: string,
    readonly wire: Wire,
    readonly wish: Wish,
    readonly word: string | undefined,
    /** The first revision that is still to be told. */
    public next: number,
    now: number,
  ) {
    this.told_at = now
  }

  get size(): number {
    return this.#readers.size
  }

  readers(): readonly LogReader[] {
    return [...this.#readers]
  }

  join(reader: LogReader): void {
    this.#readers.add(reader)
    // Where several come, whoever was told something knows the last that was told.
    this.#previous ??= reader.previous
  }

  /** He is told by others, from where this one is. */
  leave(reader: LogReader, last: Standing): void {
    if (!this.#readers.delete(reader)) return
    reader.next = this.next
    reader.previous = this.#previous
    reader.last = last
  }

  /** Those who are to be told what has happened, and what; who is slow is left behind, where he was. */
  *tell(
    page: Page,
    before: Standing,
    left: (reader: LogReader) => void,
    now: number,
  ): Generator<[LogReader, Uint8Array]> {
    if (page.first < this.next) return
    const { bytes, previous } = page.told(this.wire, this.wish, this.#previous)
    const all = bytes === undefined ? [] : [...this.#readers]
    for (const reader of all)
      if (isSlow(reader.connection)) {
        this.leave(reader, before)
        left(reader)
      }
    this.next = page.last.revision + 1
    this.#previous = previous
    if (bytes === undefined) return
    this.told_at = now
    for (const reader of all) if (this.#readers.has(reader)) yield [reader, bytes]
  }

  *keepUp(last: Standing | undefined, head: number, now: number): Generator<[LogReader, string | Uint8Array]> {
    this.told_at = now
    const bytes = this.wire.put(this.pool, note('heartbeat', this.word, last, { head }))
    for (const reader of this.#readers) if (!isSlow(reader.connection)) yield [reader, bytes]
  }
}
