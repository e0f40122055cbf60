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

/** Not frozen: a loop that meets frozen lists among others makes an object at each step. */
const none: readonly never[] = []

/** A table of a few entries, in order of key: two arrays and a search, which is what most accounts need. */
export class FewEntries<V> implements Table<V> {
  #keys: readonly string[] = none
  #values: readonly V[] = none

  get size(): number {
    return this.#keys.length
  }

  get(key: string): V | undefined {
    const keys = this.#keys
    for (let i = 0; i < keys.length; i += 1) if (keys[i] === key) return this.#values[i]
    return undefined
  }

  has(key: string): boolean {
    return this.#keys.includes(key)
  }

  keys(): readonly string[] {
    return this.#keys
  }

  values(): readonly V[] {
    return this.#values
  }

  [Symbol.iterator](): Iterator<readonly [string, V]> {
    const [keys, values] = [this.#keys, this.#values]
    return keys.map((key, i) => [key, values[i] as V] as const)[Symbol.iterator]()
  }

  /** Whoever walks over the entries meanwhile goes on with those there were. */
  set(key: string, value: V): void {
    const keys = this.#keys
    let at = 0
    while (at < keys.length && (keys[at] as string) < key) at += 1
    if (keys[at] === key) this.#values = this.#values.with(at, value)
    else {
      this.#keys = keys.toSpliced(at, 0, key)
      this.#values = this.#values.toSpliced(at, 0, value)
    }
  }

  delete(key: string): boolean {
    const at = this.#keys.indexOf(key)
    if (at < 0) return false
    this.#keys = this.#keys.toSpliced(at, 1)
    this.#values = this.#values.toSpliced(at, 1)
    return true
  }
}
