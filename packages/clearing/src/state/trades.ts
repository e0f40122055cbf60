import { DigestRecords, digest_bytes } from './digest-records'
import type { Remembered } from './table'

/** The names of all trades that were cleared: 16 bytes each and a place to find them. */
export class Trades implements Remembered<true> {
  readonly #records = new DigestRecords(digest_bytes)

  get size(): number {
    return this.#records.size
  }

  has(trade: string): boolean {
    return this.#records.find(trade) >= 0
  }

  get(trade: string): true | undefined {
    return this.has(trade) || undefined
  }

  set(trade: string): void {
    if (!this.has(trade)) void this.#records.append(trade)
  }

  /** Only the last can be taken back: nothing is ever forgotten. */
  delete(trade: string): boolean {
    const record = this.#records.find(trade)
    if (record < 0) return false
    if (record !== this.size - 1) throw new RangeError('a trade is taken back that is not the last')
    this.#records.removeLast()
    return true
  }

  clear(): void {
    this.#records.clear()
  }

  bytes(from?: number): Uint8Array {
    return this.#records.bytes(from)
  }

  load(bytes: Uint8Array): void {
    this.#records.load(bytes)
  }
}
