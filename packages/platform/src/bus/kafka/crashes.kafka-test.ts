import { randomUUID } from 'node:crypto'
import { CompressionCodecs, CompressionTypes, Kafka, logLevel } from 'kafkajs'
import { eventually, group, message, numbered, pause, published, range, read } from '../contract/fixture'
import { defaultMaxRecord_bytes } from '../topics'
import { asMesh, closeAfterEach, createTopics, describeKafka, openTestBus, shared } from './test-broker'

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
const publishCompressed = async (bootstrap: string, topic: string, value: string): Promise<void> => {
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

describeKafka('a consumer on Kafka', () => {
  const bootstrap = shared ?? ''
  closeAfterEach()
  const topic = () => ({ topic: `crash-${randomUUID()}`, partitions: 1, maxRecord_bytes: defaultMaxRecord_bytes })

  it('reads what a foreign client compressed, since the broker unpacks it', async () => {
    const spec = topic()
    await createTopics(bootstrap, asMesh([spec]))
    await publishCompressed(bootstrap, spec.topic, 'x'.repeat(1_000))
    const bus = openTestBus(bootstrap)
    const reader = read(bus, group(spec.topic, 'a'))
    await reader.has(1)
    expect(reader.values()).toEqual(['x'.repeat(1_000)])
    await bus.close()
  })

  it('rejects when it crashed for good', async () => {
    const spec = topic()
    await createTopics(bootstrap, [{ ...spec, replication: 1, config: {} }])
    await publishCompressed(bootstrap, spec.topic, 'x'.repeat(1_000))
    const bus = openTestBus(bootstrap)
    await expect(read(bus, group(spec.topic, 'a')).ended).rejects.toThrow('Snappy')
    await bus.close()
  })

  it('rejects when it reached no broker for longer than its patience', async () => {
    const bus = openTestBus('127.0.0.1:1', { patience_ms: 1_000, retries: 1 })
    await expect(read(bus, group('t', 'a')).ended).rejects.toThrow('ECONNREFUSED')
    await bus.close()
  })

  it('stops at once while it still tries to connect', async () => {
    const bus = openTestBus('127.0.0.1:1', { retries: 3 })
    const reader = read(bus, group('t', 'a'))
    await pause(50)
    const before = Date.now()
    await reader.stop()
    expect(Date.now() - before).toBeLessThan(5_500)
    await bus.close()
  })

  it('shows life while it is idle, and none while a handler hangs', async () => {
    const spec = topic()
    await createTopics(bootstrap, asMesh([spec]))
    const onActivity = jest.fn()
    const bus = openTestBus(bootstrap, { onActivity })
    let begun = false
    let finish = (): void => undefined
    const gate = new Promise<void>((resolve) => {
      finish = resolve
    })
    const reader = read(bus, group(spec.topic, 'a'), async (batch) => {
      begun = true
      await gate
      return batch.length
    })
    await eventually(() => onActivity.mock.calls.length >= 3, 'empty fetches')
    expect(onActivity).toHaveBeenLastCalledWith(group(spec.topic, 'a'))

    await published(bus, spec.topic, [message('k', 'v')])
    await eventually(() => begun, 'the hanging handler')
    const calls = onActivity.mock.calls.length
    await pause(1_000)
    expect(onActivity.mock.calls.length).toBe(calls)
    finish()
    await eventually(() => onActivity.mock.calls.length > calls + 2, 'life again')
    await reader.stop()
    await bus.close()
  })

  it('keeps its partitions while a handler takes longer than its session', async () => {
    const spec = topic()
    await createTopics(bootstrap, asMesh([spec]))
    const bus = openTestBus(bootstrap)
    await published(bus, spec.topic, numbered(0, 10))
    const slow = read(bus, group(spec.topic, 'a'), async (batch) => {
      await pause(8_000)
      return batch.length
    })
    await slow.has(10)
    await slow.stop()
    await published(bus, spec.topic, numbered(10, 11))
    const next = read(bus, group(spec.topic, 'a'))
    await next.has(1)
    await bus.close()
    expect(slow.values()).toEqual(range(0, 10))
    expect(next.values()).toEqual(['10'])
  })
})
