import { randomUUID } from 'node:crypto'
import { makeTopic, publishCompressed } from '../../kit/kafka'
import { eventually, group, message, numbered, pause, published, range, read } from '../contract/fixture'
import { defaultMaxRecord_bytes } from '../topics'
import { asMesh, closeAfterEach, createTopics, describeKafka, openTestBus, shared } from './test-broker'

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
    await makeTopic(bootstrap, spec.topic)
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
