import {
  KafkaJSAggregateError,
  KafkaJSError,
  KafkaJSGroupCoordinatorNotFound,
  KafkaJSLockTimeout,
  KafkaJSNumberOfRetriesExceeded,
  KafkaJSProtocolError,
} from 'kafkajs'

/** As an error, whatever was thrown. */
export const errorOf = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)))

const causeOf = (error: Error): unknown => (error instanceof KafkaJSAggregateError ? error.errors[0] : error.cause)

const rootOf = (error: Error): Error => {
  const cause = causeOf(error)
  return cause instanceof Error ? rootOf(cause) : error
}

/** What went wrong at the bottom, for a reader. */
export const reasonOf = (thrown: unknown): string => {
  const error = errorOf(thrown)
  const root = rootOf(error)
  return root.message === error.message ? error.message : `${error.message} (${root.message})`
}

/** Whether a new connection may cure it. The client calls some of these final that are over when a broker is back. */
export const isPassing = (error: Error): boolean => {
  if (!(error instanceof KafkaJSError)) return false
  const root = rootOf(error)
  return (
    error instanceof KafkaJSNumberOfRetriesExceeded ||
    root instanceof KafkaJSGroupCoordinatorNotFound ||
    root instanceof KafkaJSLockTimeout ||
    (root instanceof KafkaJSError && root.retriable)
  )
}

const forGood = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD'])

/** Whether a broker looked at the records and will never take them. */
export const isRefusal = (error: Error): boolean => {
  const root = rootOf(error)
  return root instanceof KafkaJSProtocolError && forGood.has(root.type)
}

const notYet = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE'])

/** Whether a broker has not heard yet of a topic that was just made, or of who leads it. */
export const isUnheard = (thrown: unknown): boolean => {
  const root = rootOf(errorOf(thrown))
  return root instanceof KafkaJSProtocolError && notYet.has(root.type)
}
