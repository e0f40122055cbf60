import { answersTo, expected, siege } from './kit/attacks'
import { deadLettersOf } from './kit/dead-letters'
import { openRealMesh, until } from './kit/real-mesh'

const bootstrap = process.env.NOVATION_TEST_KAFKA
const describeKafka = bootstrap === undefined ? describe.skip : describe

describeKafka('attacks on a signed pool, over Kafka', () => {
  it('are turned away one by one, each with its reason, and leave alone what is right', async () => {
    const pool = `siege${Date.now().toString(36)}`
    const { begun, refused, rejected } = siege(pool, 'd0', Date.now())
    const mesh = await openRealMesh(bootstrap ?? '', pool)
    try {
      await mesh.start('ledger')
      await mesh.send(...begun, ...refused.map(({ text }) => text), ...rejected.map(({ text }) => text))
      const dead = await deadLettersOf(mesh.bus, pool, refused.length)
      expect(answersTo(refused, dead)).toEqual(expected(refused))
      const wanted = begun.length + rejected.length
      await until(
        async () => (await mesh.revision()) >= wanted - 1,
        () => 'the ledger is not there yet',
      )
      const told = (await mesh.ledger()).flatMap(({ type, data, metadata: { command } }) =>
        command === undefined ? [] : [[command.id, type === 'CommandRejected' ? data.code : 'accepted']],
      )
      expect(told).toEqual([
        ...begun.map(({ id }) => [id, 'accepted']),
        ...rejected.map(({ text, code }) => [JSON.parse(text).id, code]),
      ])
    } finally {
      await mesh.stop('SIGKILL')
    }
  })
})
