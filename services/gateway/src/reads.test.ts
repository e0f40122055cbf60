import { folderShelf, stateAt } from '@novation/audit'
import { type Statement, statementOf } from '@novation/clearing'
import { streamOf } from '@novation/events'
import { tick } from '@novation/platform/kit'
import { get, market, openHouse } from './kit/house'
import { raw } from './kit/raw'

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
      for (const account of accounts) expect((await at(`/accounts/${account.account}`)).json()).toEqual(account)
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

describe('what is not well asked', () => {
  it.each([
    ['main?at=-1', 400, 'malformed'],
    [`main?at=${'9'.repeat(400)}`, 400, 'malformed'],
    ['main?at=1e3', 400, 'malformed'],
    ['main?at=@2020-02-30T00:00:00Z', 400, 'malformed'],
    ['main?at=@2019-01-01T00:00:00Z', 400, 'bad-position'],
    ['main?at=1&at=2', 400, 'malformed'],
    ['main?acount=alice', 400, 'malformed'],
    ['main/accounts?limit=0', 400, 'malformed'],
    ['main/accounts?limit=1001', 400, 'malformed'],
    ['main/accounts?status=rich', 400, 'malformed'],
    ['main/accounts?cursor=e30', 400, 'bad-position'],
    ['main/events?type=Tick', 400, 'malformed'],
    [`main?at=${'x'.repeat(5000)}`, 413, 'too-large'],
    ['other', 404, 'unknown-pool'],
    ['__proto__', 404, 'unknown-pool'],
    ['main/accounts/nobody', 404, 'not-found'],
    ['main/accounts/a%2fb', 404, 'not-found'],
    ['main/accounts/%00', 404, 'not-found'],
    [`main/accounts/${'x'.repeat(300)}`, 404, 'not-found'],
    [`${'x'.repeat(300)}/accounts`, 404, 'not-found'],
    ['main/accounts/%2e%2e', 404, 'not-found'],
    ['main/accounts/~..', 404, 'not-found'],
    ['main/accounts/~alice', 404, 'not-found'],
    ['main/accounts/%zz', 400, 'malformed'],
    ['main/instruments/ETH', 404, 'not-found'],
    ['main/events/999999', 404, 'not-found'],
    ['main/events/01234567-89ab-5cde-8f01-23456789abcd', 404, 'not-found'],
    ['main/nothing', 404, 'not-found'],
  ])('%s is a problem: %i %s', async (path, status, code) => {
    const { port } = new URL(base)
    // As it stands: a client that tidies paths would ask for something else.
    const answer = await raw(
      Number(port),
      `GET /v1/pools/${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(answer).toContain('content-type: application/problem+json')
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status, code })
  })

  it('is a cursor of another list, or of a filter that has changed', async () => {
    const { next } = (await get(`${base}/main/accounts?limit=1`)).json()
    for (const path of ['positions?', 'accounts?status=healthy&', 'accounts?at=5&'])
      expect((await get(`${base}/main/${path}cursor=${next}`)).status).toBe(400)
    expect((await get(`${base}/main/accounts?limit=5&cursor=${next}`)).status).toBe(200)
  })

  it.each([
    [
      'a head beyond all bounds',
      `GET /v1/pools HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      413,
      'too-large',
    ],
    ['what is no request', 'HELO gateway\r\n\r\n', 400, 'malformed'],
  ])('is %s: a problem as any other', async (_, bytes, status, code) => {
    const { port } = new URL(base)
    const answer = await raw(Number(port), bytes)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status, code })
  })

  it('is another Host: a page of a foreign site may be asking', async () => {
    const { port } = new URL(base)
    const asked = 'GET /v1/pools HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'
    expect(await raw(Number(port), asked)).toMatch(/^HTTP\/1.1 403 /)
  })

  it('is a body that is encoded, or larger than a mebibyte', async () => {
    const send = (body: string, headers: Readonly<Record<string, string>>) =>
      fetch(`${base}/main`, { method: 'POST', body, headers })
    expect((await send('x', { 'content-encoding': 'gzip' })).status).toBe(415)
    expect((await send('x'.repeat(1_100_000), {})).status).toBe(413)
  })
})
