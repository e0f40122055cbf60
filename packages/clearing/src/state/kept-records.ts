import { DigestRecords } from './digest-records'
import type { Remembered } from './table'

/** What is remembered of each key for ever, in a record of so many bytes; `what` is one of them, as an error names it. */
export abstract class KeptRecords<V> implements Remembered<V> {
  protected readonly records: DigestRecords
  readonly #what: string

  constructor(bytes: number, what: string) {
    this.records = new DigestRecords(bytes)
    this.#what = what
  }

  abstract get(key: string): V | undefined

  abstract set(key: string, value: V): void

  get size(): number {
    return this.records.size
  }

  has(key: string): boolean {
    return this.records.find(key) >= 0
  }

  /** Only the last can be taken back: nothing is ever forgotten. */
  delete(key: string): boolean {
    const record = this.records.find(key)
    if (record < 0) return false
    if (record !== this.size - 1) throw new RangeError(`${this.#what} is taken back that is not the last`)
    this.records.removeLast()
    return true
  }

  clear(): void {
    this.records.clear()
  }

  bytes(from?: number): Uint8Array {
    return this.records.bytes(from)
  }

  load(bytes: Uint8Array): void {
    this.records.load(bytes)
  }
}
