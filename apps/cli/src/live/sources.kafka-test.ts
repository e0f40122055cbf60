import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SigningKey, signingKey } from '@novation/events'
import { actorsIn, opening, type QuotedPool, ticker } from './kit/quoted-pool'
import { metricOf, openRealMesh, type RealMesh, until } from './kit/real-mesh'

const bootstrap = process.env.NOVATION_TEST_KAFKA
const describeKafka = bootstrap === undefined ? describe.skip : describe

/** A folder with the keys of all these, as services read it. */
const keysIn = (folder: string, actors: readonly string[]): ((actor: string) => SigningKey) => {
  const keys = new Map(
    actors.map((actor) => {
      const { privateKey } = generateKeyPairSync('ed25519')
      writeFileSync(join(folder, `${actor}.pem`), privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 })
      return [actor, signingKey(privateKey)] as const
    }),
  )
  return (actor) => {
    const key = keys.get(actor)
    if (key === undefined) throw new Error(`${actor} has no key`)
    return key
  }
}

describeKafka('prices by sources in processes of their own, carried over Kafka by two oracles', () => {
  const pool = `quoted${Date.now().toString(36)}`
  // Quotes have no pool: whoever reads their topic finds those of other tests too.
  const sources = [1, 2, 3].map((nth) => `${pool}-${nth}`)
  const folder = mkdtempSync(join(tmpdir(), 'novation-sources-'))
  const quoted: QuotedPool = { pool, domain: 'd0', sources, quorum: 3, keyOf: keysIn(folder, actorsIn(sources)) }
  let mesh: RealMesh
  const oracles = ['oracle one', 'oracle two']

  beforeAll(async () => {
    mesh = await openRealMesh(bootstrap ?? '', pool)
    const settings = { NOVATION_KEYS: folder, NOVATION_TICK: '0' }
    await Promise.all([
      mesh.start('ledger', settings),
      ...sources.map((NOVATION_SOURCE) =>
        mesh.start('source', { ...settings, NOVATION_SOURCE, NOVATION_VENUE: 'coinbase' }),
      ),
      ...['one', 'two'].map((NOVATION_INSTANCE) => mesh.start('oracle', { ...settings, NOVATION_INSTANCE })),
    ])
    await mesh.send(...opening(quoted, Date.now()))
    await until(
      async () => (await mesh.ledger()).some(({ type }) => type === 'IndexSet'),
      () => 'there is no index',
    )
  })

  afterAll(async () => {
    await mesh.stop('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  /** What each source is told by its venue, a dollar apart. */
  const say = (price: number): void => {
    for (const [i, source] of sources.entries())
      mesh.services.get(`source ${source}`)?.tell(ticker(Date.now(), price + i - 1))
  }
  const ticks = async () => (await mesh.ledger()).flatMap(({ type, data }) => (type === 'IndexTicked' ? [data] : []))
  const ticked = (price: number) =>
    until(
      async () => (await ticks()).some((tick) => tick.price === String(price)),
      () => `no tick at ${price}`,
      90_000,
    )
  const asks = async (oracle: string): Promise<number> =>
    (await metricOf(
      mesh.services.get(oracle),
      `novation_reactor_asks_total{service="oracle",pool="${pool}",type="PublishQuotes"}`,
    )) ?? 0

  it('go on where the one that carries is killed in the middle: what was said last is there, and nothing twice', async () => {
    for (const price of [100, 101, 102]) {
      say(price)
      await ticked(price)
    }
    const carried = await Promise.all(oracles.map(asks))
    const [carrier = '', other = ''] = (carried[0] ?? 0) > 0 ? oracles : oracles.toReversed()
    say(103)
    await mesh.services.get(carrier)?.kill('SIGKILL')
    // It dies with this in hand, or before it has seen it; and this is said while nobody carries.
    say(104)
    await ticked(104)
    say(105)
    await ticked(105)
    expect(await asks(other)).toBeGreaterThan(0)
    const events = await mesh.ledger()
    const taken = events.flatMap((event) => (event.type === 'QuotesTaken' ? event.data.taken : []))
    expect(new Set(taken.map(({ source, at }) => `${source} ${at}`)).size).toBe(taken.length)
    for (const source of sources) {
      const own = taken.filter((quote) => quote.source === source)
      expect(own.map(({ at }) => at)).toEqual(own.map(({ at }) => at).sort())
      expect(Number(own.at(-1)?.price)).toBe(104 + sources.indexOf(source))
    }
    const observed = (await ticks()).map(({ observedAt }) => observedAt)
    expect(observed).toEqual([...observed].sort())
    expect((await ticks()).at(-1)?.sources).toEqual(sources)
    expect(events.some(({ type }) => type === 'SourceEquivocated' || type === 'CommandRejected')).toBe(false)
  })
})
