import {
  type Changed,
  ENTRY,
  type Entries,
  exchange,
  FIELD,
  type Fields,
  MEMBER,
  type Members,
  places,
  shortened,
} from './changes'

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

/** So many places are a block: a way over all of it takes only those of its changes that it comes to. */
const block = 250 * places

/** Part of a way: changes that stand one behind the other. */
interface Stretch {
  readonly changes: unknown[]
  readonly from: number
  readonly to: number
}

/** So many places are kept for the next command: more than most of them fill. */
const kept = 1_024

/**
 * The changes of one command, each with what was there before, so that they can be taken back, newest first. Places are
 * filled anew by each command: a list that grew from nothing every time would be a tenth of all that a trade leaves to be
 * collected.
 */
export class Journal {
  #changes: unknown[] = []
  /** How many of the places hold a change. */
  #filled = 0
  /** What blocks come to, by their number, once somebody has gone over them. */
  readonly #blocks = new Map<number, unknown[]>()
  /** How many places were forgotten before those. */
  #forgotten = 0
  /** On a visit, where among the changes; all that come after are not done. */
  #stands: number | undefined

  get length(): number {
    return this.#forgotten + this.#filled
  }

  field(record: object, field: string): void {
    this.#note(FIELD, record, field, undefined, (record as Fields)[field])
  }

  entry(record: object, field: string, key: unknown): void {
    this.#note(ENTRY, record, field, key, ((record as Fields)[field] as Entries).get(key))
  }

  member(record: object, field: string, member: unknown): void {
    this.#note(MEMBER, record, field, member, ((record as Fields)[field] as Members).has(member))
  }

  #note(kind: number, record: object, field: string, key: unknown, before: unknown): void {
    const changes = this.#changes
    const at = this.#filled
    changes[at] = kind
    changes[at + 1] = record
    changes[at + 2] = field
    changes[at + 3] = key
    changes[at + 4] = before
    this.#filled = at + places
  }

  /** Takes back what was changed since the journal was so long; `changed` hears of each, and of an entry that is gone. */
  takeBack(length: number, changed: Changed): void {
    if (length < this.#forgotten) throw new RangeError('what was forgotten cannot be taken back')
    while (this.length > length) {
      exchange(this.#changes, this.#filled - places, changed)
      this.#filled -= places
    }
    for (const number of this.#blocks.keys()) if ((number + 1) * block > length) void this.#blocks.delete(number)
  }

  /** From one place back to another, the newest first: whole blocks as what they come to, and what lies at either end change by change. */
  #way(from: number, top: number): readonly Stretch[] {
    const way: Stretch[] = []
    for (let to = top; to > from; ) {
      const number = Math.ceil((this.#forgotten + to) / block) - 1
      const begins = number * block - this.#forgotten
      const isWhole = begins >= from && to === begins + block
      way.push(isWhole ? this.#over(number, begins) : { changes: this.#changes, from: Math.max(from, begins), to })
      to = begins
    }
    return way
  }

  #over(number: number, begins: number): Stretch {
    const changes = this.#blocks.get(number) ?? shortened(this.#changes, begins, begins + block)
    this.#blocks.set(number, changes)
    return { changes, from: 0, to: changes.length }
  }

  /**
   * Does the work as of when the journal was so long, and comes back: each change and what was there before it change
   * places, newest first, and again, oldest first. `changed` hears once of whatever has changed on the way, however often.
   * Changes of fields that are `left` stay as they are. What the work itself changes it must have taken back.
   */
  visit<T>(length: number, changed: Changed, left: ReadonlySet<string>, arrived: () => T): T {
    const [stood, end] = [this.#stands, this.#filled]
    const [from, top] = [length - this.#forgotten, stood ?? end]
    if (from < 0 || from > top) throw new RangeError('what was forgotten, or is still to come, cannot be visited')
    const met = new Met()
    const way = this.#way(from, top)
    for (const stretch of way)
      for (let at = stretch.to - places; at >= stretch.from; at -= places)
        if (!left.has(stretch.changes[at + 2] as string)) exchange(stretch.changes, at, met.note)
    met.tell(changed)
    this.#stands = from
    try {
      const answer = arrived()
      if (this.#filled !== end) throw new RangeError('something that was done on a visit was not taken back')
      return answer
    } finally {
      for (const stretch of way.toReversed())
        for (let at = stretch.from; at < stretch.to; at += places)
          if (!left.has(stretch.changes[at + 2] as string)) exchange(stretch.changes, at, met.note)
      met.tell(changed)
      this.#stands = stood
    }
  }

  /** What was changed until the journal was so long stays as it is. */
  forget(length: number): void {
    if (length < this.length) void this.#changes.splice(0, length - this.#forgotten)
    else if (this.#changes.length > kept) this.#changes = []
    this.#filled = this.length - length
    this.#forgotten = length
    for (const number of this.#blocks.keys()) if (number * block < length) void this.#blocks.delete(number)
  }
}
