import { type LedgerEvent, streamOf } from '@novation/events'
import type { RecordedEvent } from '@novation/platform'
import { tick } from '@novation/platform/kit'
import { get, market, openHouse } from './kit/house'
import { openLastTold } from './moments/last-told'

const house = openHouse()
let base = ''
const stored: RecordedEvent[] = []

beforeAll(async () => {
  await house.happen(
    ...market,
    ['RegisterAsset', { asset: 'ETH', decimals: 4, haircut: '0.2' }],
    ['SetAssetParameters', { asset: 'ETH', cap: '1000' }],
    ['PublishPrice', { asset: 'ETH', price: '100' }],
    ['Deposit', { account: 'alice', asset: 'ETH', amount: '2' }],
    tick('4990'),
    ['PayFunding', { instrument: 'BTC-PERP', rate: '0.0001' }],
    ['PublishPrice', { asset: 'ETH', price: '101' }],
    [
      'SetInstrumentParameters',
      { instrument: 'BTC-PERP', margin: { model: 'tiered', tiers: [{ initial: '0.2', maintenance: '0.05' }] } },
    ],
    [
      'ClearTrade',
      { trade: 't2', instrument: 'BTC-PERP', buyer: 'bob', seller: 'alice', quantity: '0.4', price: '4990' },
    ],
    ['Deposit', { account: 'carol', asset: 'USD', amount: '1' }],
    tick('4980'),
    ['Withdraw', { account: 'alice', asset: 'USD', amount: '1' }, 'venue'],
    tick('4985'),
  )
  for await (const event of house.store.read(streamOf('main'), 0)) stored.push(event)
  base = `${await house.serve()}/main`
})
afterAll(() => house.close())

type Revisions = Readonly<Record<string, number>> & { readonly asset?: string; readonly instrument?: string }
interface Traced {
  readonly collateral: readonly Revisions[]
  readonly positions: readonly Revisions[]
}

const traced = async (account: string, at: number | 'end' = 'end'): Promise<Traced> =>
  (await get(`${base}/accounts/${account}/margin/events?at=${at}`)).json()

const eventAt = (revision: number | undefined) => JSON.parse(stored[revision ?? -1]?.body ?? '{}') as LedgerEvent

describe('the events that a margin comes from', () => {
  it('are of each coin and position the last that moved it, and told its price, its terms and its funding', async () => {
    const { collateral, positions } = await traced('alice')
    const [eth, usd] = collateral
    const [btc] = positions
    const typesOf = (revisions: Revisions | undefined) =>
      Object.fromEntries(
        Object.entries(revisions ?? {}).flatMap(([figure, revision]) =>
          typeof revision === 'number' ? [[figure, eventAt(revision).type]] : [],
        ),
      )
    expect(typesOf(eth)).toEqual({ held: 'CollateralDeposited', price: 'PriceTick', terms: 'AssetParametersSet' })
    expect(typesOf(usd)).toEqual({ held: 'CollateralWithdrawn' })
    expect(typesOf(btc)).toEqual({
      held: 'PositionReduced',
      price: 'PriceTick',
      funding: 'FundingPaid',
      terms: 'InstrumentParametersSet',
    })
    expect(eventAt(eth?.price).data).toMatchObject({ asset: 'ETH', price: '101' })
    expect(eventAt(btc?.price).data).toMatchObject({ instrument: 'BTC-PERP', price: '4985' })
  })

  it('say at every moment what the figures were made of then', async () => {
    for (let at = 0; at <= house.book.revision; at += 1) {
      const margin = await get(`${base}/accounts/alice/margin?at=${at}`)
      const { collateral, positions } = await traced('alice', at)
      if (margin.status !== 200) continue
      for (const { instrument, mark, quantity } of margin.json().positions) {
        const of = positions.find((one) => one.instrument === instrument)
        expect(eventAt(of?.price).data).toMatchObject({ instrument, price: mark })
        expect(of?.price).toBeLessThanOrEqual(at)
        const quantityAt = async (revision: number) =>
          (await get(`${base}/accounts/alice/margin?at=${revision}`))
            .json()
            .positions.find((one: { readonly instrument: string }) => one.instrument === instrument)?.quantity
        expect(await quantityAt(of?.held ?? -1)).toBe(quantity)
        expect(await quantityAt((of?.held ?? -1) - 1)).not.toBe(quantity)
      }
      const held = async (revision: number) =>
        (await get(`${base}/accounts/alice?at=${revision}`)).json().collateral ?? {}
      const now = await held(at)
      expect(collateral.map(({ asset }) => asset)).toEqual(Object.keys(now))
      for (const { asset = '', held: moved = -1 } of collateral) {
        expect((await held(moved))[asset]).toBe(now[asset])
        expect((await held(moved - 1))[asset]).not.toBe(now[asset])
      }
    }
  })

  it('are none of an account that is not there yet', async () =>
    expect((await get(`${base}/accounts/alice/margin/events?at=0`)).json().code).toBe('not-found'))

  it('are those of a moment, which stay what they were', async () => {
    const { headers } = await get(`${base}/accounts/alice/margin/events?at=20`)
    expect(headers.get('x-revision')).toBe('20')
    const again = await get(`${base}/accounts/alice/margin/events?at=20`, {
      'if-none-match': headers.get('etag') ?? '',
    })
    expect(again.status).toBe(304)
  })
})

