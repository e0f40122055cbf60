import type { Page } from 'playwright-core'
import { inBrowser, settled } from './kit/browser'
import {
  cellsOf,
  figuresOf,
  lessThanNothing,
  minus,
  type Stated,
  shown,
  shownTo,
  times,
  total,
  whole,
} from './kit/figures'
import { shownDemo } from './kit/shown-demo'
import { testWorld } from './test-world'

jest.setTimeout(300_000)

interface Recorded {
  readonly data: Readonly<Record<string, unknown>>
  readonly revision: number
  readonly at: string
  readonly type: string
  readonly postings: readonly Readonly<Record<'account' | 'asset' | 'amount', string>>[]
  readonly metadata: Readonly<Record<'actor' | 'commandId' | 'correlationId' | 'hash', string>>
}

const world = testWorld()

/** So many moments of the ledger, spread over it. */
const many = 20

inBrowser('every figure of the console', () => {
  const so = shownDemo(world)
  let page: Page
  let moments: readonly (readonly [number, Stated])[] = []

  const stated = async (revision: number): Promise<Stated> => {
    const said = await world.take([
      'solvency',
      `--ledger=${world.folder('shown')}`,
      `--at=${revision}`,
      '--output=json',
    ])
    return JSON.parse(said.out) as Stated
  }

  const tail = async (...more: readonly string[]): Promise<readonly Recorded[]> => {
    const { out } = await world.take(['tail', `--ledger=${world.folder('shown')}`, ...more])
    return out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  }

  beforeAll(async () => {
    const head = (await so.pool.summary()).revision ?? 0
    const spread = Array.from({ length: many - 2 }, (_, i) => Math.round((head * i) / (many - 3)))
    const revisions = [...spread, so.busiest, so.busiest + 1]
    moments = await Promise.all(revisions.map(async (revision) => [revision, await stated(revision)] as const))
    page = await so.open('/pools/main', { bypassCSP: true, reducedMotion: 'reduce' })
    // All rows of a table are drawn where it is as high as they are; of all events there are too many for that.
    await page.addStyleTag({
      content: '.scroll.long:not([aria-label="events"]) { max-height: none !important; height: auto !important }',
    })
  })
  afterAll(() => page.close())

  /** Goes there without leaving the page, and waits until all of it is of that moment. */
  const at = async (path: string, revision: number): Promise<void> => {
    await page.evaluate(
      `history.pushState(null, '', '/pools/main${path}?at=${revision}'); dispatchEvent(new PopStateEvent('popstate'))`,
    )
    await page.locator('.bar', { hasText: `revision ${whole(String(revision))} of` }).waitFor()
    await settled(page)
  }

  /** Holds a page, or one of each moment, to what the command line says at each of the moments. */
  const hold = async (
    path: string | ((revision: number) => string),
    holds: (said: Stated, revision: number) => Promise<void>,
  ): Promise<void> => {
    expect(moments).toHaveLength(many)
    for (const [revision, said] of moments) {
      const address = typeof path === 'string' ? path : path(revision)
      await at(address, revision)
      try {
        await holds(said, revision)
      } catch (error) {
        throw new Error(`${address} at revision ${revision}: ${(error as Error).message}`)
      }
    }
  }

  const deficitsOf = ({ accounts }: Stated): string =>
    minus(total(...accounts.map(({ equity = '0' }) => equity).filter(lessThanNothing)))

  const figure = (amount: string | undefined): string => (amount === undefined ? 'unknown' : shown(amount))

  it('of the first page is the command line’s: coverage, accounts, calls, auctions, and what the layers paid', () =>
    hold('', async (said) => {
      const { assets, accounts, open, losses, frozen } = said
      const figures = await figuresOf(page)
      const prefunded = total(...assets.flatMap(({ insurance, skinInTheGame }) => [insurance, skinInTheGame]))
      const bankrupt = accounts.filter(({ status }) => status === 'bankrupt')
      const openOf = (what: string) => whole(String(open.filter((one) => one.what === what).length))
      expect(figures.Coverage).toEqual([
        times(prefunded, deficitsOf(said)) ?? 'no deficit',
        `${shown(prefunded)} prefunded`,
      ])
      expect(figures.Accounts?.[0]).toBe(whole(String(accounts.length)))
      expect(figures['Margin calls open']).toEqual([openOf('margin-call'), `${bankrupt.length} below zero`])
      expect(figures['Auctions open']?.[1]).toBe(frozen ? 'the pool is frozen' : 'the pool is open')
      expect(figures['Paid by the layers']).toEqual([
        shown(total(losses.insurance, losses.skinInTheGame)),
        `${shown(losses.socialized)} by those in profit`,
      ])
    }))

  it('of each account is the command line’s', () =>
    hold('/accounts', async ({ accounts }) => {
      const marks = { healthy: '○', restricted: '◐', liquidatable: '◆', bankrupt: '✕' } as const
      const rows = new Map((await cellsOf(page, 'accounts')).map((row) => [row[0], row]))
      expect(rows.size).toBe(accounts.length)
      for (const { account, status, equity, initialMargin, maintenanceMargin, positions } of accounts)
        expect(rows.get(account)).toEqual([
          account,
          `${marks[status as keyof typeof marks]} ${status}`,
          figure(equity),
          figure(initialMargin),
          figure(maintenanceMargin),
          positions.map(({ quantity, instrument }) => `${quantity} ${instrument}`).join(', '),
        ])
    }))

  it('of an auction and its account is the command line’s', () =>
    hold('/liquidations', async ({ accounts }) => {
      const own = new Map(accounts.map((one) => [one.account, one]))
      for (const [account = '', , equity = '', maintenance] of await cellsOf(page, 'auctions')) {
        expect(own.has(account)).toBe(true)
        expect([equity, maintenance]).toEqual([
          figure(own.get(account)?.equity),
          figure(own.get(account)?.maintenanceMargin),
        ])
      }
    }))

  it('of the waterfall is the command line’s: what each layer has left and has paid, and what each default lacks', () =>
    hold('/waterfall', async (said) => {
      const { assets, losses, accounts } = said
      const [fund, skin] = [
        total(...assets.map((one) => one.insurance)),
        total(...assets.map((one) => one.skinInTheGame)),
      ]
      const tanks = await page.locator('li.tank').allInnerTexts()
      const told = tanks.map((text) => text.split('\n').filter((line) => /\d/.test(line)))
      expect(told).toEqual([
        [shown(skin), `${shown(losses.skinInTheGame)} paid`],
        [shown(fund), `${shown(losses.insurance)} paid`],
        [shown(losses.socialized)],
      ])
      const lacking = new Map((await cellsOf(page, 'defaults')).map(([account, , lacks]) => [account, lacks]))
      for (const { account, equity = '0' } of accounts)
        if (lessThanNothing(equity)) expect([account, lacking.get(account)]).toEqual([account, shown(minus(equity))])
    }))

  it('of each price is the command line’s mark', () =>
    hold('/prices', async ({ instruments }) => {
      const rows = new Map((await cellsOf(page, 'prices')).map(([of, price, , state]) => [of, [price, state]]))
      for (const { instrument, mark, stale } of instruments)
        if (mark !== undefined && rows.has(instrument))
          expect(rows.get(instrument)).toEqual([whole(mark), stale ? '◐ stale' : '○ fresh'])
    }))

  it('of what holds is what the ledger was last told', async () => {
    const told = (await tail('--filter=type:PoolParametersSet')) as readonly (Recorded & {
      readonly data: { readonly parameters: object }
    })[]
    const decimals = (value: unknown): readonly string[] =>
      typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(decimals)
        : typeof value === 'string' && /^-?\d/.test(value)
          ? [value]
          : []
    await hold('/parameters', async (_, revision) => {
      const cells = await page.locator('main table td').allInnerTexts()
      const set = told.findLast((event) => event.revision <= revision)
      for (const decimal of decimals(set?.data.parameters)) expect(cells).toContain(decimal)
    })
  })

  it('of an event is what the ledger holds there', async () => {
    const all = await tail()
    await hold('/events', async (_, revision) => {
      const rows = await cellsOf(page, 'events')
      const newest = all.slice(Math.max(0, revision - 9), revision + 1).toReversed()
      expect(newest.length).toBeGreaterThan(0)
      for (const [i, event] of newest.entries())
        expect(rows[i]?.slice(0, 3)).toEqual([
          whole(String(event.revision)),
          `${event.at.slice(0, 10)} ${event.at.slice(11).replace(/(\.000)?Z$/, '')}`,
          event.type,
        ])
    })
  })

  it('of one event is what the ledger holds there: all of it, what it moved, and what is behind it', async () => {
    const all = await tail()
    await hold(
      (revision) => `/events/${revision}`,
      async (_, revision) => {
        const event = all[revision]
        if (event === undefined) throw new Error('the ledger holds no such event')
        const { actor, commandId, correlationId, hash } = event.metadata
        expect(JSON.parse(await page.innerText('main pre'))).toEqual(event)
        const facts = await page.locator('main dl.facts dd').allInnerTexts()
        expect([facts[0], facts[1], facts[3], facts[4]]).toEqual([commandId, actor, correlationId, hash])
        expect(facts[5]).toBe(revision === 0 ? 'nothing: it is the first' : whole(String(revision - 1)))
        expect(await cellsOf(page, 'postings')).toEqual(
          event.postings.map(({ account, asset, amount }) => [account, asset, shownTo(6)(amount)]),
        )
      },
    )
  })

  it('of one account is the command line’s: what it is made of, and how far it is from its lines', async () => {
    const { items } = (await so.pool.ask('liquidations', { at: so.busiest, limit: 1 })).data
    const name = items[0]?.account ?? ''
    await hold(`/accounts/${name}`, async ({ accounts }) => {
      const own = accounts.find(({ account }) => account === name)
      const rows = new Map((await cellsOf(page, `margin-${name}`)).map(([of, amount]) => [of, amount]))
      if (own === undefined) return expect(rows.size).toBe(0)
      const { equity = '0', initialMargin = '0', maintenanceMargin = '0', collateral, positions } = own
      const room = total(equity, minus(maintenanceMargin))
      const isShort = lessThanNothing(room)
      for (const [of, amount] of [
        ['equity', equity],
        ['initial margin', initialMargin],
        ['maintenance margin', maintenanceMargin],
        [isShort ? 'short by' : 'room', isShort ? minus(room) : room],
        ...Object.entries(collateral).map(([asset, amount]) => [`collateral, ${asset}`, amount]),
        ...positions.map(({ instrument, unrealizedPnl = '0' }) => [instrument, unrealizedPnl]),
      ])
        expect([of, rows.get(of)]).toEqual([of, shown(amount ?? '')])
      const held = await cellsOf(page, `positions-${name}`)
      expect(held.map(([instrument, quantity]) => [instrument, quantity])).toEqual(
        positions.map(({ instrument, quantity }) => [instrument, whole(quantity)]),
      )
    })
    so.faults.splice(0)
  })

  it('of one account leads to the events that told it: what moved what is held, and the price of the mark', async () => {
    const all = await tail()
    const { items } = (await so.pool.ask('liquidations', { at: so.busiest, limit: 1 })).data
    const name = items[0]?.account ?? ''
    const ledTo = async (table: string, row: string): Promise<readonly (Recorded | undefined)[]> => {
      const links = page.locator(`section[aria-label="${table}"] tr`, {
        has: page.getByRole('cell', { name: row, exact: true }),
      })
      await links.locator('a').first().waitFor()
      const revisions = await links
        .locator('a')
        .evaluateAll((found) =>
          found.map((a) => Number(new URL((a as { readonly href?: string }).href ?? '').pathname.split('/').at(-1))),
        )
      return revisions.map((revision) => all[revision])
    }
    await at(`/accounts/${name}`, so.busiest)
    const { data } = await so.pool.ask('margin', { account: name, at: so.busiest })
    expect(data.positions.length).toBeGreaterThan(0)
    for (const { instrument, mark } of data.positions) {
      const priced = { type: 'PriceTick', data: { instrument, price: mark } }
      const moved = {
        postings: expect.arrayContaining([expect.objectContaining({ account: `trader/${name}/${instrument}` })]),
      }
      expect(await ledTo(`margin-${name}`, instrument)).toMatchObject([moved, priced])
      expect(await ledTo(`positions-${name}`, instrument)).toMatchObject([
        moved,
        priced,
        { type: 'InstrumentListed' },
        { type: 'InstrumentListed' },
      ])
    }
    const cash = {
      postings: expect.arrayContaining([expect.objectContaining({ account: `trader/${name}`, asset: 'USD' })]),
    }
    expect(await ledTo(`margin-${name}`, 'collateral, USD')).toMatchObject([cash])
    so.faults.splice(0)
  })
})
