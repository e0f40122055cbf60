import { randomUUID } from 'node:crypto'
import { isLeft, right } from 'fp-ts/Either'
import { describeKafka, settingsFor, shared } from './test-broker'
import { describeTopics, ensureTopics, type KafkaTopic, kafkaTopics } from './topic-admin'

describeKafka('the topics of the mesh on real Kafka', () => {
  const settings = settingsFor(shared ?? '')
  const suffix = randomUUID()
  const specs = kafkaTopics(3, 1).map((spec) => ({ ...spec, topic: `${spec.topic}-${suffix}` }))
  const reports = (state: string, differences: readonly string[] = []) =>
    right(specs.map(({ topic }) => ({ topic, state, differences })))

  it('are missing, created once, and then as specified', async () => {
    expect(await describeTopics(settings, specs)()).toEqual(reports('missing'))
    expect(await ensureTopics(settings, specs)()).toEqual(reports('created'))
    expect(await ensureTopics(settings, specs)()).toEqual(reports('as specified'))
    expect(await describeTopics(settings, specs)()).toEqual(reports('as specified'))
  })

  it('are left alone where they differ, and the differences told', async () => {
    const other = specs.map((spec) => ({ ...spec, partitions: 6, config: { ...spec.config, 'retention.ms': '1' } }))
    const found = await ensureTopics(settings, other)()
    const differences = ['3 partitions, not 6', 'retention.ms is 2592000000, not 1']
    expect(found).toEqual(reports('differs', differences))
    expect(await describeTopics(settings, specs)()).toEqual(reports('as specified'))
  })

  it('are not specified for fewer brokers than there are: that is told, not thrown', async () => {
    const three: readonly KafkaTopic[] = kafkaTopics(1, 3).map((spec) => ({
      ...spec,
      topic: `${spec.topic}-${suffix}-3`,
    }))
    const outcome = await ensureTopics(settings, three.slice(0, 1))()
    expect(outcome).toMatchObject({ _tag: 'Left', left: { tag: 'unavailable' } })
    expect(isLeft(outcome) && outcome.left.reason).toMatch(/replication/i)
  })

  it('cannot be told of a broker that is away', async () => {
    const outcome = await describeTopics(settingsFor('127.0.0.1:1', { retries: 1 }), specs)()
    expect(outcome).toMatchObject({ _tag: 'Left', left: { tag: 'unavailable' } })
  })
})
