import { type EventStoreDbServer, makeAuthority, startEventStoreDb } from '@novation/testing'
import fc from 'fast-check'
import { exitCodes } from '../exit-code'
import { testWorld } from '../test-world'
import { mostInASecond, stormyLedger } from './kit/stormy-ledger'

const world = testWorld()
jest.setTimeout(120_000)

type Ledger = ReturnType<typeof stormyLedger>

/** What goes wrong, how long it lasts, and how it comes right again. */
type Trouble = (server: EventStoreDbServer, ledger: Ledger) => Promise<void>

const away =
  (ms: number): Trouble =>
  async (server, ledger) => {
    await server.shut()
    await ledger.send(2)
    await ledger.goOn(ms, Math.min(100, 10 + ms / 1_000))
    await server.reopen()
  }

const during =
  (begin: (server: EventStoreDbServer) => void, ms: number): Trouble =>
  async (server, ledger) => {
    begin(server)
    await ledger.send(2)
    await ledger.goOn(ms, 30)
    server.faults.heal()
  }

const troubles: Readonly<Record<string, Trouble>> = {
  'is away for a second': away(1_000),
  'is away for ten seconds': away(10_000),
  'is away for ten minutes': away(600_000),
  'has its connections swallowed': async (server, ledger) => {
    server.freeze()
    await ledger.send(2)
  },
  'has a connection swallowed after an append, before the answer': during(
    (server) => server.faults.arm('append', { kind: 'freeze' }, 1),
    4_000,
  ),
  'takes the right to write, and gives it back': during(
    (server) => server.faults.arm('append', { kind: 'forbid' }),
    30_000,
  ),
  'takes the right to read, and gives it back': during(
    (server) => server.faults.arm('read', { kind: 'forbid' }),
    30_000,
  ),
  'does not know its user for a while': during((server) => {
    for (const operation of ['append', 'read'] as const) server.faults.arm(operation, { kind: 'unauthenticated' })
    server.drop()
  }, 30_000),
  'gives up an append, and does it all the same': during(
    (server) => server.faults.arm('append', { kind: 'timeout', delay_ms: 20 }, 1),
    2_000,
  ),
  'breaks the connection after an append, before the answer': during(
    (server) => server.faults.arm('append', { kind: 'drop-after' }, 1),
    2_000,
  ),
  'has a full disk, until there is room': async (server, ledger) => {
    server.faults.arm('append', { kind: 'full-disk' }, 1)
    await ledger.send(2)
    await ledger.goOn(20_000, 30)
    await server.reopen()
  },
  'restarts, and is not ready for twelve seconds': async (server, ledger) => {
    const ready = server.restart()
    await ledger.send(2)
    await ledger.goOn(12_000, 20)
    ready()
  },
}

const kill: Trouble = async (_, ledger) => {
  await ledger.send(2)
  await ledger.kill()
}

/** The chain is whole, every command stands once and in its place, and all of it was published in order. */
const isSound = async (server: EventStoreDbServer, ledger: Ledger): Promise<void> => {
  const all = await ledger.until(() => server.count('ledger-main') >= ledger.sent.length, 120_000)
  expect({ all, stands: server.count('ledger-main') }).toEqual({ all: true, stands: ledger.sent.length })
  await ledger.goOn(15_000, 30)
  const published = (await ledger.published()).map((value): { revision: number } => JSON.parse(value))
  const firsts = published.filter(({ revision }, i) => published.findIndex((one) => one.revision === revision) === i)
  expect(firsts.map(({ revision }) => revision)).toEqual(ledger.sent.map((_, i) => i))
  const events = (server.log.stream('ledger-main')?.records ?? []).map(({ metadata }) =>
    JSON.parse(Buffer.from(metadata).toString()),
  )
  expect(events.map(({ commandId }) => commandId)).toEqual(ledger.sent)
  expect(mostInASecond(ledger.lines)).toBeLessThanOrEqual(1)
  const { code, err } = await world.take(['verify', `--eventstore=${server.connectionString}`, '--pool=main'])
  expect({ code, err }).toEqual({ code: exitCodes.ok, err: '' })
}

