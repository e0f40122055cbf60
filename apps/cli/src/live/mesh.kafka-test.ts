import { emptyPool } from '@novation/clearing'
import { type Command, canonicalJson, type LedgerEvent, topics } from '@novation/events'
import { openKafkaBus, startMesh, submit } from '@novation/platform'
import { serviceReactors } from '../run/reactors'
import { crash } from './kit/crash'
import { deadLettersOf } from './kit/dead-letters'
import { metricOf, openRealMesh, type RealMesh, serviceNames, until } from './kit/real-mesh'
import { expectLedgerAsFolded, expectSound, nothingOpen } from './kit/sound'

const bootstrap = process.env.NOVATION_TEST_KAFKA
const describeKafka = bootstrap === undefined ? describe.skip : describe
/** How often the long runs kill something: more by hand and at night. */
const kills = Number(process.env.NOVATION_KILLS ?? 3)

const now = () => Date.now()
let pools = 0
const nextPool = () => `live${Date.now().toString(36)}x${pools++}`

const told = ({ type, data, postings }: LedgerEvent): string =>
  canonicalJson({ type, data, postings }).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'T')

const isDriven = ({ metadata: { command } }: LedgerEvent): boolean => command?.actor === 'operator'

/** The history in parts, each begun by a command of the driver. Who of two services is heard first, no rule says. */
const partsOf = (events: readonly LedgerEvent[]): readonly (readonly string[])[] => {
  const parts: string[][] = []
  for (const event of events) {
    if (isDriven(event)) parts.push([])
    parts.at(-1)?.push(told(event))
  }
  return parts.map((part) => part.sort())
}

/** What `novation run` makes of the commands that came from outside, at the times at which the ledger decided them. */
const run = (pool: string, live: readonly LedgerEvent[]): readonly LedgerEvent[] => {
  const book = emptyPool(pool)
  const mesh = startMesh(book, serviceReactors(book))
  return live.flatMap(({ at, metadata: { command } }) => {
    if (command === undefined || !['operator', 'clock'].includes(command.actor)) return []
    return submit(mesh, command, new Date(at).getTime(), 10_000).events
  })
}

describeKafka('the mesh over Kafka and EventStoreDB, a process a service', () => {
  let mesh: RealMesh
  let pool: string
  let commands: readonly Command[]

  beforeEach(async () => {
    pool = nextPool()
    mesh = await openRealMesh(bootstrap ?? '', pool)
    await Promise.all(serviceNames.map((name) => mesh.start(name)))
    commands = crash(pool, now())
  })

  afterEach(() => mesh.stop())

  it('takes a crash to its end: nothing lost, doubled or left to do; told to stop, each stops in good order, the ledger at the state that its history folds to', async () => {
    await mesh.send(...commands)
    await expectSound(mesh, commands)
    const events = await mesh.ledger()
    const types = new Set(events.map(({ type }) => type))
    expect([...types]).toEqual(
      expect.arrayContaining(['MarginCall', 'LiquidationStarted', 'Deleveraged', 'LiquidationEnded']),
    )
    expect(await metricOf(mesh.services.get('ledger'), 'novation_ledger_revision')).toBe(events.length - 1)
    await expectLedgerAsFolded(mesh)
    expect(await mesh.stopServices()).toEqual(serviceNames.map(() => 0))
  })

  it('makes the events of a run when each command is given time, but for times and hashes', async () => {
    // On a slow machine no turn must end before who has it was heard.
    commands = crash(pool, now())
    for (const command of commands) {
      await mesh.send(command)
      await until(
        async () => (await mesh.ledger()).some(({ metadata }) => metadata.command?.id === command.id),
        () => `${command.id} has no outcome`,
      )
      if (command.type !== 'PublishPrice') continue
      await mesh.quiet(500)
      await nothingOpen(mesh)
    }
    const live = await mesh.ledger()
    expect(partsOf(live)).toEqual(partsOf(run(pool, live)))
    expect(live.filter(isDriven)).toHaveLength(commands.length)
  })

  it('survives kill -9 of any service at any moment', async () => {
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
    await expectLedgerAsFolded(mesh)
  })

  it('posts nothing twice where the connection to the store breaks in an append, or the store is killed', async () => {
    const uncertain = async () => (await metricOf(mesh.services.get('ledger'), 'novation_append_retries_total')) ?? 0
    const broken = ['drop-after', 'drop', 'drop-after'] as const
    for (const [n, kind] of broken.entries()) {
      await mesh.quiet(400)
      mesh.store.arm('append', { kind }, 1)
      await mesh.send(...commands.slice(n * 7, n * 7 + 7))
      await until(
        async () => (await uncertain()) > n,
        () => `the append did not meet the fault: ${kind}`,
      )
    }
    await mesh.restartStore()
    mesh.store.arm('append', { kind: 'drop-after' }, 3)
    await mesh.send(...commands.slice(21))
    await expectSound(mesh, commands)
    await expectLedgerAsFolded(mesh)
  })

  it('dead-letters what it cannot take, whole and with the reason, and its neighbours go through', async () => {
    const [first, second, ...rest] = commands
    const padded = { ...second, id: 'large', padding: 'x'.repeat(65_536) }
    await mesh.send(
      first,
      '{"id":',
      { ...second, id: 'odd', type: 'Bribe' },
      padded,
      { ...second, id: 'elsewhere', pool: `${pool}y` },
      second,
      ...rest,
    )
    await expectSound(mesh, commands)
    const dead = await deadLettersOf(mesh.bus, pool, 4)
    expect(dead.map(([code, text]) => `${code}: ${text}`).sort()).toEqual([
      expect.stringMatching(/^malformed: \d+ bytes long; the limit is 65536$/),
      expect.stringMatching(/^malformed: not JSON/),
      expect.stringMatching(/^malformed: type/),
      `unknown-pool: no ledger here leads the pool ${pool}y`,
    ])
    expect(dead.map(([, , value]) => value)).toContain(JSON.stringify(padded))
  })

  it('fences a second ledger of the same pool: one history, and no command lost', async () => {
    const first = mesh.services.get('ledger')
    await mesh.start('ledger')
    await mesh.send(...commands)
    await expectSound(mesh, commands)
    await first?.kill('SIGKILL')
  })
})

describeKafka('a record larger than Kafka takes', () => {
  it('never reaches the mesh: whoever sends it is told, by our client before it is sent and else by the broker', async () => {
    const open = (maxRecord_bytes: number) =>
      openKafkaBus({
        brokers: [bootstrap ?? ''],
        clientId: 'huge',
        logger: { debug: () => undefined, warn: () => undefined },
        topics: [{ topic: topics.commands, partitions: 1, maxRecord_bytes }],
      })
    const huge = { key: 'huge', value: 'x'.repeat(1_200_000), headers: {} }
    for (const [limit_bytes, reason] of [
      [1_000_000, /takes \d+ bytes/],
      [10_000_000, /larger than the max message size/],
    ] as const) {
      const bus = open(limit_bytes)
      const outcome = await bus.publish(topics.commands, [huge])()
      await bus.close()
      expect(outcome).toMatchObject({ left: { tag: 'refused', reason: expect.stringMatching(reason) } })
    }
  })
})
