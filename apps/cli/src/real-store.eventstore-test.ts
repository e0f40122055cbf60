import { topics } from '@novation/events'
import { runLedger } from '@novation/ledger'
import { meshTopics, openEventStoreDb, openMemoryBus, systemScheduler } from '@novation/platform'
import { exitCodes } from './exit-code'
import { answersAsTheFolder } from './kit/answers-as-the-folder'
import { testWorld } from './test-world'

/** A server that may be written to, as an administrator where it knows users; it keeps what these tests write. */
const real = process.env.NOVATION_TEST_EVENTSTORE || undefined
const suite = real === undefined ? describe.skip : describe
const freshPool = (): string => `t${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`

answersAsTheFolder(
  'a real EventStoreDB',
  async () => ({ connectionString: real ?? '', pool: freshPool(), close: async () => undefined }),
  suite,
)

suite('the ledger on a real EventStoreDB', () => {
  const world = testWorld()
  const connectionString = real ?? ''
  const pool = freshPool()
  const bus = openMemoryBus({ topics: meshTopics(1), scheduler: systemScheduler })
  afterAll(() => bus.close())

  const standing = async (): Promise<readonly string[]> => {
    const store = openEventStoreDb(connectionString)
    const ids: string[] = []
    for await (const { body } of store.read(`ledger-${pool}`, 0)) ids.push(JSON.parse(body).metadata.commandId)
    await store.close()
    return ids
  }

  const sent: string[] = []
  const live = async (count: number): Promise<void> => {
    const stop = new AbortController()
    const store = openEventStoreDb(connectionString, { stop: stop.signal })
    const running = runLedger({ pools: [pool], store, bus, scheduler: systemScheduler }, stop.signal)
    for (let i = 0; i < count; i += 1) {
      const account = `a${sent.length}`
      sent.push(account)
      const command = { id: account, type: 'OpenAccount', pool, actor: 'venue', data: { account } }
      await bus.publish(topics.commands, [{ key: pool, value: JSON.stringify(command), headers: {} }])()
    }
    while ((await standing()).length < sent.length) await systemScheduler.sleep(50)
    stop.abort()
    await running
    await store.close()
  }

  it('takes commands in life after life, each once and in order, and is proved', async () => {
    for (const count of [20, 1, 50]) await live(count)
    expect(await standing()).toEqual(sent)
    const { code, err } = await world.take(['verify', `--eventstore=${connectionString}`, `--pool=${pool}`])
    expect({ code, err }).toEqual({ code: exitCodes.ok, err: '' })
  })

  it('is found well by the doctor, but for what protects it', async () => {
    const { out } = await world.take(['doctor', `--eventstore=${connectionString}`, `--pools=${pool}`])
    const wrong = out.split('\n').filter((line) => /^(wrong|unavailable)/.test(line))
    expect(wrong.filter((line) => !line.includes('against deletion'))).toEqual([])
    expect(out).toMatch(new RegExp(`^ok +writing ledger-${pool}: allowed$`, 'm'))
  })
})
