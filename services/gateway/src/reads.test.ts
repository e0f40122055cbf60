import { folderShelf, stateAt } from '@novation/audit'
import { type Statement, statementOf } from '@novation/clearing'
import { streamOf } from '@novation/events'
import { tick } from '@novation/platform/kit'
import { get, market, openHouse } from './kit/house'

const house = openHouse()
let base = ''

beforeAll(async () => {
  await house.happen(...market, tick('4300'), ['CallMargin', { account: 'alice' }, 'margin'], tick('4100'))
  await house.happen(['StartLiquidation', { account: 'alice' }, 'liquidator'])
  base = await house.serve()
})
afterAll(() => house.close())

/** What `novation solvency --output=json` says at a revision. */
const told = async (revision: number): Promise<Statement> => {
  const { pool, halfway } = await stateAt(folderShelf('/nowhere'), 'main', { tag: 'revision', revision }, (from) =>
    house.store.read(streamOf('main'), from),
  )
  if (pool === undefined) throw new Error('no such revision')
  return statementOf(pool, halfway)
}

const revisions = () => Array.from({ length: house.book.revision + 1 }, (_, revision) => revision)

describe('reads', () => {
  it('say at every revision, in any order, what the command line says', async () => {
    for (const revision of revisions().sort((a, b) => ((a * 7) % 11) - ((b * 7) % 11))) {
      const statement = await told(revision)
      const at = (path: string) => get(`${base}/main${path}?at=${revision}`)
      expect((await at('/statement')).text).toBe(`${JSON.stringify(statement)}\n`)
      const { accounts, ...rest } = statement
      expect((await at('/solvency')).json()).toEqual(rest)
      expect((await at('/accounts')).json()).toEqual({ items: accounts })
      expect((await at('/instruments')).json()).toEqual({ items: statement.instruments })
      expect((await at('/assets')).json()).toEqual({ items: statement.assets })
      for (const { account, positions, ...own } of accounts) {
        const held = positions.map(({ queue: _, ...position }) => position)
        expect((await at(`/accounts/${account}`)).json()).toEqual({ account, ...own, positions: held })
        const places = positions.map(({ instrument, queue }) => ({ instrument, ...queue }))
        expect((await at(`/accounts/${account}/queue`)).json()).toEqual({ account, places })
      }
      const { deficits, uncovered } = (await at('/waterfall')).json()
      expect([uncovered, Number(deficits) > 0]).toEqual([
        statement.losses.uncovered,
        accounts.some(({ status }) => status === 'bankrupt'),
      ])
      const nearest = (await at('/distribution')).json().nearest.map(({ account }: { account: string }) => account)
      expect(nearest.toSorted()).toEqual(
        accounts.filter(({ positions }) => positions.length > 0).map(({ account }) => account),
      )
      for (const { account, status, equity, initialMargin, maintenanceMargin } of accounts)
        expect((await at(`/accounts/${account}/margin`)).json()).toMatchObject({
          account,
          status,
          equity,
          initialMargin,
          maintenanceMargin,
        })
      expect((await at('')).json()).toMatchObject({ revision, at: statement.at, accounts: accounts.length })
    }
  })

  it('say the same at the head as at its revision', async () => {
    for (const path of ['', '/accounts/alice', '/prices', '/calls', '/liquidations', '/parameters', '/statement']) {
      const now = await get(`${base}/main${path}`)
      expect((await get(`${base}/main${path}?at=${house.book.revision}`)).text).toBe(now.text)
      expect(now.headers.get('x-revision')).toBe(String(house.book.revision))
    }
  })

  it('tell what is open: the call, the liquidation and its terms', async () => {
    const [call] = (await get(`${base}/main/calls`)).json().items
    expect(call).toMatchObject({ account: 'alice', missed: false })
    const [liquidation] = (await get(`${base}/main/liquidations`)).json().items
    expect(liquidation).toMatchObject({ liquidation: 'alice:1', account: 'alice', stage: 'auction' })
    expect((await get(`${base}/main/liquidations/alice:1`)).json()).toEqual(liquidation)
  })

  it('find accounts by status and by what they hold', async () => {
    const ids = async (query: string): Promise<readonly string[]> =>
      (await get(`${base}/main/accounts?${query}`)).json().items.map(({ account }: { account: string }) => account)
    expect(await ids('instrument=BTC-PERP')).toEqual(['alice', 'bob'])
    expect(await ids('status=liquidatable')).toEqual(['alice'])
    expect(await ids('status=healthy&instrument=BTC-PERP')).toEqual(['bob'])
  })

  it('put accounts in order, whole and without a gap over pages', async () => {
    const { accounts } = await told(house.book.revision)
    for (const sort of ['equity', 'room']) {
      const walked: (typeof accounts)[number][] = []
      let query = `sort=${sort}&limit=1`
      for (;;) {
        const { items, next } = (await get(`${base}/main/accounts?${query}`)).json()
        walked.push(...items)
        if (next === undefined) break
        query = `sort=${sort}&limit=1&cursor=${next}`
      }
      const figure = ({ equity, best = equity, maintenanceMargin }: (typeof accounts)[number]): number =>
        sort === 'equity' ? Number(equity) : Number(best) - Number(maintenanceMargin)
      expect(walked).toHaveLength(accounts.length)
      expect(walked.map(figure)).toEqual(accounts.map(figure).toSorted((a, b) => a - b))
    }
  })

  it('tell what a bidder gets for all that is on offer, and which liquidations stand where', async () => {
    const [{ offer }] = (await get(`${base}/main/liquidations?state=auction`)).json().items
    expect(offer).toEqual({
      positions: [{ instrument: 'BTC-PERP', quantity: '0.619', mark: '4100' }],
      coins: [],
      paid: expect.any(String),
      discount: expect.any(String),
    })
    expect((await get(`${base}/main/liquidations?state=backstop`)).json()).toEqual({ items: [] })
  })

  it('take a time for the last event that was not after it', async () => {
    const all = await Promise.all(revisions().map(told))
    for (const { at } of all) {
      const last = Math.max(...all.filter((one) => one.at === at).map((one) => one.revision))
      expect((await get(`${base}/main?at=@${at}`)).headers.get('x-revision')).toBe(String(last))
    }
    expect((await get(`${base}/main?at=99999999`)).headers.get('x-revision')).toBe(String(house.book.revision))
    expect((await get(`${base}/main?at=start`)).headers.get('x-revision')).toBe('0')
  })

  it('are not sent again to who has them, and name where that moment is found for ever', async () => {
    const first = await get(`${base}/main/accounts/bob`)
    const tag = first.headers.get('etag') ?? ''
    const again = await get(`${base}/main/accounts/bob`, { 'if-none-match': tag })
    expect([again.status, again.text]).toEqual([304, ''])
    const kept = new URL(first.headers.get('content-location') ?? '', base)
    await house.happen(tick('4101'))
    expect(
      (await get(`${base}/main/accounts/bob?atLeast=${house.book.revision}`, { 'if-none-match': tag })).status,
    ).toBe(200)
    expect((await get(kept.href)).text).toBe(first.text)
  })

  it('find an account that is called `..`: in a path behind a tilde, and as it is in a query', async () => {
    for (const account of ['..', '.']) {
      await house.happen(['OpenAccount', { account }])
      const at = `atLeast=${house.book.revision}`
      expect((await get(`${base}/main/accounts/~${account}?${at}`)).json()).toMatchObject({ account })
      expect((await get(`${base}/main/events?account=${account}&${at}`)).json().items).toEqual([
        expect.objectContaining({ type: 'AccountOpened', data: expect.objectContaining({ account }) }),
      ])
    }
  })

  it('wait for a revision that is on its way, and say so where it does not come', async () => {
    const next = house.book.revision + 1
    const asked = get(`${base}/main?atLeast=${next}`)
    await house.happen(tick('4102'))
    expect((await asked).json().revision).toBe(next)
  })
})

