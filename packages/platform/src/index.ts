export type { BatchHandler, Bus, Delivery, Message, PublishError, Refused, Subscription } from './bus/bus'
export { type MemoryBusOptions, openMemoryBus } from './bus/memory/memory-bus'
export { meshTopics, type TopicSpec } from './bus/topics'
