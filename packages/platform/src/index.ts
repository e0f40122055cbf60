export type { BatchHandler, Bus, Delivery, Message, PublishError, Refused, Subscription } from './bus/bus'
export { type MemoryBusOptions, openMemoryBus } from './bus/memory/memory-bus'
export { meshTopics, type TopicSpec } from './bus/topics'
export * from './host/index'
export { type EmbeddedOptions, hasEmbeddedStore, openEmbeddedStore, openMemoryStore } from './store/embedded/embedded-store'
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
