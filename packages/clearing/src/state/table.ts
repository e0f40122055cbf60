/** What is found by a name. */
export interface Lookup<V> {
  readonly size: number
  readonly get: (key: string) => V | undefined
  readonly has: (key: string) => boolean
}

/** What is remembered for ever and found by a name, which itself is not kept. */
export interface Remembered<V> extends Lookup<V> {
  /** The records from one on, in the order in which they came. */
  readonly bytes: (from?: number) => Uint8Array
}

/** What is known by name: how everybody but the book sees it. */
export interface Table<V> extends Lookup<V>, Iterable<readonly [string, V]> {
  readonly keys: () => Iterable<string>
  readonly values: () => Iterable<V>
}

/** One entry of a few, and those after it. */
interface Entry<V> {
  readonly key: string
  value: V
  next: Entry<V> | undefined
}

/**
 * A table of a few entries, in order of key. The first lies in the table itself, since most have no more than one, and the
 * others stand in a chain behind it. Whoever walks over the entries goes on with those there were when the walk began.
 */
export class FewEntries<V> implements Table<V> {
  #key: string | undefined
  #value: V | undefined
  #next: Entry<V> | undefined

  get size(): number {
    let size = this.#key === undefined ? 0 : 1
    for (let at = this.#next; at !== undefined; at = at.next) size += 1
    return size
  }

  get(key: string): V | undefined {
    if (key === this.#key) return this.#value
    for (let at = this.#next; at !== undefined; at = at.next) if (at.key === key) return at.value
    return undefined
  }

  has(key: string): boolean {
    if (key === this.#key) return true
    for (let at = this.#next; at !== undefined; at = at.next) if (at.key === key) return true
    return false
  }

  keys(): readonly string[] {
    return this.walk((key) => key)
  }

  values(): readonly V[] {
    return this.walk((_, value) => value)
  }

  [Symbol.iterator](): Iterator<readonly [string, V]> {
    return this.walk((key, value) => [key, value] as const)[Symbol.iterator]()
  }

  set(key: string, value: V): void {
    const first = this.#key
    if (first !== undefined && first < key) {
      this.setBehind(key, value)
      return
    }
    if (first !== undefined && first !== key) this.#next = { key: first, value: this.#value as V, next: this.#next }
    this.#key = key
    this.#value = value
  }

  delete(key: string): boolean {
    const next = this.#next
    if (key === this.#key) {
      this.#key = next?.key
      this.#value = next?.value
      this.#next = next?.next
      return true
    }
    const before = this.before(key)
    const at = before === undefined ? next : before.next
    if (at?.key !== key) return false
    this.join(before, at.next)
    return true
  }

  // Methods that are private by # would take a place in each table.

  private walk<T>(of: (key: string, value: V) => T): readonly T[] {
    if (this.#key === undefined) return []
    const walked = [of(this.#key, this.#value as V)]
    for (let at = this.#next; at !== undefined; at = at.next) walked.push(of(at.key, at.value))
    return walked
  }

  private setBehind(key: string, value: V): void {
    const before = this.before(key)
    const at = before === undefined ? this.#next : before.next
    if (at?.key === key) at.value = value
    else this.join(before, { key, value, next: at })
  }

  /** Of those behind the first, the last that comes before a key. */
  private before(key: string): Entry<V> | undefined {
    let before: Entry<V> | undefined
    for (let at = this.#next; at !== undefined && at.key < key; at = at.next) before = at
    return before
  }

  /** Has an entry stand behind another, or where there is none, behind the first. */
  private join(before: Entry<V> | undefined, entry: Entry<V> | undefined): void {
    if (before === undefined) this.#next = entry
    else before.next = entry
  }
}

/** The table of a record that has no entry yet: one for all, in whose place the book puts another for the first that comes. */
export const noEntries: Table<never> = new FewEntries<never>()
