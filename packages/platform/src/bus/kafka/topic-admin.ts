import { setTimeout as sleep } from 'node:timers/promises'
import type { TaskEither } from 'fp-ts/TaskEither'
import { tryCatch } from 'fp-ts/TaskEither'
import { type Admin, ConfigResourceTypes, type DescribeConfigResponse } from 'kafkajs'
import type { Unavailable } from '../../store/event-store'
import { meshTopics, type TopicSpec } from '../topics'
import { isUnheard, reasonOf } from './failures'
import { clientOf, complete, type KafkaSettings } from './settings'
import { openSockets } from './sockets'

/** A topic with what only a broker needs to know of it. */
export interface KafkaTopic extends TopicSpec {
  readonly replication: number
  readonly config: Readonly<Record<string, string>>
}

export interface TopicReport {
  readonly topic: string
  readonly state: 'as specified' | 'created' | 'missing' | 'differs'
  /** One line for each thing that is not as specified, and what it is. */
  readonly differences: readonly string[]
}

/** What Kafka writes around the records of a batch, at most; its default limit is this above ours. */
const batch_bytes = 48_588
const day_ms = 86_400_000

/**
 * The topics of the mesh on a cluster of at least `replication` brokers. Commands are stamped by the broker, so that
 * their age (protocol 7) is nobody's word. The broker unpacks what it is sent: the client reads few compressions, and
 * one foreign record in another would end every consumer.
 */
export const kafkaTopics = (partitions: number, replication: number): readonly KafkaTopic[] =>
  meshTopics(partitions).map((spec) => ({
    ...spec,
    replication,
    config: {
      'cleanup.policy': 'delete',
      'compression.type': 'uncompressed',
      'max.message.bytes': String(spec.maxRecord_bytes + batch_bytes),
      'message.timestamp.type': 'LogAppendTime',
      'min.insync.replicas': String(Math.max(1, replication - 1)),
      'retention.ms': String(30 * day_ms),
    },
  }))

const configOf = ({ resources }: DescribeConfigResponse, topic: string): ReadonlyMap<string, string> =>
  new Map(
    resources
      .find(({ resourceName }) => resourceName === topic)
      ?.configEntries.map(({ configName, configValue }) => [configName, configValue]),
  )

const compare = async (admin: Admin, specs: readonly KafkaTopic[]): Promise<readonly TopicReport[]> => {
  const present = new Set(await admin.listTopics())
  const topics = specs.map(({ topic }) => topic).filter((topic) => present.has(topic))
  if (topics.length === 0) return specs.map(({ topic }) => ({ topic, state: 'missing', differences: [] }))
  const { topics: found } = await admin.fetchTopicMetadata({ topics })
  const resources = topics.map((name) => ({ type: ConfigResourceTypes.TOPIC, name }))
  const configs = await admin.describeConfigs({ includeSynonyms: false, resources })
  return specs.map(({ topic, partitions, replication, config }) => {
    const own = found.find(({ name }) => name === topic)?.partitions
    if (own === undefined) return { topic, state: 'missing', differences: [] }
    const is = configOf(configs, topic)
    const replicas = Math.min(...own.map(({ replicas }) => replicas.length))
    const differences = [
      ...(own.length === partitions ? [] : [`${own.length} partitions, not ${partitions}`]),
      ...(replicas === replication ? [] : [`${replicas} replicas, not ${replication}`]),
      ...Object.entries(config)
        .filter(([name, value]) => is.get(name) !== value)
        .map(([name, value]) => `${name} is ${is.get(name) ?? 'unknown'}, not ${value}`),
    ]
    return { topic, state: differences.length === 0 ? 'as specified' : 'differs', differences }
  })
}

/** How often, and how long in all, it is asked what has become of a topic that was just made. */
const ask_ms = 200
const heardOf_ms = 20_000

/** Looks until every topic is there: the broker that is asked hears of a new one from another, and a busy one late. */
const compareOnceHeard = async (admin: Admin, specs: readonly KafkaTopic[]): Promise<readonly TopicReport[]> => {
  for (let left = heardOf_ms / ask_ms; ; left -= 1) {
    try {
      const reports = await compare(admin, specs)
      if (left <= 0 || reports.every(({ state }) => state !== 'missing')) return reports
    } catch (error) {
      if (left <= 0 || !isUnheard(error)) throw error
    }
    await sleep(ask_ms)
  }
}

/** Whether a topic was made now; false where another was quicker. */
const create = async (admin: Admin, { topic, partitions, replication, config }: KafkaTopic): Promise<boolean> => {
  const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }))
  const one = { topic, numPartitions: partitions, replicationFactor: replication, configEntries }
  try {
    return await admin.createTopics({ waitForLeaders: true, topics: [one] })
  } catch (error) {
    // It was made, and the client did not find it at once.
    if (isUnheard(error)) return true
    throw error
  }
}

const withAdmin = <A>(given: KafkaSettings, act: (admin: Admin) => Promise<A>): TaskEither<Unavailable, A> =>
  tryCatch(
    async () => {
      const sockets = openSockets()
      const admin = clientOf(complete(given), sockets).admin()
      try {
        await admin.connect()
        return await act(admin)
      } finally {
        await admin.disconnect()
        sockets.end()
      }
    },
    (thrown) => ({ tag: 'unavailable', reason: reasonOf(thrown) }),
  )

/** What the brokers have, beside what is specified; changes nothing. */
export const describeTopics = (
  settings: KafkaSettings,
  specs: readonly KafkaTopic[],
): TaskEither<Unavailable, readonly TopicReport[]> => withAdmin(settings, (admin) => compare(admin, specs))

/**
 * Creates what is missing. What differs is told and left alone: another number of partitions would move keys, and the
 * rest is the operator's to decide.
 */
export const ensureTopics = (
  settings: KafkaSettings,
  specs: readonly KafkaTopic[],
): TaskEither<Unavailable, readonly TopicReport[]> =>
  withAdmin(settings, async (admin) => {
    const before = await compare(admin, specs)
    const missing = before.filter(({ state }) => state === 'missing').map(({ topic }) => topic)
    const created = new Set<string>()
    for (const spec of specs.filter(({ topic }) => missing.includes(topic)))
      if (await create(admin, spec)) created.add(spec.topic)
    if (missing.length === 0) return before
    const after = await compareOnceHeard(admin, specs)
    return after.map((report) =>
      created.has(report.topic) && report.state === 'as specified' ? { ...report, state: 'created' } : report,
    )
  })
