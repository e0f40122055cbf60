import { randomUUID } from 'node:crypto'
import { busContract } from '../bus-contract'
import { group, message, numbered, range, read } from '../contract/fixture'
import { defaultMaxRecord_bytes } from '../topics'
import { openKafkaBus } from './kafka-bus'
import {
  asMesh,
  closeAfterEach,
  createTopics,
  describeKafka,
  openFixture,
  openTestBus,
  settingsFor,
  shared,
} from './test-broker'

describeKafka('on real Kafka', () => {
  busContract('the Kafka adapter', (specs) => openFixture(shared ?? '', specs))

  describe('publishing', () => {
    const bootstrap = shared ?? ''
    const topic = () => ({ topic: `publish-${randomUUID()}`, partitions: 3, maxRecord_bytes: defaultMaxRecord_bytes })
    closeAfterEach()

    it('tells a record that only the broker refuses, and publishes those that shared its request', async () => {
      const spec = topic()
      const [mesh] = asMesh([spec])
      if (mesh === undefined) throw new Error('no topic')
      await createTopics(bootstrap, [{ ...mesh, config: { ...mesh.config, 'max.message.bytes': '2000' } }])
      const bus = openTestBus(bootstrap)
      const publish = (value: string) => bus.publish(spec.topic, [message(value, value)])()
      const first = publish('0')
      const together = [publish('1'), publish('x'.repeat(5_000)), publish('2')]
      expect(await first).toMatchObject({ _tag: 'Right' })
      expect((await Promise.all(together)).map(({ _tag }) => _tag)).toEqual(['Right', 'Left', 'Right'])
      expect(await together[1]).toMatchObject({ left: { tag: 'refused' } })
      const reader = read(bus, group(spec.topic, 'a'))
      await reader.has(3)
      await reader.stop()
      expect(new Set(reader.values())).toEqual(new Set(['0', '1', '2']))
    })

    it('finishes before the bus closes', async () => {
      const spec = topic()
      await createTopics(bootstrap, asMesh([spec]))
      const bus = openKafkaBus(settingsFor(bootstrap))
      const outcomes = range(0, 5).map((n) => bus.publish(spec.topic, numbered(Number(n) * 10, Number(n) * 10 + 10))())
      await bus.close()
      for (const outcome of outcomes) expect(await outcome).toMatchObject({ _tag: 'Right' })
      const reader = read(openTestBus(bootstrap), group(spec.topic, 'a'))
      await reader.has(50)
      expect(reader.values()).toEqual(range(0, 50))
      await reader.stop()
    })
  })
})
