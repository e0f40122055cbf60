import type { Message } from '../bus'
import { crc32c } from './crc32c'

/** What a producer says of a batch beside its records. */
export interface BatchHead {
  readonly producerId: bigint
  readonly producerEpoch: number
  readonly firstSequence: number
  /** When it was made: of each of its records. */
  readonly at_ms: number
}

/** Records of a batch, and what they take. */
const head_bytes = 61
/** From where its length counts, and from where its checksum. */
const [counted, checked] = [12, 21]
/** How the records are written since Kafka 0.11. */
const magic = 2

/** Where it is written, and how far. */
interface Pen {
  readonly bytes: Buffer
  at: number
}

/** Of a whole number that is not negative: its sign takes a bit too. */
const sizeOfNumber = (value: number): number => {
  if (value < 1 << 6) return 1
  if (value < 1 << 13) return 2
  if (value < 1 << 20) return 3
  return value < 1 << 27 ? 4 : 5
}

const writeNumber = (pen: Pen, value: number): void => {
  let left = value * 2
  for (; left > 0x7f; left = Math.floor(left / 0x80)) {
    pen.bytes[pen.at] = (left & 0x7f) | 0x80
    pen.at += 1
  }
  pen.bytes[pen.at] = left
  pen.at += 1
}

const sizeOfText = (text: string | Buffer): number => {
  const size = Buffer.byteLength(text)
  return sizeOfNumber(size) + size
}

const writeText = (pen: Pen, text: string | Buffer): void => {
  const size = Buffer.byteLength(text)
  writeNumber(pen, size)
  if (typeof text !== 'string') text.copy(pen.bytes, pen.at)
  // Text of one byte a letter, as nearly all is, only has to be copied.
  else pen.bytes.write(text, pen.at, size, size === text.length ? 'latin1' : 'utf8')
  pen.at += size
}

/** Of a record without its own length: attributes and time beside the batch's are none, and take a byte each. */
const sizeOfRecord = ({ key, value, headers }: Message, place: number): number => {
  let size = 2 + sizeOfNumber(place) + sizeOfText(key) + sizeOfText(value)
  let count = 0
  for (const name in headers) {
    size += sizeOfText(name) + sizeOfText(headers[name] ?? '')
    count += 1
  }
  return size + sizeOfNumber(count)
}

const writeRecord = (pen: Pen, { key, value, headers }: Message, place: number, size: number): void => {
  writeNumber(pen, size)
  writeNumber(pen, 0)
  writeNumber(pen, 0)
  writeNumber(pen, place)
  writeText(pen, key)
  writeText(pen, value)
  writeNumber(pen, Object.keys(headers).length)
  for (const name in headers) {
    writeText(pen, name)
    writeText(pen, headers[name] ?? '')
  }
}

/** Messages as Kafka stores them: a batch of records of version 2, not compressed, of no transaction. */
export const recordBatch = (messages: readonly Message[], head: BatchHead): Buffer => {
  const sizes = messages.map(sizeOfRecord)
  const length = sizes.reduce((sum, size) => sum + sizeOfNumber(size) + size, head_bytes)
  const bytes = Buffer.alloc(length)
  bytes.writeInt32BE(length - counted, counted - 4)
  bytes.writeInt8(magic, 16)
  bytes.writeInt32BE(messages.length - 1, 23)
  bytes.writeBigInt64BE(BigInt(head.at_ms), 27)
  bytes.writeBigInt64BE(BigInt(head.at_ms), 35)
  bytes.writeBigInt64BE(head.producerId, 43)
  bytes.writeInt16BE(head.producerEpoch, 51)
  bytes.writeInt32BE(head.firstSequence, 53)
  bytes.writeInt32BE(messages.length, 57)
  const pen = { bytes, at: head_bytes }
  for (const [place, message] of messages.entries()) writeRecord(pen, message, place, sizes[place] ?? 0)
  bytes.writeUInt32BE(crc32c(bytes, checked), checked - 4)
  return bytes
}