describe('pages', () => {
  it('neither skip nor double anybody while the ledger grows', async () => {
    const before = (await get(`${base}/main/accounts`)).json().items
    const walked: unknown[] = []
    let query = 'limit=1'
    for (;;) {
      const { items, next } = (await get(`${base}/main/accounts?${query}`)).json()
      walked.push(...items)
      await house.happen(['OpenAccount', { account: `b-${walked.length}` }], tick('4103'))
      if (next === undefined) break
      query = `limit=1&cursor=${next}`
    }
    expect(walked).toEqual(before)
  })

  it('of events are the ledger, whole and in order', async () => {
    const all: unknown[] = []
    for await (const { revision } of house.store.read(streamOf('main'), 0)) all.push(revision)
    const walked: unknown[] = []
    let query = `limit=3&atLeast=${house.book.revision}`
    for (;;) {
      const { items, next } = (await get(`${base}/main/events?${query}`)).json()
      walked.push(...items.map(({ revision }: { revision: number }) => revision))
      if (next === undefined) break
      query = `limit=3&cursor=${next}`
    }
    expect(walked).toEqual(all)
  })

  it('of events hold what is asked for: types, an account, a command; and lines where lines are wanted', async () => {
    const types = async (query: string): Promise<readonly string[]> =>
      (await get(`${base}/main/${query}`)).json().items.map(({ type }: { type: string }) => type)
    expect(new Set(await types('events?type=MarginCall,PriceTick&limit=1000'))).toEqual(
      new Set(['PriceTick', 'MarginCall']),
    )
    expect(await types('accounts/carol/events')).toEqual(['AccountOpened', 'CollateralDeposited'])
    expect(await types('events?account=carol')).toEqual(['AccountOpened', 'CollateralDeposited'])
    expect(await types('events?command=c-1')).toEqual(['AssetRegistered'])
    expect(await types('events?from=end')).toEqual(['PriceTick'])
    const lines = await get(`${base}/main/events?limit=2`, { accept: 'application/x-ndjson' })
    expect(
      lines.text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).revision),
    ).toEqual([0, 1])
    expect(lines.headers.get('x-next-cursor')).not.toBeNull()
    const second = JSON.parse(lines.text.split('\n')[1] ?? '')
    expect((await get(`${base}/main/events/1`)).json()).toEqual(second)
    expect((await get(`${base}/main/events/${second.id}`)).json()).toEqual(second)
  })
})
