import { topics } from '@novation/events'
import type { Bus } from '@novation/platform'
import { makeTopic, publishCompressed, removeTopic } from '@novation/platform/kit'
import { runNovation } from '../test-process'
import { crash } from './kit/crash'
import { describeNode, type KafkaNode, startNode } from './kit/kafka-node'
import { openRealMesh, type RealMesh, serviceNames, until } from './kit/real-mesh'
import { lastWords, type ServiceProcess } from './kit/service-process'
import { expectLedgerAsFolded, expectSound } from './kit/sound'

let pools = 0
const nextPool = () => `out${Date.now().toString(36)}x${pools++}`

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

describeNode('the mesh while Kafka is out', () => {
  let node: KafkaNode
  let mesh: RealMesh
  /** A service whose Kafka never answers, so that its patience ends while the other tests run. */
  let forlorn: ServiceProcess | undefined
  let store: RealMesh

  beforeAll(async () => {
    node = await startNode()
    store = await openRealMesh(node.bootstrap, nextPool())
    await store.start('margin', { NOVATION_KAFKA: '127.0.0.1:1' })
    forlorn = store.services.get('margin')
  })

  afterAll(async () => {
    await store.stop('SIGKILL')
    await node.discard()
  })

  beforeEach(async () => {
    mesh = await openRealMesh(node.bootstrap, nextPool())
  })

  afterEach(async () => {
    node.thaw()
    await mesh.stop()
  })

  const livez = async (service: ServiceProcess | undefined) => (await fetch(`${service?.url()}/livez`)).status
  const turns = (service: ServiceProcess | undefined, status: number) =>
    until(
      async () => (await livez(service)) === status,
      () => `/livez is not ${status}`,
      30_000,
    )

  it('turns /livez red on a consumer that stalled though its process lives, and green once it goes on', async () => {
    await mesh.start('margin', { NOVATION_STALLED_AFTER: '2' })
    const margin = mesh.services.get('margin')
    await turns(margin, 200)
    node.freeze()
    await turns(margin, 503)
    expect((await fetch(`${margin?.url()}/readyz`)).status).toBe(503)
    expect(margin?.exited()).toBe(false)
    node.thaw()
    await turns(margin, 200)
  })

  it('goes on where Kafka was killed in the middle: each command is decided once, nothing is due, the state is that of its history', async () => {
    await Promise.all(serviceNames.map((name) => mesh.start(name)))
    const commands = crash(mesh.pool, Date.now())
    await mesh.send(...commands.slice(0, 24))
    await node.kill()
    const sending = mesh.send(...commands.slice(24, 28))
    await node.start()
    await sending
    // Who is liquidated may be so for less than half a second: the ledger says that somebody was.
    await until(
      async () => (await mesh.ledger()).some(({ type }) => type === 'LiquidationStarted'),
      () => 'nobody is liquidated',
    )
    await node.kill()
    await node.start()
    await mesh.send(...commands.slice(28))
    await expectSound(mesh, commands)
    expect([...mesh.services.values()].filter((service) => service.exited())).toEqual([])
    await expectLedgerAsFolded(mesh)
  })

  it('goes on where Kafka was lost with all that was in it, made anew as docs/operations.md says', async () => {
    await Promise.all(serviceNames.map((name) => mesh.start(name)))
    const commands = crash(mesh.pool, Date.now())
    await mesh.send(...commands.slice(0, 22))
    await expectSound(mesh, commands.slice(0, 22))
    await mesh.services.get('ledger')?.kill('SIGTERM')
    const before = await mesh.revision()
    await mesh.send(...commands.slice(22, 25))
    await node.discard()

    await mesh.stopServices()
    node = await startNode(Number(node.bootstrap.split(':')[1]))
    expect((await runNovation(['doctor', '--create'], mesh.env)).code).toBe(0)
    await mesh.start('ledger')
    await Promise.all(serviceNames.slice(1).map((name) => mesh.start(name)))
    await mesh.send(...commands.slice(20))
    await expectSound(mesh, commands)
    expect(Math.min(...(await revisionsUpTo(mesh.bus, mesh.pool, await mesh.revision())))).toBeGreaterThan(before)
    await expectLedgerAsFolded(mesh)
  })

  it('ends a service whose consumer crashed for good, with exit 5 and the reason as its last words', async () => {
    await mesh.start('margin')
    const margin = mesh.services.get('margin')
    await removeTopic(node.bootstrap, topics.events)
    await makeTopic(node.bootstrap, topics.events)
    await publishCompressed(node.bootstrap, topics.events, 'x'.repeat(1_000))
    expect(await margin?.ended).toBe(5)
    expect(lastWords(margin)).toMatchObject({ level: 60, exit: 5, services: ['margin'] })
    expect(lastWords(margin).msg).toMatch(/^a part this service depends on is gone for good: .*Snappy/)
  })

  it('ends a service that reached no broker for a minute, with exit 5 and the reason as its last words', async () => {
    expect(await forlorn?.ended).toBe(5)
    expect(lastWords(forlorn)).toMatchObject({ level: 60, exit: 5, services: ['margin'] })
    expect(lastWords(forlorn).msg).toMatch(/^a part this service depends on is gone for good: .*ECONNREFUSED/)
  })
})
