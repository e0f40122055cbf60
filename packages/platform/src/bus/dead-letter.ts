import type { Delivery, Message } from './bus'

/** Why a record could not be processed: a code to count by, and a sentence for whoever looks into it. */
export interface DeadReason {
  readonly code: string
  readonly text: string
}

/** A sentence is not a copy of what it complains about. */
const text_chars = 1_000

/**
 * What goes to the dead-letter topic: the value byte for byte, under its key and with its own headers, and beside them
 * why it is there and where it came from. A reason that it carried from an earlier burial gives way to this one.
 */
export const deadLetter = (delivery: Delivery, { code, text }: DeadReason): Message => ({
  key: delivery.key,
  value: delivery.value,
  headers: {
    ...delivery.headers,
    dead_reason: code,
    dead_text: text.slice(0, text_chars),
    dead_topic: delivery.topic,
    dead_partition: String(delivery.partition),
    dead_offset: delivery.offset,
    dead_timestamp: String(delivery.timestamp_ms),
  },
})
