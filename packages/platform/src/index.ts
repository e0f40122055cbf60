export type { BatchHandler, Bus, Delivery, Message, PublishError, Refused, Subscription } from './bus/bus'
export { type CloudEvent, cloudEventHeaders, cloudEventMismatch, readCloudEvent } from './bus/cloud-events'
export { type DeadReason, deadLetter } from './bus/dead-letter'
export { openKafkaBus } from './bus/kafka/kafka-bus'
export type { BusLogger } from './bus/kafka/logging'
export type { KafkaSettings } from './bus/kafka/settings'
export {
  describeTopics,
  ensureTopics,
  type KafkaTopic,
  kafkaTopics,
  type TopicReport,
} from './bus/kafka/topic-admin'
export { type MemoryBusOptions, openMemoryBus } from './bus/memory/memory-bus'
export { meshTopics, type TopicSpec } from './bus/topics'
export * from './host/index'
export * from './process/index'
export { recoverFrom } from './recorded/recover-from'
export { lockForWriting } from './recorded/writer-lock'
export {
  type EmbeddedOptions,
  hasEmbeddedStore,
  openEmbeddedStore,
  openMemoryStore,
} from './store/embedded/embedded-store'
export {
  type AppendError,
  type Conflict,
  type EventStore,
  noStream,
  type Position,
  type RecordedEvent,
  type Revision,
  type StoredEvent,
  type Unavailable,
  type Unknown,
} from './store/event-store'
export { type EventStoreDbOptions, openEventStoreDb } from './store/eventstoredb/eventstoredb-store'
export { backoff_ms, type Scheduler, systemScheduler } from './time/scheduler'
