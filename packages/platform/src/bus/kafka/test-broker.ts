import { resolve } from 'node:path'
import { isLeft } from 'fp-ts/Either'
import { Kafka, logLevel } from 'kafkajs'
import type { Bus } from '../bus'
import type { BusFixture } from '../contract/fixture'
import type { TopicSpec } from '../topics'
import { openKafkaBus } from './kafka-bus'
import type { KafkaSettings } from './settings'
import { ensureTopics, type KafkaTopic, kafkaTopics } from './topic-admin'

/** The broker that the tests share, if there is one. */
export const shared = process.env.NOVATION_TEST_KAFKA

/** Skips, and is counted so, where there is no Kafka. */
export const describeKafka = shared === undefined ? describe.skip : describe

/** Skips where no node can be started that a test may kill. */
export const describeNode = process.env.NOVATION_TEST_KAFKA_NODE === undefined ? describe.skip : describe

/** What `infra/kafka/single-node.js` gives. */
export interface KafkaNode {
  readonly bootstrap: string
  start(): Promise<void>
  stop(): Promise<void>
  kill(): Promise<void>
  freeze(): void
  thaw(): void
  discard(): Promise<void>
}

export const startNode = async (): Promise<KafkaNode> => {
  const script = resolve(__dirname, '../../../../../infra/kafka/single-node.js')
  const { singleNode }: { singleNode(): Promise<KafkaNode> } = require(script)
  const node = await singleNode()
  await node.start()
  return node
}

export const quiet = { debug: () => undefined, warn: () => undefined }

/** Impatient enough for tests; a session as short as any broker allows. */
export const settingsFor = (bootstrap: string, more: Partial<KafkaSettings> = {}): KafkaSettings => ({
  brokers: bootstrap.split(','),
  clientId: 'novation-test',
  logger: quiet,
  session_ms: 6_000,
  heartbeat_ms: 300,
  wait_ms: 100,
  retries: 4,
  ...more,
})

export const adminOf = (bootstrap: string) =>
  new Kafka({ brokers: bootstrap.split(','), clientId: 'novation-test-admin', logLevel: logLevel.NOTHING }).admin()

export const createTopics = async (bootstrap: string, topics: readonly KafkaTopic[]): Promise<void> => {
  const outcome = await ensureTopics(settingsFor(bootstrap), topics)()
  if (isLeft(outcome)) throw new Error(outcome.left.reason)
}

/** As the mesh's own topics are configured. */
export const asMesh = (specs: readonly TopicSpec[]): readonly KafkaTopic[] => {
  const config = kafkaTopics(1, 1)[0]?.config ?? {}
  return specs.map((spec) => ({ ...spec, replication: 1, config }))
}

const opened: Bus[] = []

/** A bus that `closeAfterEach` closes, so that a failing test ends too. */
export const openTestBus = (bootstrap: string, more: Partial<KafkaSettings> = {}): Bus => {
  const bus = openKafkaBus(settingsFor(bootstrap, more))
  opened.push(bus)
  return bus
}

export const closeAfterEach = (): void =>
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((bus) => bus.close()))
  })

export const openFixture = async (
  bootstrap: string,
  specs: readonly TopicSpec[],
  more: Partial<KafkaSettings> = {},
): Promise<BusFixture> => {
  await createTopics(bootstrap, asMesh(specs))
  const buses: Bus[] = []
  const another = () => {
    const bus = openKafkaBus(settingsFor(bootstrap, { topics: specs, ...more }))
    buses.push(bus)
    return bus
  }
  return {
    bus: another(),
    another: async () => another(),
    async close() {
      await Promise.all(buses.map((each) => each.close()))
      const admin = adminOf(bootstrap)
      await admin.connect()
      await admin.deleteTopics({ topics: specs.map(({ topic }) => topic) })
      await admin.disconnect()
    },
  }
}
