import { Kafka, type KafkaConfig, type RetryOptions } from 'kafkajs'
import { defaultMaxBatch, defaultPause_ms } from '../batch'
import type { Subscription } from '../bus'
import type { TopicSpec } from '../topics'
import { type BusLogger, logCreator } from './logging'
import type { Sockets } from './sockets'

export interface KafkaSettings {
  /** `host:port` of one broker at least; the others are found from there. */
  readonly brokers: readonly string[]
  readonly clientId: string
  readonly logger: BusLogger
  /** Called after each fetch, empty or not, and each handled batch. When it is not called any more, a consumer stalled. */
  readonly onActivity?: (subscription: Subscription) => void
  /** What the topics take; of a topic that is not listed, what Kafka takes by default. */
  readonly topics?: readonly TopicSpec[]
  readonly ssl?: KafkaConfig['ssl']
  /** Asked anew for each client, since a secret may change while a process lives. */
  readonly sasl?: () => KafkaConfig['sasl']
  readonly maxBatch?: number
  /** How long a partition rests when its handler left something undone. */
  readonly pause_ms?: number
  /** A member that says nothing for so long is dead to its group. */
  readonly session_ms?: number
  readonly heartbeat_ms?: number
  /** How long a fetch waits for records: also how long a stop takes at most when nothing is in hand. */
  readonly wait_ms?: number
  readonly request_ms?: number
  /** Of one request, with pauses that grow from 0.1 to 1 s. */
  readonly retries?: number
  /** A consumer that reaches no broker for so long has crashed for good. */
  readonly patience_ms?: number
}

const defaults = {
  topics: [] as readonly TopicSpec[],
  onActivity: (_: Subscription): void => undefined,
  maxBatch: defaultMaxBatch,
  pause_ms: defaultPause_ms,
  session_ms: 10_000,
  heartbeat_ms: 1_000,
  wait_ms: 250,
  request_ms: 10_000,
  retries: 15,
  patience_ms: 60_000,
}

export type Settings = KafkaSettings & Required<Omit<KafkaSettings, 'ssl' | 'sasl'>>

export const complete = (settings: KafkaSettings): Settings => ({ ...defaults, ...settings })

/** How long the client believes what it knows about leaders and partitions. */
export const metadataMaxAge_ms = 30_000

/** Written out in full, since the client has other defaults of its own when NODE_ENV is `test`. */
export const retryOf = ({ retries }: Settings): RetryOptions => ({
  retries,
  initialRetryTime: 100,
  maxRetryTime: 1_000,
  multiplier: 2,
  factor: 0.2,
})

const saslNow = (sasl: KafkaSettings['sasl']): Pick<KafkaConfig, 'sasl'> => {
  const now = sasl?.()
  return now === undefined ? {} : { sasl: now }
}

/** A client of its own for whoever asks: two members of one group within one client forget each other's offsets. */
export const clientOf = (settings: Settings, sockets: Sockets): Kafka => {
  const { brokers, clientId, ssl, sasl, request_ms, logger } = settings
  return new Kafka({
    brokers: [...brokers],
    clientId,
    ...(ssl === undefined ? {} : { ssl }),
    ...saslNow(sasl),
    connectionTimeout: Math.min(request_ms, 3_000),
    requestTimeout: request_ms,
    retry: retryOf(settings),
    logCreator: logCreator(logger),
    socketFactory: sockets.open,
  })
}
