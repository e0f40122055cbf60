import { topics } from '@novation/events'
import { password, type SecureKafka, startSecureKafka } from '@novation/platform/kit'
import { type EventStoreDbServer, startEventStoreDb } from '@novation/testing'
import { exitCodes } from '../exit-code'
import { testWorld } from '../test-world'
import { describeNode } from './kit/kafka-node'
import { lastWords, startService } from './kit/service-process'

describeNode('commands at a Kafka that asks who is there', () => {
  const { take, folder } = testWorld()
  let kafka: SecureKafka
  let store: EventStoreDbServer
  beforeAll(async () => {
    kafka = await startSecureKafka(['doctor', 'ledger'])
    store = await startEventStoreDb()
    for (const name of Object.values(topics)) {
      await kafka.grant(
        'doctor',
        { on: 'topic', name, may: 'describe' },
        { on: 'topic', name, may: 'describe-configs' },
      )
    }
  }, 120_000)
  afterAll(async () => {
    await store?.stop()
    await kafka?.discard()
  })

  const as = (user: string, secret = password) => [
    `--kafka=${kafka.good}`,
    `--kafka-tls=${kafka.ca}`,
    '--kafka-auth=scram-sha-256',
    `--kafka-user=${user}`,
    `--kafka-secret=${kafka.secretFile(`${user}.secret`, secret)}`,
  ]

  it('are told what is encrypted, and as whom they are there', async () => {
    const made = await take(['doctor', `--kafka=${kafka.bootstrap}`, '--create', '--partitions=1'])
    expect(made.out).toMatch(/^note +the way to Kafka: not encrypted; as nobody$/m)
    const { code, out } = await take(['doctor', ...as('doctor'), '--partitions=1'])
    expect(out).toMatch(
      /^ok +the way to Kafka: encrypted; .*ca\.crt knows who signs the brokers; as doctor, by SCRAM-SHA-256$/m,
    )
    for (const name of Object.values(topics)) expect(out).toContain(`${name}: as specified`)
    expect(code).toBe(exitCodes.ok)
  })

  it('end with the reason where the password is wrong', async () => {
    const { code, out } = await take(['doctor', ...as('doctor', 'wrong')])
    expect([code, out]).toEqual([exitCodes.unavailable, expect.stringMatching(/[Aa]uthentication failed/)])
    const env = {
      NOVATION_KAFKA: kafka.good,
      NOVATION_KAFKA_TLS: kafka.ca,
      NOVATION_KAFKA_AUTH: 'plain',
      NOVATION_KAFKA_USER: 'ledger',
      NOVATION_KAFKA_SECRET: kafka.secretFile('ledger.secret', 'wrong'),
      NOVATION_EVENTSTORE: store.connectionString,
      NOVATION_PARTITIONS: '1',
      NOVATION_DATA: folder('secure-data'),
    }
    const service = startService('ledger', env)
    expect(await service.ended).toBe(exitCodes.unavailable)
    expect(lastWords(service)).toMatchObject({ exit: 5, msg: expect.stringMatching(/[Aa]uthentication failed/) })
  })
})
