import { randomUUID } from 'node:crypto'
import { isLeft, isRight } from 'fp-ts/Either'
import { eventually, group, message, numbered, pause, published, range, read } from '../contract/fixture'
import { defaultMaxRecord_bytes } from '../topics'
import {
  asMesh,
  closeAfterEach,
  createTopics,
  describeNode,
  type KafkaNode,
  openTestBus,
  startNode,
} from './test-broker'

describeNode('a broker that breaks', () => {
  let node: KafkaNode
  beforeAll(async () => {
    node = await startNode()
  })
  afterAll(() => node?.discard())
  closeAfterEach()

  const open = async (partitions: number, more = {}) => {
    const topic = `broken-${randomUUID()}`
    await createTopics(node.bootstrap, asMesh([{ topic, partitions, maxRecord_bytes: defaultMaxRecord_bytes }]))
    return { topic, bus: openTestBus(node.bootstrap, { retries: 15, ...more }) }
  }

  it('loses nothing it acknowledged when it is killed and started again, and consumers go on by themselves', async () => {
    const { topic, bus } = await open(3)
    const reader = read(bus, group(topic, 'a'))
    const acknowledged: string[] = []
    let n = 0
    const publishUntil = async (count: number) => {
      while (acknowledged.length < count) {
        const value = String(n++)
        const one = message(`key-${n % 7}`, value)
        while (!isRight(await bus.publish(topic, [one])())) await pause(100)
        acknowledged.push(value)
      }
    }
    await publishUntil(200)
    for (const round of [1, 2]) {
      const more = publishUntil(200 + 200 * round)
      await pause(30 * round)
      await node.kill()
      await pause(500)
      await node.start()
      await more
    }
    await eventually(() => acknowledged.every((value) => reader.values().includes(value)), 'all that was acknowledged')
    await reader.stop()

    const first = [...new Set(reader.values())]
    for (const key of new Set(reader.deliveries.map((each) => each.key))) {
      const own = new Set(reader.deliveries.filter((each) => each.key === key).map(({ value }) => value.toString()))
      const inOrder = first.filter((value) => own.has(value)).map(Number)
      expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b))
    }

    const next = read(bus, group(topic, 'a'))
    await published(bus, topic, numbered(10_000, 10_010, 5))
    await next.has(10)
    await bus.close()
    expect([...next.values()].sort()).toEqual(range(10_000, 10_010))
  })

  it('leaves a publish unknown when it falls silent, and never swallows the next one for it', async () => {
    const { topic, bus } = await open(1, { request_ms: 1_000, retries: 1 })
    await published(bus, topic, numbered(0, 10))
    node.freeze()
    // On a busy machine it takes a moment until each thread of the broker has stopped.
    await pause(500)
    const outcome = await bus.publish(topic, numbered(10, 20))()
    expect(isLeft(outcome) && outcome.left.tag).toBe('unknown')
    node.thaw()
    await pause(500)
    // As many records again: under the same sequence numbers the broker would take them for the ones before.
    for (let tries = 0; !isRight(await bus.publish(topic, numbered(20, 30))()); tries++) {
      if (tries > 20) throw new Error('the broker did not come back')
      await pause(200)
    }
    const reader = read(bus, group(topic, 'a'))
    await eventually(() => range(20, 30).every((value) => reader.values().includes(value)), 'the later records', 10_000)
    await bus.close()
    expect(reader.values().slice(0, 10)).toEqual(range(0, 10))
  })

  it('publishes nothing, and says so, before a first connection', async () => {
    const { topic, bus } = await open(1, { retries: 1 })
    await node.stop()
    const outcome = await bus.publish(topic, numbered(0, 10))()
    expect(isLeft(outcome) && outcome.left.tag).toBe('unavailable')
    await node.start()
    await published(bus, topic, numbered(10, 20))
    const reader = read(bus, group(topic, 'a'))
    await reader.has(10)
    await bus.close()
    expect(reader.values()).toEqual(range(10, 20))
  })
})
