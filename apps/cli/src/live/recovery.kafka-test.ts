import { topics } from '@novation/events'
import { removeTopic } from '@novation/platform/kit'
import { runNovation } from '../test-process'
import { crash } from './kit/crash'
import { describeNode, type KafkaNode, startNode } from './kit/kafka-node'
import { openRealMesh, type RealMesh, serviceNames, until } from './kit/real-mesh'
import { lastWords, type ServiceProcess } from './kit/service-process'
import { expectLedgerAsFolded, expectSound, outcomesIn } from './kit/sound'

describeNode('a store restored from a backup', () => {
  let node: KafkaNode
  let mesh: RealMesh

  beforeAll(async () => {
    node = await startNode()
    mesh = await openRealMesh(node.bootstrap, 'restored')
  })
  afterAll(async () => {
    await mesh.stop('SIGKILL')
    await node.discard()
  })

  const novation = async (...words: readonly string[]): Promise<unknown> => (await runNovation(words, mesh.env)).code

  it('stops whoever notices, and the mesh goes on by the steps of docs/operations.md', async () => {
    await Promise.all(serviceNames.map((name) => mesh.start(name)))
    const commands = crash(mesh.pool, Date.now())
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
    await mesh.start('ledger')
    await Promise.all(serviceNames.slice(1).map((name) => mesh.start(name)))
    await mesh.send(...commands)
    await expectSound(mesh, commands)
    await expectLedgerAsFolded(mesh)
    expect([...mesh.services.values()].filter(({ exited, name }) => exited() && name !== 'ledger')).toEqual([])
  })
})
