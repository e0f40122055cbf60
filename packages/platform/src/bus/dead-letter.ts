import type { Message } from './bus'

/** Why a record could not be processed: a code to count by, and a sentence for whoever looks into it. */
export interface DeadReason {
  readonly code: string
  readonly text: string
}

/** A record, and the topic it stood on. One that never got there has no place on it, and no time. */
export interface DeadRecord extends Message {
  readonly topic: string
  readonly partition?: number
  readonly offset?: string
  readonly timestamp_ms?: number
}

/** A sentence is not a copy of what it complains about. */
const text_chars = 1_000

const placeOf = ({ partition, offset, timestamp_ms }: DeadRecord): Message['headers'] => ({
  ...(partition === undefined ? {} : { dead_partition: String(partition) }),
  ...(offset === undefined ? {} : { dead_offset: offset }),
  ...(timestamp_ms === undefined ? {} : { dead_timestamp: String(timestamp_ms) }),
})

/**
 * What goes to the dead-letter topic: the value byte for byte, under its key and with its own headers, and beside them
 * why it is there and where it came from. A reason that it carried from an earlier burial gives way to this one.
 */
export const deadLetter = (record: DeadRecord, { code, text }: DeadReason): Message => ({
  key: record.key,
  value: record.value,
  headers: {
    ...record.headers,
    dead_reason: code,
    dead_text: text.slice(0, text_chars),
    dead_topic: record.topic,
    ...placeOf(record),
  },
})