describe('what was told last', () => {
  const patience = new AbortController().signal
  /** Every revision that was looked at. */
  const looked: number[] = []
  const reader = (history: readonly RecordedEvent[]) => () =>
    function* (from: number) {
      for (const event of history.slice(from)) {
        looked.push(event.revision)
        yield event
      }
    }
  const price = {
    name: 'price',
    types: ['PriceTick'],
    words: ['BTC-PERP'],
    isToldBy: ({ data }: LedgerEvent) => 'instrument' in data && data.instrument === 'BTC-PERP',
  } as const
  const listed = { name: 'listed', types: ['InstrumentListed'], words: ['BTC-PERP'], isToldBy: () => true } as const
  const never = { name: 'never', words: ['nobody'], isToldBy: () => true } as const
  /** The same by looking at everything. */
  const lastOf = (history: readonly RecordedEvent[], type: string, up: number): number | undefined =>
    history.findLast(({ revision, type: own, body }) => revision <= up && own === type && body.includes('BTC-PERP'))
      ?.revision

  /** A history that is looked through in several stretches: what was stored, and then three thousand parameters, with few prices among them. */
  const long = (): readonly RecordedEvent[] => {
    const [parameters, ticked] = ['PoolParametersSet', 'PriceTick'].map((type) =>
      stored.find((one) => one.type === type),
    )
    if (parameters === undefined || ticked === undefined) throw new Error('the market has no price')
    const again = (event: RecordedEvent, revision: number): RecordedEvent => ({
      ...event,
      revision,
      body: event.body.replace(`"revision":${event.revision}`, `"revision":${revision}`),
    })
    return [
      ...stored,
      ...Array.from({ length: 3_000 }, (_, i) => again(i % 700 === 100 ? ticked : parameters, stored.length + i)),
    ]
  }

  beforeEach(() => void looked.splice(0))

  it('is found whatever was asked before, in any order', async () => {
    const history = long()
    const last = openLastTold(reader(history))
    const end = history.length - 1
    for (const up of [1_500, end, 9, end - 199, end, end - 1, 3, 700, 15, 1_500, 0, end]) {
      const found = await last('main', [price, listed, never], up, patience)
      const known = ['PriceTick', 'InstrumentListed'].map((type) => lastOf(history, type, up))
      expect([found?.get('price'), found?.get('listed'), found?.get('never')]).toEqual([...known, undefined])
    }
  })

  it('is looked for no further back than it must be, and not again where it was looked for', async () => {
    const history = long()
    const last = openLastTold(reader(history))
    const up = history.length - 1
    expect((await last('main', [price], up, patience))?.get('price')).toBe(lastOf(history, 'PriceTick', up))
    expect(Math.min(...looked)).toBeGreaterThan(up - 256)
    const found = await last('main', [listed], up, patience)
    expect(found?.get('listed')).toBe(lastOf(history, 'InstrumentListed', up))
    expect((await last('main', [never], up, patience))?.size).toBe(0)
    looked.splice(0)
    for (const at of [up, 1_000, 2_000]) {
      expect(await last('main', [listed], at, patience)).toEqual(found)
      expect((await last('main', [never], at, patience))?.size).toBe(0)
    }
    // But for one event, by which the history is known again.
    expect(new Set(looked)).toEqual(new Set([up]))
  })

  it('that was given up is gone on with', async () => {
    const history = long()
    const over = new AbortController()
    let reads = 0
    const last = openLastTold(
      () =>
        function* (from: number) {
          reads += 1
          if (reads === 3) over.abort()
          yield* reader(history)()(from)
        },
    )
    const up = history.length - 1
    expect(await last('main', [listed], up, over.signal)).toBeUndefined()
    looked.splice(0)
    expect((await last('main', [listed], up, patience))?.get('listed')).toBe(lastOf(history, 'InstrumentListed', up))
    expect(looked.filter((revision) => revision > up - 256 && revision < up)).toEqual([])
  })

  it('is looked for anew where a restored backup has cut off what was looked at', async () => {
    const end = stored.length - 1
    let now: readonly RecordedEvent[] = stored
    const last = openLastTold(() => (from) => now.slice(from))
    expect((await last('main', [price], end, patience))?.get('price')).toBe(lastOf(stored, 'PriceTick', end))
    now = [...stored.slice(0, 9), ...stored.slice(9).map((event) => ({ ...event, type: 'Other', id: `x${event.id}` }))]
    expect((await last('main', [price], end, patience))?.get('price')).toBe(lastOf(stored, 'PriceTick', 8))
  })
})
