import { sha256 } from '@novation/events'
import { rejections } from '../rejections'
import { type At, digest_bytes, readDigest, writeDigest } from './digest-records'
import { KeptRecords } from './kept-records'
import type { Outcome } from './values'

/** The digest of the key, the digest of the content, revision, own time, and the digest of the rejection's code. */
export const outcome_bytes = 2 * digest_bytes + 8 + 8 + 4

const content_at = digest_bytes
const revision_at = 2 * digest_bytes
const sentAt_at = revision_at + 8
const code_at = sentAt_at + 8

const markOf = (code: string): number => Number.parseInt(sha256(code).slice(0, 8), 16)
const accepted = 0

/** By the first four bytes of its digest: a number of its own would change with the list. */
const codesByMark: ReadonlyMap<number, string> = new Map(rejections.map((code) => [markOf(code), code]))

/** How each command ended, by its key: 52 bytes and a place to find them, since they are kept for ever. */
export class Outcomes extends KeptRecords<Outcome> {
  /** Those of no rule of this program, as they were set. */
  readonly #others = new Map<number, string>()

  constructor() {
    super(outcome_bytes, 'an outcome')
  }

  get(key: string): Outcome | undefined {
    const record = this.records.find(key)
    return record < 0 ? undefined : this.#read(this.records.at(record))
  }

  set(key: string, { contentHash, revision, sentAt, rejection }: Outcome): void {
    const known = this.records.find(key)
    const { view, offset } = known < 0 ? this.records.append(key) : this.records.at(known)
    writeDigest({ view, offset: offset + content_at }, contentHash)
    view.setFloat64(offset + revision_at, revision)
    view.setFloat64(offset + sentAt_at, sentAt ?? Number.NaN)
    view.setUint32(offset + code_at, rejection === undefined ? accepted : this.#mark(rejection))
  }

  override load(bytes: Uint8Array): void {
    const from = this.size
    super.load(bytes)
    for (let record = from; record < this.size; record += 1) void this.#codeOf(this.records.at(record))
  }

  #mark(code: string): number {
    const mark = markOf(code)
    if (!codesByMark.has(mark)) this.#others.set(mark, code)
    return mark
  }

  #codeOf({ view, offset }: At): string | undefined {
    const mark = view.getUint32(offset + code_at)
    if (mark === accepted) return undefined
    const code = codesByMark.get(mark) ?? this.#others.get(mark)
    if (code === undefined) throw new TypeError(`an outcome names a rejection that is not known here: ${mark}`)
    return code
  }

  #read(at: At): Outcome {
    const { view, offset } = at
    const sentAt = view.getFloat64(offset + sentAt_at)
    const rejection = this.#codeOf(at)
    return {
      contentHash: readDigest({ view, offset: offset + content_at }),
      revision: view.getFloat64(offset + revision_at),
      ...(Number.isNaN(sentAt) ? {} : { sentAt }),
      ...(rejection === undefined ? {} : { rejection }),
    }
  }
}
