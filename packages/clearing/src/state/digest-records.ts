import { sha256 } from '@novation/events'

/** Of the SHA-256 of a name, what is kept. */
export const digest_bytes = 16

/** So many records lie in a page; the first page grows up to that. */
const pageLength = 8_192
const firstLength = 32

/** A record, where it lies. */
export interface At {
  readonly view: DataView
  readonly offset: number
}

/** Codes of '9' and of what stands ten before 'a'. */
const [nine, beforeLetters] = [57, 87]

/** Eight hexadecimal digits as a number; where there are none, 0. */
const wordAt = (hash: string, from: number): number => {
  let word = 0
  for (let at = from; at < from + 8 && at < hash.length; at += 1) {
    const code = hash.charCodeAt(at)
    word = (word << 4) | (code <= nine ? code & 15 : code - beforeLetters)
  }
  return word
}

/** Writes the first half of a SHA-256 (in hexadecimal; nothing is zeros), as records have it. */
export const writeDigest = ({ view, offset }: At, hash: string): void => {
  for (let word = 0; word < 4; word += 1) view.setInt32(offset + 4 * word, wordAt(hash, 8 * word))
}

export const readDigest = ({ view, offset }: At): string =>
  [0, 4, 8, 12]
    .map((at) =>
      view
        .getUint32(offset + at)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('')

/**
 * Records of one width, found by a name and kept in the order in which they came: each begins with the digest of its
 * name, and the name itself is not kept. They lie in flat pages, so that millions of them are nothing to the garbage
 * collector, and are written and read as they lie. All numbers are big-endian.
 */
export class DigestRecords {
  #pages: DataView[] = []
  #size = 0
  /** By digest, the number of the record and one; nothing is 0. Open addressing, three quarters full at most. */
  #slots = new Int32Array(2 * firstLength)
  /** The name that was last looked for, and its digest: who looks for one mostly writes it next. */
  #name: string | undefined
  readonly #digest: At = { view: new DataView(new ArrayBuffer(digest_bytes)), offset: 0 }

  constructor(readonly width: number) {}

  get size(): number {
    return this.#size
  }

  at(record: number): At {
    return { view: this.#page(record), offset: (record % pageLength) * this.width }
  }

  /** The number of the record of that name, or -1. */
  find(name: string): number {
    this.#lookFor(name)
    return (this.#slots[this.#slotOf(this.#digest)] ?? 0) - 1
  }

  /** Adds a record of a name that has none, empty but for its digest. */
  append(name: string): At {
    this.#lookFor(name)
    this.#makeRoom()
    const at = this.at(this.#size)
    copyBytes(this.#digest, at, digest_bytes)
    this.#size += 1
    this.#slots[this.#slotOf(at)] = this.#size
    return at
  }

  /** Takes the last record away. A record that stands in the way of no later one leaves its place as it found it. */
  removeLast(): void {
    const slot = this.#slotOf(this.at(this.#size - 1))
    if (this.#slots[slot] !== this.#size) throw new RangeError('the last record is not found by its own digest')
    this.#slots[slot] = 0
    this.#size -= 1
  }

  clear(): void {
    if (this.#size === 0) return
    this.#pages = []
    this.#size = 0
    this.#slots = new Int32Array(2 * firstLength)
  }

  /** The records from one on, as they lie. */
  bytes(from = 0): Uint8Array {
    const bytes = new Uint8Array((this.#size - from) * this.width)
    for (let record = from; record < this.#size; ) {
      const { view, offset } = this.at(record)
      const count = Math.min(this.#size - record, pageLength - (record % pageLength))
      bytes.set(new Uint8Array(view.buffer, offset, count * this.width), (record - from) * this.width)
      record += count
    }
    return bytes
  }

  /** Adds records as `bytes` gave them. Throws `TypeError` on part of a record, and on a name that is there already. */
  load(bytes: Uint8Array): void {
    if (bytes.length % this.width !== 0) throw new TypeError(`${bytes.length} bytes are not records of ${this.width}`)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    for (let offset = 0; offset < bytes.length; offset += this.width) {
      this.#makeRoom()
      const slot = this.#slotOf({ view, offset })
      if (this.#slots[slot] !== 0) throw new TypeError(`a record comes twice: ${readDigest({ view, offset })}`)
      copyBytes({ view, offset }, this.at(this.#size), this.width)
      this.#size += 1
      this.#slots[slot] = this.#size
    }
  }

  #page(record: number): DataView {
    return this.#pages[Math.floor(record / pageLength)] as DataView
  }

  #lookFor(name: string): void {
    if (name === this.#name) return
    this.#name = name
    writeDigest(this.#digest, sha256(name))
  }

  /** Where the record of a digest is, or would be. */
  #slotOf({ view, offset }: At): number {
    const slots = this.#slots
    const [first, second] = [view.getInt32(offset), view.getInt32(offset + 4)]
    const [third, fourth] = [view.getInt32(offset + 8), view.getInt32(offset + 12)]
    for (let slot = first & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
      const record = (slots[slot] as number) - 1
      if (record < 0) return slot
      const page = this.#page(record)
      const at = (record % pageLength) * this.width
      if (
        page.getInt32(at) === first &&
        page.getInt32(at + 4) === second &&
        page.getInt32(at + 8) === third &&
        page.getInt32(at + 12) === fourth
      )
        return slot
    }
  }

  /** Room for one more record, in the pages and in the slots. */
  #makeRoom(): void {
    const size = this.#size
    const last = this.#pages.at(-1)
    if (last === undefined) this.#pages.push(this.#newPage(firstLength))
    else if (size === pageLength * this.#pages.length) this.#pages.push(this.#newPage(pageLength))
    else if (this.#pages.length === 1 && size * this.width === last.byteLength) {
      const larger = this.#newPage(2 * size)
      new Uint8Array(larger.buffer).set(new Uint8Array(last.buffer))
      this.#pages[0] = larger
    }
    if (4 * (size + 1) > 3 * this.#slots.length) this.#spread(2 * this.#slots.length)
  }

  #newPage(length: number): DataView {
    return new DataView(new ArrayBuffer(length * this.width))
  }

  #spread(slots: number): void {
    this.#slots = new Int32Array(slots)
    for (let record = 0; record < this.#size; record += 1) this.#slots[this.#slotOf(this.at(record))] = record + 1
  }
}

const copyBytes = (from: At, to: At, count: number): void => {
  for (let i = 0; i < count; i += 4) to.view.setInt32(to.offset + i, from.view.getInt32(from.offset + i))
}
