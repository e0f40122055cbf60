/** A table or a set as whoever writes to it has it. */
export interface Entries {
  readonly get: (key: unknown) => unknown
  readonly set: (key: unknown, value: unknown) => void
  readonly delete: (key: unknown) => boolean
}

export interface Members {
  readonly add: (member: unknown) => void
  readonly has: (member: unknown) => boolean
  readonly delete: (member: unknown) => boolean
}

/** What was changed: a field of a record, or an entry or a member of what a field holds. */
const FIELD = 0
const ENTRY = 1
const MEMBER = 2

type Fields = Record<string, unknown>

/**
 * The changes of one command, each with what was there before, so that they can be taken back, newest first. Five places
 * a change: its kind, the record, the field, the key in that, and what was there.
 */
export class Journal {
  #changes: unknown[] = []
  /** How many places were forgotten before those. */
  #forgotten = 0

  get length(): number {
    return this.#forgotten + this.#changes.length
  }

  field(record: object, field: string): void {
    this.#changes.push(FIELD, record, field, undefined, (record as Fields)[field])
  }

  entry(record: object, field: string, key: unknown): void {
    this.#changes.push(ENTRY, record, field, key, ((record as Fields)[field] as Entries).get(key))
  }

  member(record: object, field: string, member: unknown): void {
    this.#changes.push(MEMBER, record, field, member, ((record as Fields)[field] as Members).has(member))
  }

  /** Takes back what was changed since the journal was so long; `changed` hears of each, and of an entry that is gone. */
  takeBack(length: number, changed: (record: object, field: string, gone: unknown) => void): void {
    if (length < this.#forgotten) throw new RangeError('what was forgotten cannot be taken back')
    const changes = this.#changes
    while (this.#forgotten + changes.length > length) {
      const before = changes.pop()
      const key = changes.pop()
      const field = changes.pop() as string
      const record = changes.pop() as Fields
      const kind = changes.pop()
      let gone: unknown
      if (kind === FIELD) record[field] = before
      else if (kind === ENTRY) {
        const entries = record[field] as Entries
        gone = entries.get(key)
        if (before === undefined) void entries.delete(key)
        else entries.set(key, before)
      } else if (before === true) (record[field] as Members).add(key)
      else void (record[field] as Members).delete(key)
      changed(record, field, gone)
    }
  }

  /** What was changed until the journal was so long stays as it is. */
  forget(length: number): void {
    void this.#changes.splice(0, length - this.#forgotten)
    this.#forgotten = length
  }
}
