import { defaultMaxRecord_bytes } from '../bus/topics'

/** The client of Kafka is loaded where it is used: most tests that borrow this kit use none. */
const broker = (): typeof import('../bus/kafka/test-broker') => require('../bus/kafka/test-broker')

/** A topic as Kafka makes it where nobody says how: not as `novation doctor` would have it. */
export const makeTopic = async (bootstrap: string, topic: string): Promise<void> => {
  const { createTopics } = broker()
  await createTopics(bootstrap, [
    { topic, partitions: 1, maxRecord_bytes: defaultMaxRecord_bytes, replication: 1, config: {} },
  ])
}

/** Removes a topic and what is in it, as an operator does. */
export const removeTopic = async (bootstrap: string, topic: string): Promise<void> => {
  const { adminOf } = broker()
  const admin = adminOf(bootstrap)
  await admin.connect()
  await admin.deleteTopics({ topics: [topic] })
  await admin.disconnect()
}

/** Raw Snappy of literals only: the length, and runs of at most 60 bytes behind a tag. */
const snappy = (bytes: Buffer): Buffer => {
  const length: number[] = []
  for (let n = bytes.length; ; n >>>= 7) {
    length.push(n > 127 ? (n & 127) | 128 : n)
    if (n <= 127) break
  }
  const runs: Buffer[] = []
  for (let from = 0; from < bytes.length; from += 60) {
    const run = bytes.subarray(from, from + 60)
    runs.push(Buffer.from([(run.length - 1) << 2]), run)
  }
  return Buffer.concat([Buffer.from(length), ...runs])
}

/** Publishes as a foreign client may, compressed in a way that ours cannot read. */
export const publishCompressed = async (bootstrap: string, topic: string, value: string): Promise<void> => {
  const { CompressionCodecs, CompressionTypes, Kafka, logLevel }: typeof import('kafkajs') = require('kafkajs')
  const own = CompressionCodecs[CompressionTypes.Snappy]
  CompressionCodecs[CompressionTypes.Snappy] = () => ({
    compress: async ({ buffer }: { buffer: Buffer }) => snappy(buffer),
    decompress: async (buffer: Buffer) => buffer,
  })
  const kafka = new Kafka({ brokers: bootstrap.split(','), clientId: 'foreign', logLevel: logLevel.NOTHING })
  const producer = kafka.producer({ allowAutoTopicCreation: false, createPartitioner: () => () => 0 })
  await producer.connect()
  await producer.send({ topic, compression: CompressionTypes.Snappy, messages: [{ key: 'k', value }] })
  await producer.disconnect()
  CompressionCodecs[CompressionTypes.Snappy] = own
}
