import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { inBrowser, settled } from './kit/browser'
import { shownDemo } from './kit/shown-demo'
import { testWorld } from './test-world'

jest.setTimeout(180_000)

/** So much of programs may be loaded before the first page is there, compressed. */
const most_bytes = 120_000

const pages = [
  '',
  '/accounts',
  '/liquidations',
  '/waterfall',
  '/prices',
  '/parameters',
  '/events',
  '/differences/50',
  '/what-if',
  '/verify',
  '/services',
  '/jobs',
]

/** What the checker of accessibility finds on a page. */
interface Found {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[]
}

const world = testWorld()

inBrowser('the console', () => {
  const so = shownDemo(world)
  const at = (page: Page, revision: number | string): Promise<void> =>
    page.waitForURL((address) => address.search === `?at=${revision}`)

  it('leads a newcomer to how the house stands now, with the newest revision', async () => {
    const page = await so.open('/')
    await settled(page)
    const { data, revision } = await so.pool.summary()
    expect(await page.innerText('h1')).toContain('Solvent')
    expect(new URL(page.url()).pathname).toBe('/pools/main')
    expect(await page.innerText('.bar')).toContain(`${data.at.slice(0, 10)} ${data.at.slice(11, 19)}`)
    expect((await page.innerText('.bar')).replaceAll(',', '')).toContain(`revision ${revision} of ${revision}`)
    await page.close()
  })

  it('shows at any moment the figures of that moment, cut to two places and with none of its own', async () => {
    const head = (await so.pool.summary()).revision ?? 0
    for (const at of [Math.floor(head / 3), so.busiest, head]) {
      const page = await so.open(`/pools/main?at=${at}`)
      await settled(page)
      const text = (await page.innerText('main')).replaceAll(',', '')
      const { data: summary } = await so.pool.summary({ at })
      const { data: waterfall } = await so.pool.ask('waterfall', { at })
      const cut = (amount: string) => `${amount}.00`.replace(/^(-?\d+\.\d\d).*/, '$1').replace(/^(-?\d+\.\d)$/, '$10')
      for (const layer of waterfall.layers) if (layer.left !== undefined) expect(text).toContain(cut(layer.left))
      for (const many of [summary.accounts, summary.marginCalls, summary.liquidations, summary.bankrupt])
        expect(text).toContain(String(many))
      if (summary.bankrupt > 0) expect(text).toContain(cut(waterfall.deficits))
      const chart = page.locator('svg[data-cells]')
      const { grid, nearest, withPositions } = (await so.pool.ask('distribution', { at })).data
      const inNeed = nearest.filter(({ status }) => status !== 'healthy').length
      if (withPositions > 0)
        expect([await chart.getAttribute('data-cells'), await chart.getAttribute('data-near')]).toEqual([
          String(grid.cells.length),
          String(Math.min(200, inNeed)),
        ])
      const house = page.locator('svg[data-deficits]')
      const { rows } = (await so.pool.ask('series', { points: 2000 })).data
      const row = rows.findLast(({ revision }) => revision <= at)
      expect([await house.getAttribute('data-prefunded'), await house.getAttribute('data-deficits')]).toEqual([
        row?.prefunded,
        row?.deficits,
      ])
      await page.close()
    }
  })

  it('leads from an auction to its account, to the event, and to the moment of that', async () => {
    const page = await so.open(`/pools/main?at=${so.busiest}`)
    await settled(page)
    const first = page.locator('section[aria-label="auctions"] tbody a').first()
    const account = await first.innerText()
    await first.click()
    await page.waitForSelector('.spine li')
    expect(await page.innerText('h1')).toBe(account)
    expect(new URL(page.url()).search).toBe(`?at=${so.busiest}`)
    const started = page.locator('.spine li', { hasText: 'the auction of' }).first()
    const link = started.locator('a').first()
    const revision = (await link.innerText()).replaceAll(',', '')
    await link.click()
    await page.waitForSelector('pre')
    expect(JSON.parse(await page.innerText('pre'))).toEqual((await so.pool.ask('event', { event: revision })).data)
    await page.getByText('Go to this moment').click()
    await at(page, revision)
    await page.goBack()
    await at(page, so.busiest)
    await page.close()
  })

  it('draws how an account came to its line: the figures of the moment, and where it was called', async () => {
    const { items } = (await so.pool.ask('liquidations', { at: so.busiest, limit: 1 })).data
    const account = items[0]?.account ?? ''
    const page = await so.open(`/pools/main/accounts/${account}?at=${so.busiest}`)
    const chart = page.locator('svg[data-equity]')
    await chart.waitFor()
    const { data } = await so.pool.ask('account', { account, at: so.busiest })
    expect(await chart.getAttribute('data-equity')).toBe(data.equity)
    expect(await chart.getAttribute('data-maintenance')).toBe(data.maintenanceMargin)
    await page.waitForSelector('.spine li')
    expect(await page.innerText('.headline')).toContain(data.status)
    await page.close()
  })

  it('shows what a bidder gets of the auction that was chosen, and asks for what is not there only once', async () => {
    const { items } = (await so.pool.ask('liquidations', { at: so.busiest, limit: 1000 })).data
    const last = items.at(-1)
    const page = await so.open(`/pools/main/liquidations/${last?.liquidation}?at=${so.busiest}`)
    await settled(page)
    expect(await page.innerText('main h2')).toContain(last?.account ?? '')
    const chart = page.locator('svg[data-paid]')
    const paid = Number(await chart.getAttribute('data-paid'))
    expect(paid).toBeCloseTo(1 - Number(last?.offer?.discount), 12)
    let asked = 0
    page.on('request', (request) => {
      if (request.url().endsWith('/v1/pools/main/events/999999')) asked += 1
    })
    await page.goto(`${so.url}/pools/main/events/999999`)
    await page.getByText('could not be answered').first().waitFor()
    await so.pool.summary()
    expect(asked).toBe(1)
    so.faults.splice(0)
    await page.close()
  })

  it('goes through history by the keyboard, and back to the present', async () => {
    const page = await so.open(`/pools/main?at=${so.busiest}`)
    await settled(page)
    const strip = page.locator('[role="slider"]')
    await strip.focus()
    await page.keyboard.press('ArrowLeft')
    await at(page, so.busiest - 1)
    await page.keyboard.press('Shift+ArrowRight')
    await at(page, so.busiest + 99)
    expect(Number(await strip.getAttribute('data-rows'))).toBeGreaterThan(50)
    await page.getByText('Go live').click()
    await page.waitForURL((address) => address.search === '')
    await page.close()
  })

  it('leads to what happened for the first time, and says what it is and where to look', async () => {
    const { rows } = (await so.pool.ask('series', { points: 2000 })).data
    const called = rows.find(({ marginCalls }) => marginCalls > 0)
    const page = await so.open('/pools/main')
    await settled(page)
    await page.locator('.chapters button', { hasText: 'first call' }).click()
    await at(page, called?.revision ?? 0)
    expect(await page.innerText('.chapters')).toContain('stands below its initial margin and is called')
    await page.getByText('Look there').click()
    await page.waitForURL(({ pathname }) => pathname === '/pools/main/accounts')
    expect(new URL(page.url()).search).toBe(`?at=${called?.revision}`)
    await page.close()
  })

  it('plays history at the speed that is set, and stays where it is held', async () => {
    const page = await so.open(`/pools/main?at=${so.busiest}`)
    await settled(page)
    await page.selectOption('select[aria-label^="Speed"]', '3600')
    await page.getByRole('button', { name: 'Play' }).click()
    const shown = (): number => Number(new URL(page.url()).searchParams.get('at') ?? -1)
    await page.waitForURL(() => shown() > so.busiest)
    await page.getByRole('button', { name: 'Hold' }).click()
    const held = shown()
    const slider = page.locator('[role="slider"]')
    expect(await slider.getAttribute('aria-valuenow')).toBe(String(held))
    await page.getByRole('button', { name: 'One event on' }).click()
    await at(page, held + 1)
    await page.getByRole('button', { name: 'One event back' }).click()
    await at(page, held)
    await page.close()
  })

  it('proves the chain here in the browser, and names the revision at which one byte was altered', async () => {
    const revision = (await so.pool.summary()).revision ?? 0
    const page = await so.open(`/pools/main/verify?at=${so.busiest}`)
    await page.getByRole('button', { name: /Verify up to/ }).click()
    await page.waitForSelector('[data-state="working"]')
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.waitForSelector('[data-state="idle"]')
    await page.getByRole('button', { name: /Verify up to/ }).click()
    // It goes on in a thread of its own, whatever page is looked at.
    await page.getByRole('link', { name: 'Waterfall' }).click()
    await page.locator('h1', { hasText: 'Waterfall' }).waitFor()
    await page
      .locator('.bar', { hasText: `verified to ${so.busiest.toLocaleString('en')}` })
      .waitFor({ timeout: 120_000 })
    await page.getByRole('link', { name: 'Verify' }).click()
    await page.waitForSelector('[data-state="done"]')
    expect((await page.innerText('[data-state]')).replaceAll(',', '')).toContain(`Sound: ${so.busiest + 1} events`)

    const altered = 700
    await page.route('**/events?*', async (route) => {
      const answer = await route.fetch()
      const { items, next } = await answer.json()
      const served = items.map((event: { revision: number; at: string }) =>
        event.revision === altered ? { ...event, at: event.at.replace('2020', '2021') } : event,
      )
      await route.fulfill({ response: answer, json: { items: served, ...(next === undefined ? {} : { next }) } })
    })
    await page.getByRole('button', { name: /Verify up to/ }).click()
    await page.locator('[data-state="done"]', { hasText: 'Not sound' }).waitFor()
    expect(await page.innerText('[data-state]')).toContain(`event ${altered} does not follow`)
    expect(revision).toBeGreaterThan(altered)
    await page.close()
  })

  it('has nothing that a checker of accessibility finds, on any page, in both themes, when all is calm and at the worst', async () => {
    const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
    const violated: string[] = []
    for (const scheme of ['light', 'dark'] as const) {
      // The checker is a script of nobody's: the policy of the page would not let it in.
      const page = await so.open(`/pools/main?at=${so.busiest}`, { colorScheme: scheme, bypassCSP: true })
      await page.addScriptTag({ content: axe })
      for (const revision of [so.calm, so.busiest])
        for (const path of [...pages, '/accounts/maker-1', `/events/${revision}`]) {
          await page.evaluate(
            `history.pushState(null, '', '/pools/main${path}?at=${revision}'); dispatchEvent(new PopStateEvent('popstate'))`,
          )
          await page.locator('.bar', { hasText: `revision ${revision.toLocaleString('en')} of` }).waitFor()
          await settled(page)
          const { violations } = await page.evaluate<Found>('axe.run()')
          violated.push(
            ...violations.map(({ id, nodes }) => `${path} at ${revision}, ${scheme}: ${id}: ${nodes[0]?.html}`),
          )
        }
      await page.close()
    }
    expect(violated).toEqual([])
  }, 400_000)

  it('loads little before it shows how the house stands, and of other pages only what is gone to', async () => {
    const page = await so.open('/pools/main')
    await settled(page)
    const programs = (): Promise<readonly string[]> =>
      page.evaluate(
        "performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.js'))",
      )
    const first = await programs()
    const texts = await Promise.all(first.map(async (url) => Buffer.from(await (await fetch(url)).arrayBuffer())))
    const bytes = texts.reduce((sum, text) => sum + gzipSync(text).length, 0)
    expect(bytes).toBeGreaterThan(10_000)
    expect(bytes).toBeLessThanOrEqual(most_bytes)
    await page.getByRole('link', { name: 'Waterfall' }).click()
    await page.locator('h1', { hasText: 'Waterfall' }).waitFor()
    await settled(page)
    expect((await programs()).length).toBeGreaterThan(first.length)
    await page.close()
  })

  it('says so where a page cannot be loaded, and loads it once it can', async () => {
    const page = await so.open('/pools/main')
    await settled(page)
    await page.route('**/assets/prices-*.js', (route) => route.abort())
    await page.getByRole('link', { name: 'Prices' }).click()
    await page.getByRole('alert').waitFor()
    await page.unroute('**/assets/prices-*.js')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('section[aria-label="prices"]').waitFor()
    so.faults.splice(0)
    await page.close()
  })

  it('says so where the gateway is gone, and goes on showing what was last known', async () => {
    const page = await so.open('/pools/main')
    await settled(page)
    const before = await page.innerText('h1')
    await page.route('**/v1/**', (route) => route.abort())
    await page.locator('[role="status"]', { hasText: 'does not answer' }).waitFor()
    expect(await page.innerText('h1')).toBe(before)
    so.faults.splice(0)
    await page.close()
  })
})
