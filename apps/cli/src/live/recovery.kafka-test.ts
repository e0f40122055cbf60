import { type Command, topics } from '@novation/events'
import type { Bus } from '@novation/platform'
import { removeTopic } from '@novation/platform/kit'
import { runNovation } from '../test-process'
import { crash } from './kit/crash'
import { describeNode, type KafkaNode, startNode } from './kit/kafka-node'
import { openRealMesh, type RealMesh, serviceNames, until } from './kit/real-mesh'
import { lastWords, type ServiceProcess } from './kit/service-process'
import { expectLedgerAsFolded, expectSound, outcomesIn } from './kit/sound'

/** The revisions that a reader of the events finds from the beginning, until it finds this one. */
const revisionsUpTo = async (bus: Bus, pool: string, head: number): Promise<readonly number[]> => {
  const revisions: number[] = []
  const stop = new AbortController()
  const reading = bus.subscribe(
    { topic: topics.events, group: `reader-${pool}`, from: 'beginning' },
    async (batch) => {
      revisions.push(...batch.filter(({ key }) => key === pool).map(({ headers }) => Number(headers.ce_sequence)))
      return batch.length
    },
    stop.signal,
  )
  await until(
    () => revisions.includes(head),
    () => `${revisions.at(-1)} of ${head}`,
  )
  stop.abort()
  await reading
  return revisions
}

describeNode('what docs/operations.md says under "Recover"', () => {
  let node: KafkaNode
  let mesh: RealMesh
  let commands: readonly Command[]

  beforeAll(async () => {
    node = await startNode()
  })
  afterAll(() => node.discard())

  const begin = async (pool: string): Promise<void> => {
    mesh = await openRealMesh(node.bootstrap, pool)
    await Promise.all(serviceNames.map((name) => mesh.start(name)))
    commands = crash(pool, Date.now())
  }
  afterEach(() => mesh.stop('SIGKILL'))

  const novation = async (...words: readonly string[]): Promise<unknown> => (await runNovation(words, mesh.env)).code
  const startAll = async (): Promise<void> => {
    await mesh.start('ledger')
    await Promise.all(serviceNames.slice(1).map((name) => mesh.start(name)))
  }

  it('goes on where Kafka was lost with all that was in it', async () => {
    await begin('kafkalost')
    await mesh.send(...commands.slice(0, 22))
    await expectSound(mesh, commands.slice(0, 22))
    await mesh.services.get('ledger')?.kill('SIGTERM')
    const before = await mesh.revision()
    await mesh.send(...commands.slice(22, 25))
    await node.discard()

    await mesh.stopServices()
    node = await startNode(Number(node.bootstrap.split(':')[1]))
    expect(await novation('doctor', '--create')).toBe(0)
    await startAll()
    await mesh.send(...commands.slice(20))
    await expectSound(mesh, commands)
    expect(Math.min(...(await revisionsUpTo(mesh.bus, mesh.pool, await mesh.revision())))).toBeGreaterThan(before)
    await expectLedgerAsFolded(mesh)
  })

  it('goes on where EventStoreDB was restored from a backup: first everybody stops, then history is made anew', async () => {
    await begin('restored')
    const service = (name: string): ServiceProcess | undefined => mesh.services.get(name)
    await mesh.send(...commands.slice(0, 24))
    await expectSound(mesh, commands.slice(0, 24))
    mesh.backup()
    const kept = await mesh.revision()
    await service('margin')?.kill('SIGTERM')
    await mesh.send(...commands.slice(24, 28))
    await until(
      async () => outcomesIn(await mesh.ledger()).includes(commands[27]?.id ?? ''),
      () => 'the last price has no outcome',
    )
    await mesh.quiet()
    expect(await mesh.revision()).toBeGreaterThan(kept)
    await service('keeper')?.kill('SIGTERM')

    // Nobody was told: each that notices stops by itself.
    await mesh.restore()
    await mesh.send(...commands.slice(28, 29))
    expect(await service('ledger')?.ended).toBe(5)
    expect(lastWords(service('ledger')).msg).toMatch(/^fenced: /)
    await mesh.start('ledger')
    expect(await service('liquidator')?.ended).toBe(3)
    expect(lastWords(service('liquidator'))).toMatchObject({
      level: 60,
      exit: 3,
      msg: expect.stringMatching(/^fork: /),
    })
    await expect(mesh.start('keeper')).rejects.toThrow('beyond the head of the store')
    expect(await service('keeper')?.ended).toBe(3)

    await mesh.stopServices()
    expect(await novation('verify', `--pool=${mesh.pool}`)).toBe(0)
    mesh.forget()
    await removeTopic(node.bootstrap, topics.events)
    expect(await novation('doctor', '--create')).toBe(0)
    await startAll()
    await mesh.send(...commands)
    await expectSound(mesh, commands)
    await expectLedgerAsFolded(mesh)
    expect([...mesh.services.values()].filter(({ exited, name }) => exited() && name !== 'ledger')).toEqual([])
  })
})
