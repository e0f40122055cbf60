import type { IHeaders, KafkaMessage } from 'kafkajs'
import type { Delivery } from '../bus'

const textOf = (value: IHeaders[string]): string => {
  const one = Array.isArray(value) ? value.at(-1) : value
  return one === undefined || one === null ? '' : one.toString()
}

const textsOf = (headers: IHeaders = {}): Delivery['headers'] =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, textOf(value)]))

/**
 * A record as the port gives it. What only other clients write is brought into its form: no key and no value are
 * empty ones, of a header that stands there twice the last one counts, and bytes of a header or key are read as UTF-8. An
 * event has a dozen headers, and who reads its value alone never makes text of them.
 */
export const deliveryOf = (topic: string, partition: number, message: KafkaMessage): Delivery => ({
  topic,
  partition,
  offset: message.offset,
  timestamp_ms: Number(message.timestamp),
  key: message.key?.toString() ?? '',
  value: message.value ?? Buffer.alloc(0),
  get headers() {
    return textsOf(message.headers)
  },
})
