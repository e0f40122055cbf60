import { statementOf } from '@novation/clearing'
import { canonicalJson, type LedgerEvent } from '@novation/events'
import { startMesh, submit } from '@novation/platform'
import { serviceReactors } from '../run/reactors'
import { crash } from './kit/crash'
import { metricOf, openRealMesh, type RealMesh, serviceNames, until } from './kit/real-mesh'

const bootstrap = process.env.NOVATION_TEST_KAFKA
const describeKafka = bootstrap === undefined ? describe.skip : describe
/** How often the long runs kill something: more by hand and at night. */
const kills = Number(process.env.NOVATION_KILLS ?? 3)

const now = () => Date.now()
let pools = 0
const nextPool = () => `live${Date.now().toString(36)}x${pools++}`

/** What is not as it must be of a ledger that has had time: lost, doubled, or still to do. */
const unsound = async (mesh: RealMesh, sent: readonly { readonly id: string }[]): Promise<readonly string[]> => {
  const events = await mesh.ledger()
  const outcomes = events.flatMap(({ metadata: { command } }) => (command === undefined ? [] : [command.id]))
  const pool = await mesh.folded()
  return [
    ...sent.filter(({ id }) => !outcomes.includes(id)).map(({ id }) => `${id} has no outcome`),
    ...outcomes.filter((id, i) => outcomes.indexOf(id) !== i).map((id) => `${id} was decided twice`),
    ...Object.entries(pool.standing.duties).flatMap(([duty, names]) =>
      [...names].map((name) => `${duty} ${name} is due`),
    ),
    ...statementOf(pool).assets.flatMap(({ asset, imbalance }) =>
      imbalance === '0' ? [] : [`${asset} is off by ${imbalance}`],
    ),
  ]
}

/** A killed consumer keeps its partition until its session ends, so the mesh is given time; in the end all must hold. */
const expectSound = async (mesh: RealMesh, sent: readonly { readonly id: string }[]): Promise<void> => {
  let wrong: readonly string[] = []
  await until(
    async () => {
      await mesh.quiet()
      wrong = await unsound(mesh, sent)
      return wrong.length === 0
    },
    () => wrong.slice(0, 5).join('; '),
  )
}

const told = ({ type, data, postings }: LedgerEvent): string =>
  canonicalJson({ type, data, postings }).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'T')

describeKafka('the mesh over Kafka and EventStoreDB, a process a service', () => {
  let mesh: RealMesh
  let pool: string

  beforeEach(async () => {
    pool = nextPool()
    mesh = await openRealMesh(bootstrap ?? '', pool)
    await Promise.all(serviceNames.map((name) => mesh.start(name)))
  })

  afterEach(() => mesh.stop())

  it('takes a crash to its end: nothing lost, doubled or left to do, and the ledger folds to what the live one reports', async () => {
    const commands = crash(pool, now())
    await mesh.send(...commands)
    await expectSound(mesh, commands)
    const events = await mesh.ledger()
    const types = new Set(events.map(({ type }) => type))
    expect([...types]).toEqual(
      expect.arrayContaining(['MarginCall', 'LiquidationStarted', 'Deleveraged', 'LiquidationEnded']),
    )
    expect(await metricOf(mesh.services.get('ledger'), 'novation_ledger_revision')).toBe(events.length - 1)
    expect(mesh.services.get('ledger')?.log()).not.toContain('"level":60')
  })

  it('makes the very events of a run when each command is given time, but for times and hashes', async () => {
    const commands = crash(pool, now())
    for (const command of commands) {
      await mesh.send(command)
      await mesh.quiet(command.type === 'PublishPrice' ? 1_500 : 300)
    }
    let run = startMesh(pool, serviceReactors(pool))
    const expected: LedgerEvent[] = []
    const live = await mesh.ledger()
    for (const event of live) {
      const { command } = event.metadata
      if (command === undefined || command.actor.startsWith('keeper') || !['operator', 'clock'].includes(command.actor))
        continue
      const step = submit(run, command, new Date(event.at).getTime(), 10_000)
      run = step.mesh
      expected.push(...step.events)
    }
    expect(live.map(told)).toEqual(expected.map(told))
    await expectSound(mesh, commands)
  })

  it('survives kill -9 of any service at any moment', async () => {
    const commands = crash(pool, now())
    const portion = Math.max(1, Math.min(4, Math.floor(commands.length / kills)))
    let killed = 0
    for (let i = 0; i < commands.length; i += portion) {
      await mesh.send(...commands.slice(i, i + portion))
      const victim = serviceNames[killed % serviceNames.length]
      if (victim === undefined || killed >= kills) continue
      killed += 1
      await mesh.services.get(victim)?.kill('SIGKILL')
      await mesh.start(victim)
    }
    expect(killed).toBe(kills)
    await expectSound(mesh, commands)
  })

  it('survives the store being killed in the middle, without posting twice', async () => {
    const commands = crash(pool, now())
    await mesh.send(...commands.slice(0, 20))
    await mesh.restartStore()
    await mesh.send(...commands.slice(20))
    await expectSound(mesh, commands)
  })

  it('dead-letters what it cannot read, and its neighbours go through', async () => {
    const [first, ...rest] = crash(pool, now())
    await mesh.send(
      first,
      '{"id":',
      { ...rest[0], id: 'odd', type: 'Bribe' },
      { ...rest[0], id: 'elsewhere', pool: `${pool}y` },
      ...rest,
    )
    await expectSound(
      mesh,
      [first, ...rest].flatMap((command) => (command === undefined ? [] : [command])),
    )
    const dead: string[] = []
    const stop = new AbortController()
    const reading = mesh.bus.subscribe(
      { topic: 'novation.dead-letters', group: `reader-${pool}`, from: 'beginning' },
      async (batch) => {
        dead.push(...batch.filter(({ key }) => key === pool).map(({ headers }) => headers.dead_reason ?? ''))
        return batch.length
      },
      stop.signal,
    )
    await until(
      () => dead.length >= 3,
      () => `dead letters: ${dead.join(', ')}`,
    )
    stop.abort()
    await reading
    expect(dead.sort()).toEqual(['malformed', 'malformed', 'unknown-pool'])
  })

  it('stops in good order when told to, with exit code 0', async () => {
    const codes = await Promise.all([...mesh.services.values()].map((service) => service.kill('SIGTERM')))
    expect(codes).toEqual(serviceNames.map(() => 0))
  })

  it('fences a second ledger of the same pool: one history, and no command lost', async () => {
    const commands = crash(pool, now())
    const first = mesh.services.get('ledger')
    await mesh.start('ledger')
    await mesh.send(...commands)
    await expectSound(mesh, commands)
    await first?.kill('SIGKILL')
  })
})
