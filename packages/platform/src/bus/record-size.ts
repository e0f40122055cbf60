import type { Message } from './bus'

/** The longest that Kafka's length fields, deltas and attributes of one record are. */
const record_bytes = 32
/** The longest that the two lengths of one header are. */
const header_bytes = 10

/** What a record takes on the wire in bytes, rounded up: never less than Kafka counts. */
export const recordBytes = ({ key, value, headers }: Message): number => {
  let bytes = record_bytes + Buffer.byteLength(key) + Buffer.byteLength(value)
  for (const name in headers) bytes += header_bytes + Buffer.byteLength(name) + Buffer.byteLength(headers[name] ?? '')
  return bytes
}