describe('the ledger goes on by itself, with nothing lost, twice or out of order, where its store', () => {
  let server: EventStoreDbServer
  let ledger: Ledger
  beforeEach(async () => {
    server = await startEventStoreDb()
    ledger = stormyLedger(server.connectionString)
    await ledger.send(3)
    await ledger.until(() => server.count('ledger-main') === 3)
  })
  afterEach(() => server.stop())

  it.each(Object.entries(troubles))('%s', async (_, trouble) => {
    await trouble(server, ledger)
    await ledger.send(2)
    await isSound(server, ledger)
    expect(await ledger.end()).toBe('in good order')
  })

  it('is away, and says in its health since when and why, and is alive', async () => {
    await server.shut()
    await ledger.send(1)
    await ledger.goOn(120_000, 60)
    expect(ledger.health.readiness()).toContainEqual({
      name: 'store',
      ok: false,
      detail: expect.stringMatching(/^store away since 2020-03-12T10:0\d:\d\d\.\d{3}Z: .*ECONNREFUSED/),
    })
    expect(ledger.health.live().every(({ ok }) => ok)).toBe(true)
    expect(ledger.health.without().away).toBeGreaterThan(100)
    expect(ledger.lines.map(({ text }) => text)).toEqual(
      Array(ledger.lines.length).fill('the store is away; everything waits for it, and nothing is lost'),
    )
    expect(ledger.lines.length).toBeGreaterThanOrEqual(2)
    expect(ledger.lines.length).toBeLessThanOrEqual(3)
    await server.reopen()
    await isSound(server, ledger)
    expect(ledger.health.readiness()).toContainEqual({ name: 'store', ok: true, detail: 'there' })
    expect(ledger.lines.at(-1)?.text).toBe('the store is there again')
    await ledger.end()
  })

  it('is away when it is told to stop: it stops at once', async () => {
    await server.shut()
    await ledger.send(1)
    await ledger.goOn(60_000, 30)
    expect(await ledger.end()).toMatch(/told to stop/)
  })

  it('does whatever it may, one thing after the other, and is itself killed in between', async () => {
    const short = Object.entries({ ...troubles, 'kills the ledger': kill }).filter(
      ([name]) => !/ten minutes/.test(name),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...short), { minLength: 2, maxLength: 4 }), async (some) => {
        const own = await startEventStoreDb()
        const stormy = stormyLedger(own.connectionString)
        for (const [, trouble] of some) {
          await trouble(own, stormy)
          await stormy.send(1)
          await stormy.goOn(1_000, 4)
        }
        await isSound(own, stormy)
        await stormy.end()
        await own.stop()
      }),
      { numRuns: 5 },
    )
  })
})

describe('the ledger goes on by itself where', () => {
  it('the leader moves in the middle of an append, and all nodes are named', async () => {
    const first = await startEventStoreDb()
    const second = await startEventStoreDb({ cluster: first, leader_port: first.port })
    const ledger = stormyLedger(`esdb://127.0.0.1:${first.port},127.0.0.1:${second.port}?tls=false`)
    await ledger.send(3)
    await ledger.until(() => first.count('ledger-main') === 3)
    first.faults.arm('append', { kind: 'depose', leader_port: second.port }, 1)
    second.follow(undefined)
    await ledger.send(3)
    await isSound(second, ledger)
    await ledger.end()
    await Promise.all([first.stop(), second.stop()])
  })

  it('the password is changed and changed back, and nobody is let in meanwhile', async () => {
    const authority = makeAuthority()
    const server = await startEventStoreDb({ tls: authority.issue(), users: { admin: 'secret', novation: 'secret' } })
    const options = `tlsCAFile=${encodeURIComponent(authority.file)}`
    const ledger = stormyLedger(`esdb://novation:secret@localhost:${server.port}?${options}`)
    await ledger.send(3)
    await ledger.until(() => server.count('ledger-main') === 3)
    server.setPassword('novation', 'changed')
    await ledger.send(2)
    await ledger.goOn(2_000)
    server.drop()
    await ledger.send(2)
    await ledger.goOn(90_000, 60)
    expect(ledger.health.readiness()[0]?.detail).toMatch(/^store does not let this user in since .*unauthenticated/)
    expect(ledger.health.without()).toMatchObject({ away: 0, forbidden: expect.any(Number) })
    server.setPassword('novation', 'secret')
    expect(await ledger.until(() => server.count('ledger-main') === 7, 30_000)).toBe(true)
    await ledger.goOn(10_000)
    expect(mostInASecond(ledger.lines)).toBeLessThanOrEqual(1)
    expect(await ledger.end()).toBe('in good order')
    await server.stop()
    authority.remove()
  })
})
