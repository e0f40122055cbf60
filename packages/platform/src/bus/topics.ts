import { topics } from '@novation/events'

/** A topic as the mesh needs it. */
export interface TopicSpec {
  readonly topic: string
  readonly partitions: number
  /** Key, value and headers of one record, with what Kafka adds around them. */
  readonly maxRecord_bytes: number
}

/** What a record of a topic that nobody specified may have: what Kafka takes by default, and room for its batch. */
export const defaultMaxRecord_bytes = 1_000_000

/**
 * The topics of the mesh. A pool is one key, so `partitions` bounds how many pools are worked on at once; it cannot be
 * changed later without moving keys. A dead letter is a whole record and the reason around it, so it may be larger.
 */
export const meshTopics = (partitions: number): readonly TopicSpec[] => [
  { topic: topics.commands, partitions, maxRecord_bytes: defaultMaxRecord_bytes },
  { topic: topics.events, partitions, maxRecord_bytes: defaultMaxRecord_bytes },
  { topic: topics.deadLetters, partitions, maxRecord_bytes: 2 * defaultMaxRecord_bytes },
  { topic: topics.quotes, partitions, maxRecord_bytes: defaultMaxRecord_bytes },
]
