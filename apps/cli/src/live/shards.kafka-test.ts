import type { Command } from '@novation/events'
import { shardOf } from '@novation/platform/kit'
import { crash } from './kit/crash'
import { openRealMesh, type RealMesh, until } from './kit/real-mesh'
import { expectSound } from './kit/sound'

const bootstrap = process.env.NOVATION_TEST_KAFKA
const describeKafka = bootstrap === undefined ? describe.skip : describe

const shards = ['0/2', '1/2'] as const

/** Buyers who are called, and not liquidated, when the price falls from 5000 to 4300. */
const buyers = Array.from({ length: 8 }, (_, n) => `buyer-${n}`)
const ownedBy = (shard: number): readonly string[] => buyers.filter((buyer) => shardOf(buyer, 2) === shard)

/** The market of the crash, a seller, and the buyers with one contract each. */
const market = (pool: string): readonly Command[] => {
  const wish = (id: string, type: Command['type'], data: unknown): Command =>
    ({ id, type, pool, actor: 'operator', data }) as Command
  const fund = (account: string, amount: string) => [
    wish(`open-${account}`, 'OpenAccount', { account }),
    wish(`fund-${account}`, 'Deposit', { account, asset: 'USD', amount }),
  ]
  const begun = crash(pool, Date.now())
  return [
    ...begun.slice(0, begun.findIndex(({ type }) => type === 'PublishPrice') + 1),
    ...fund('seller', '100000'),
    ...buyers.flatMap((buyer) => [
      ...fund(buyer, '1000'),
      wish(`trade-${buyer}`, 'ClearTrade', {
        trade: buyer,
        instrument: 'BTC-PERP',
        buyer,
        seller: 'seller',
        quantity: '1',
        price: '5000',
      }),
    ]),
  ]
}

const tick = (pool: string, price: string): Command =>
  ({
    id: `at-${price}`,
    type: 'PublishPrice',
    pool,
    actor: 'operator',
    data: { instrument: 'BTC-PERP', price, observedAt: new Date(Date.now()).toISOString() },
  }) as Command

const calledIn = async (mesh: RealMesh): Promise<readonly string[]> =>
  (await mesh.ledger()).flatMap((event) => (event.type === 'MarginCall' ? [event.data.account] : [])).sort()

describeKafka('margin in two shards', () => {
  let mesh: RealMesh

  beforeEach(async () => {
    mesh = await openRealMesh(bootstrap ?? '', `shard${Date.now().toString(36)}`)
    await Promise.all([
      ...shards.map((shard) => mesh.start('margin', { NOVATION_SHARD: shard })),
      ...['ledger', 'liquidator', 'insurance', 'keeper'].map((name) => mesh.start(name)),
    ])
  })

  afterEach(() => mesh.stop())

  it('leaves the accounts of a shard that was killed alone, and calls each once when it is back (protocol 16)', async () => {
    expect(Math.min(ownedBy(0).length, ownedBy(1).length)).toBeGreaterThan(0)
    const begun = market(mesh.pool)
    await mesh.send(...begun)
    await expectSound(mesh, begun)

    await mesh.services.get('margin 1/2')?.kill('SIGKILL')
    const fall = tick(mesh.pool, '4300')
    await mesh.send(fall)
    await until(
      async () => (await calledIn(mesh)).length >= ownedBy(0).length,
      () => 'the living shard calls nobody',
    )
    await mesh.quiet()
    expect(await calledIn(mesh)).toEqual(ownedBy(0))

    await mesh.start('margin', { NOVATION_SHARD: '1/2' })
    const more = tick(mesh.pool, '4290')
    await mesh.send(more)
    await expectSound(mesh, [...begun, fall, more])
    expect(await calledIn(mesh)).toEqual(buyers)
  })
})
