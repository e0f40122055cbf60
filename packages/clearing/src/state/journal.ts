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

const places = 5

type Fields = Record<string, unknown>

/** Hears of each change that is taken back or done again; of an entry, also what came or went. */
export type Changed = (record: object, field: string, moved: unknown) => void

/** What is there and what was there before, or after, change places. */
const exchange = (changes: unknown[], at: number, changed: Changed): void => {
  const record = changes[at + 1] as Fields
  const field = changes[at + 2] as string
  const key = changes[at + 3]
  const other = changes[at + 4]
  let moved: unknown
  switch (changes[at]) {
    case FIELD:
      changes[at + 4] = record[field]
      record[field] = other
      break
    case ENTRY: {
      const entries = record[field] as Entries
      const here = entries.get(key)
      if (other === undefined) void entries.delete(key)
      else entries.set(key, other)
      changes[at + 4] = here
      moved = here ?? other
      break
    }
    default: {
      const members = record[field] as Members
      changes[at + 4] = members.has(key)
      if (other === true) members.add(key)
      else void members.delete(key)
    }
  }
  changed(record, field, moved)
}

/** Which fields of which records have changed on a way, and what came or went: each once. */
class Met {
  readonly #fields = new Map<object, Set<string>>()
  readonly #moved = new Set<object>()
  /** Most changes are of the record that was changed just before. */
  #last: { readonly record: object; readonly fields: Set<string> } | undefined

  readonly note: Changed = (record, field, moved) => {
    if (this.#last?.record !== record) {
      const fields = this.#fields.get(record) ?? new Set()
      this.#fields.set(record, fields)
      this.#last = { record, fields }
    }
    this.#last.fields.add(field)
    if (typeof moved === 'object' && moved !== null && 'kind' in moved) this.#moved.add(moved)
  }

  tell(changed: Changed): void {
    for (const [record, fields] of this.#fields) for (const field of fields) changed(record, field, undefined)
    for (const record of this.#moved) changed(record, 'moved', undefined)
  }
}

/**
 * The changes of one command, each with what was there before, so that they can be taken back, newest first. Five places
 * a change: its kind, the record, the field, the key in that, and what was there.
 */
export class Journal {
  #changes: unknown[] = []
  /** How many places were forgotten before those. */
  #forgotten = 0
  /** On a visit, where among the changes; all that come after are not done. */
  #stands: number | undefined

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
  takeBack(length: number, changed: Changed): void {
    if (length < this.#forgotten) throw new RangeError('what was forgotten cannot be taken back')
    const changes = this.#changes
    while (this.length > length) {
      exchange(changes, changes.length - places, changed)
      changes.length -= places
    }
  }

  /**
   * Does the work as of when the journal was so long, and comes back: each change and what was there before it change
   * places, newest first, and again, oldest first. `changed` hears once of whatever has changed on the way, however often.
   * Changes of fields that are `left` stay as they are. What the work itself changes it must have taken back.
   */
  visit<T>(length: number, changed: Changed, left: ReadonlySet<string>, arrived: () => T): T {
    const changes = this.#changes
    const [stood, end] = [this.#stands, changes.length]
    const [from, top] = [length - this.#forgotten, stood ?? end]
    if (from < 0 || from > top) throw new RangeError('what was forgotten, or is still to come, cannot be visited')
    const met = new Met()
    for (let at = top - places; at >= from; at -= places)
      if (!left.has(changes[at + 2] as string)) exchange(changes, at, met.note)
    met.tell(changed)
    this.#stands = from
    try {
      const answer = arrived()
      if (changes.length !== end) throw new RangeError('something that was done on a visit was not taken back')
      return answer
    } finally {
      for (let at = from; at < top; at += places)
        if (!left.has(changes[at + 2] as string)) exchange(changes, at, met.note)
      met.tell(changed)
      this.#stands = stood
    }
  }

  /** What was changed until the journal was so long stays as it is. */
  forget(length: number): void {
    void this.#changes.splice(0, length - this.#forgotten)
    this.#forgotten = length
  }
}
