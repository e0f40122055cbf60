export type { BatchHandler, Bus, Delivery, Message, PublishError, Refused, Subscription } from './bus/bus'
export type { CloudEvent } from './bus/cloud-events'
export type { DeadReason } from './bus/dead-letter'
export {
  describeAccess,
  type KafkaAccess,
  type KafkaMechanism,
  kafkaAccess,
  kafkaMechanisms,
} from './bus/kafka/access'
export type { BusLogger } from './bus/kafka/logging'
export type { KafkaSettings } from './bus/kafka/settings'
export type { KafkaTopic, TopicReport } from './bus/kafka/topic-admin'
export { type MemoryBusOptions, openMemoryBus } from './bus/memory/memory-bus'
export { meshTopics, type TopicSpec } from './bus/topics'
export type { Disk } from './disk/disk'
export { type DiskFault, type DiskStep, type MemoryDisk, openMemoryDisk } from './disk/memory-disk'
export { replaceFile } from './disk/replace-file'
export { openSpool, type Spool } from './disk/spool'
export { systemDisk } from './disk/system-disk'
export { answerBeside, besideIn, writeBeside } from './host/beside'
export { bulkParts } from './host/bulk-parts'
export { bury, type Dead, type Progress } from './host/bury'
export { type Beside, type Checkpoints, type Followed, fileCheckpoints } from './host/checkpoints'
export { crewIn } from './host/crew'
export { eventMessage } from './host/event-record'
export { Halted } from './host/halt'
export { historyOf } from './host/history'
export { type Hosted, hostOn, hostReactor } from './host/hosted'
export { type LiveReactors, type ReactorReport, runReactors } from './host/live-reactors'
export {
  advance,
  ClockMute,
  type Mesh,
  NeverSettles,
  passUntil,
  type Recovery,
  recovery,
  type Step,
  startMesh,
  submit,
} from './host/mesh'
export { bookFold, onDuties, type Which } from './host/on-book'
export { type Published, publishInOrder, publishSurely } from './host/publish-surely'
export { type Ask, ask, askLater, type Fold, type Reactor, type Watch } from './host/reactor'
export { sendAsks } from './host/send-asks'
export { type Shard, sharded } from './host/shard'
export {
  describeTopics,
  ensureTopics,
  examineEventStoreDb,
  kafkaTopics,
  openEventStoreDb,
  openKafkaBus,
  whyNotToBegin,
} from './on-demand'
export type { Asked, Said } from './process/asked'
export { type Conversation, frameOf, type Opened } from './process/conversations'
export { openFeed } from './process/feed'
export { type Check, type Health, openHealth } from './process/health'
export { type HttpSettings, serveHttp, type Told } from './process/http'
export { type Log, type LogLevel, logLevels, openLog } from './process/log'
export { type MetricName, type Metrics, metricTable, openMetrics } from './process/metrics'
export type { Outflow } from './process/outflow'
export { newSecret } from './process/secret'
export {
  type Listening,
  type Route,
  type Served,
  serveRoutes,
  type Unserved,
} from './process/serve-routes'
export { answerThread, openThread, type Thread } from './process/thread'
export { recoverFrom } from './recorded/recover-from'
export { lockForWriting } from './recorded/writer-lock'
export { BadSecret, readSecret } from './secret-file'
export { type Checkers, openCheckers } from './signatures/checkers'
export type { Found, Kept, Label, Part } from './snapshots/kept'
export { openProver, type Prover, type Taken } from './snapshots/prover'
export { startProver } from './snapshots/prover-thread'
export { folderShelf, type Note, type Shelf } from './snapshots/shelf'
export {
  type EmbeddedOptions,
  hasEmbeddedStore,
  openEmbeddedStore,
  openMemoryStore,
} from './store/embedded/embedded-store'
export { appendLimit_bytes, eventSize_bytes } from './store/event-size'
export {
  type AppendError,
  type Conflict,
  type EventStore,
  noStream,
  type Position,
  type Readable,
  type RecordedEvent,
  type Revision,
  type StoredEvent,
  type Unavailable,
  type Unknown,
} from './store/event-store'
export { type StoreLogin, withLogin } from './store/eventstoredb/connection-string'
export type { EventStoreDbOptions } from './store/eventstoredb/eventstoredb-store'
export type { ExaminationOptions, Finding } from './store/eventstoredb/examination'
export { type Gone, HistoryGone } from './store/history-gone'
export { type Heard, type Standing, StoreTrouble } from './store/standing'
export { backoff_ms, type Scheduler, systemScheduler } from './time/scheduler'
export { quiet } from './time/turn'
