import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { isLeft } from 'fp-ts/Either'
import { password, type Right, type SecureKafka, startSecureKafka, tokenOf } from '../../kit/secure-kafka'
import { eventually, group, numbered, published, range, read } from '../contract/fixture'
import { defaultMaxRecord_bytes } from '../topics'
import { type KafkaLogin, kafkaAccess } from './access'
import { asMesh, closeAfterEach, createTopics, describeNode, openTestBus, settingsFor } from './test-broker'
import { describeTopics } from './topic-admin'

describeNode('a Kafka that asks who is there', () => {
  let kafka: SecureKafka
  beforeAll(async () => {
    kafka = await startSecureKafka(['ledger', 'margin'])
  }, 120_000)
  afterAll(() => kafka?.discard())
  closeAfterEach()

  const topicFor = async (...rights: readonly Right['may'][]): Promise<string> => {
    const topic = `secure-${randomUUID()}`
    await createTopics(kafka.bootstrap, asMesh([{ topic, partitions: 1, maxRecord_bytes: defaultMaxRecord_bytes }]))
    await kafka.grant('ledger', ...rights.map((may) => ({ on: 'topic', name: topic, may }) as const))
    await kafka.grant('ledger', { on: 'group', name: `${topic}-a`, may: 'read' })
    return topic
  }

  const login = (more: Partial<KafkaLogin> = {}): KafkaLogin => ({
    mechanism: 'scram-sha-512',
    user: 'ledger',
    secret: kafka.secretFile('password', password),
    ...more,
  })

  const openAs = (who: KafkaLogin | undefined, at = kafka.good, tls: string | undefined = kafka.ca) =>
    openTestBus(at, { ...kafkaAccess({ tls, login: who }), retries: 1, patience_ms: 1_000 })

  const reasonOf = async (bus: ReturnType<typeof openAs>, topic: string): Promise<string> => {
    const outcome = await bus.publish(topic, numbered(0, 1))()
    return isLeft(outcome) ? `${outcome.left.tag}: ${outcome.left.reason}` : 'published'
  }

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)(
    'lets in who has the password, by %s',
    async (mechanism) => {
      const topic = await topicFor('read', 'write')
      const bus = openAs(login({ mechanism }))
      await published(bus, topic, numbered(0, 5))
      const reader = read(bus, group(topic, 'a'))
      await reader.has(5)
      await reader.stop()
      expect(reader.values()).toEqual(range(0, 5))
    },
  )

  it('lets in who has a token, and asks for the next when it is told anew', async () => {
    const topic = await topicFor('read', 'write')
    const secret = kafka.secretFile('token', tokenOf('ledger', -3_600))
    const bus = openAs({ mechanism: 'oauthbearer', secret })
    expect(await reasonOf(bus, topic)).toMatch(/^unavailable: /)
    writeFileSync(secret, tokenOf('ledger'))
    await published(bus, topic, numbered(0, 1))
  })

  it('keeps out who has the wrong password, and that is said; a file that is put right needs no restart', async () => {
    const topic = await topicFor('read', 'write')
    const secret = kafka.secretFile('wrong', 'wrong')
    const bus = openAs(login({ secret }))
    expect(await reasonOf(bus, topic)).toMatch(/^unavailable: .*[Aa]uthentication failed/)
    const reading = bus.subscribe(group(topic, 'a'), async () => 0, new AbortController().signal)
    await expect(reading).rejects.toThrow(/[Aa]uthentication failed/)
    writeFileSync(secret, password)
    await published(bus, topic, numbered(0, 1))
  })

  it.each([
    [
      'whose certificate another authority has signed',
      () => kafka.foreign,
      /unable to verify|self.signed|local issuer/,
    ],
    ['whose certificate is of yesterday', () => kafka.expired, /certificate has expired/],
    [
      'that goes by another name than its certificate',
      () => kafka.good.replace('localhost', '127.0.0.1'),
      /does not match/,
    ],
  ])('tells its secret to no broker %s', async (_, at, reason) => {
    const topic = await topicFor('read', 'write')
    expect(await reasonOf(openAs(login(), at()), topic)).toMatch(reason)
    const specs = asMesh([{ topic, partitions: 1, maxRecord_bytes: defaultMaxRecord_bytes }])
    const found = await describeTopics(
      { ...settingsFor(at(), { retries: 1 }), ...kafkaAccess({ tls: kafka.ca, login: login() }) },
      specs,
    )()
    expect(isLeft(found) && found.left.reason).toMatch(reason)
  })

  it('lets nobody in without TLS, or without a name', async () => {
    const topic = await topicFor('read', 'write')
    expect(await reasonOf(openTestBus(kafka.good, { retries: 1, request_ms: 2_000 }), topic)).toMatch(/^unavailable: /)
    expect(await reasonOf(openAs(undefined), topic)).toMatch(/^unavailable: /)
  })

  it('lets everybody do what was granted, and no more', async () => {
    const topic = await topicFor('write')
    const bus = openAs(login())
    await published(bus, topic, numbered(0, 1))
    await expect(bus.subscribe(group(topic, 'a'), async () => 0, new AbortController().signal)).rejects.toThrow(
      /authorized/i,
    )
    const other = openAs(login({ user: 'margin' }))
    expect(await reasonOf(other, topic)).toMatch(/authoriz/i)
  })

  it('loses nothing where a right is taken away in the middle, and goes on where it was when it is given back', async () => {
    const topic = await topicFor('read', 'write')
    const bus = openAs(login())
    const reads = { on: 'topic', name: topic, may: 'read' } as const
    const seen: string[] = []
    const signal = new AbortController()
    const follow = () =>
      bus.subscribe(
        group(topic, 'a'),
        async (batch) => {
          seen.push(...batch.map(({ value }) => value.toString()))
          return batch.length
        },
        signal.signal,
      )
    const before = follow()
    await published(bus, topic, numbered(0, 10))
    await eventually(() => seen.length === 10, 'the first ten')
    const ended = expect(before).rejects.toThrow(/authorized/i)
    await kafka.revoke('ledger', reads)
    await ended
    await published(bus, topic, numbered(10, 20))
    expect(seen).toEqual(range(0, 10))

    const writes = { ...reads, may: 'write' } as const
    await kafka.revoke('ledger', writes)
    expect(await reasonOf(bus, topic)).toMatch(/^(unknown|unavailable): .*authorized/i)
    await kafka.grant('ledger', reads, writes)
    const after = follow()
    await published(bus, topic, numbered(20, 25))
    await eventually(() => seen.includes('24'), 'the last of all')
    signal.abort()
    await after
    expect([...new Set(seen)]).toEqual(range(0, 25))
  })
})
