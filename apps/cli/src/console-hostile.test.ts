import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { inBrowser, type Opened, openBrowser, settled } from './kit/browser'
import { startNovation } from './test-process'
import { anyPrice, ndjson, testWorld } from './test-world'

jest.setTimeout(180_000)

const { take, folder, file } = testWorld()

type Wish = readonly [string, object, object?]

const market = 'https://nowhere.example'
const html = `<img src=x onerror="document.title='taken'"><script>document.title='taken'</script>`
const formula = `=HYPERLINK("${market}","click")`
const long = 'L'.repeat(64)
const names = ['..', '.', '-1', '-.-', long, 'a:b:1', 'constructor', '__proto__']

const day = '2020-03-12T10:00:00Z'
const begun = (decimals: number): readonly Wish[] => [
  ['RegisterAsset', { asset: 'USD', decimals, settlement: true }, { at: day }],
  ['SetPoolParameters', { dead_s: 315_360_000 }],
  anyPrice,
]
const listed = (instrument: string): Wish => [
  'ListInstrument',
  {
    instrument,
    kind: 'perpetual',
    settlementAsset: 'USD',
    lot: '0.000000000000000001',
    margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] },
  },
]
const opened = (account: string, amount: string, more: object = {}): readonly Wish[] => [
  ['OpenAccount', { account, ...more }],
  ['Deposit', { account, asset: 'USD', amount }],
]
const traded = (
  trade: string,
  instrument: string,
  quantity: string,
  price: string,
  buyer: string,
  seller: string,
): Wish => ['ClearTrade', { trade, instrument, buyer, seller, quantity, price }]
const told = (instrument: string, price: string, more: object = {}): Wish => [
  'PublishPrice',
  { instrument, price },
  { actor: 'oracle', ...more },
]

const most = '999999999999999999.999999999999999999'

/** What strangers may call themselves and each other, the largest figures beside the smallest, and time that stands still and then jumps a year. */
const strange: readonly Wish[] = [
  ...begun(18),
  listed('HUGE'),
  listed('TINY'),
  ['OpenAccount', { account: 'html', owner: html }],
  ['OpenAccount', { account: 'formula', owner: formula }],
  ...names.flatMap((name) => opened(name, '0.000000000000000001')),
  ...opened('rich', most),
  ...opened('richer', most),
  told('HUGE', '999999999999'),
  told('TINY', '0.000000000000000001'),
  traded('t-1', 'HUGE', '1000000', '999999999999', 'rich', 'richer'),
  traded('t-2', 'TINY', '0.000000000000000001', '0.000000000000000001', 'rich', '..'),
  ['Withdraw', { account: 'html', asset: 'USD', amount: '1' }],
  told('HUGE', '999999999998', { at: '2021-03-12T10:00:00Z' }),
  told('TINY', '0.000001'),
]

/** Nobody has anything left: all but one are below zero at once, and there is no fund. */
const wiped: readonly Wish[] = [
  ...begun(2),
  listed('BTC-PERP'),
  told('BTC-PERP', '1000'),
  ...opened('maker', '1000000'),
  ...['ann', 'ben', 'cem'].flatMap((name) => opened(name, '110')),
  ...['ann', 'ben', 'cem'].map((name) => traded(`t-${name}`, 'BTC-PERP', '1', '1000', name, 'maker')),
  told('BTC-PERP', '1'),
]

/** So many auctions at once, of accounts a million-fold apart. */
const crowd: readonly Wish[] = [
  ...begun(2),
  listed('BTC-PERP'),
  told('BTC-PERP', '1000'),
  ...opened('maker', '999999999999'),
  ...Array.from({ length: 400 }, (_, i) => i).flatMap((i): readonly Wish[] => {
    const size = 10 ** (i % 7)
    return [
      ...opened(`t-${i}`, String(340 * size)),
      traded(`b-${i}`, 'BTC-PERP', String(size), '1000', `t-${i}`, 'maker'),
    ]
  }),
  told('BTC-PERP', '690'),
]

const worlds: Readonly<Record<string, readonly Wish[]>> = {
  strange,
  wiped,
  crowd,
  empty: begun(2).slice(0, 1),
  one: [...begun(2), ...opened('alone', '0.01')],
}

const pages = ['', '/accounts', '/liquidations', '/waterfall', '/prices', '/parameters', '/events', '/verify']

inBrowser('the console, whatever the ledger holds', () => {
  let browser: Opened | undefined
  const watching = new Map<string, ReturnType<typeof startNovation>>()

  beforeAll(async () => {
    for (const [name, wishes] of Object.entries(worlds)) {
      const ledger = folder(name)
      const said = await take(['run', file(`${name}.ndjson`, ndjson(...wishes)), `--ledger=${ledger}`, '--jump=400'])
      if (said.err.includes('malformed: ')) throw new Error(said.err)
      const watched = startNovation(['watch', `--ledger=${ledger}`, '--listen=127.0.0.1:0'])
      watching.set(name, watched)
      await watched.printed(1)
    }
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    for (const { child, ended } of watching.values()) {
      child.kill('SIGTERM')
      await ended
    }
  })
  afterEach(() => expect(browser?.faults.splice(0)).toEqual([]))

  const addressOf = (name: string, path: string): string =>
    `${watching.get(name)?.said().trim().split('\n')[0]}/pools/main${path}`

  const shown = async (name: string, path: string): Promise<Page> => {
    if (browser === undefined) throw new Error('no browser was opened')
    const page = await browser.open(addressOf(name, path), { viewport: { width: 390, height: 844 } })
    await settled(page)
    return page
  }

  /** What is no figure where one should be, in words or in a drawing; what leaves the page to the right; what strangers brought in. */
  const wrongOn = (page: Page): Promise<readonly string[]> =>
    page.evaluate(`[
      ...(document.body.innerText.match(/NaN|undefined|Infinity|\\\\[object|e[+-]\\\\d/g) ?? []),
      ...[...document.querySelectorAll('svg *')].flatMap((element) =>
        [...element.attributes].filter(({ value }) => /NaN|Infinity|undefined/.test(value)).map(({ name, value }) => name + '=' + value)),
      ...(document.documentElement.scrollWidth > innerWidth ? ['it is wider than the window: ' + document.documentElement.scrollWidth] : []),
      ...[...document.querySelectorAll('main img, main script')].map(({ outerHTML }) => outerHTML),
      ...(document.title === 'taken' ? ['a script of a stranger ran'] : []),
    ]`)

  it.each(Object.keys(worlds))(
    'shows every page of the world %s whole, and runs nothing that strangers wrote',
    async (name) => {
      const wrong: string[] = []
      for (const path of pages) {
        const page = await shown(name, path)
        wrong.push(...(await wrongOn(page)).map((what) => `${path}: ${what}`))
        await page.close()
      }
      expect(wrong).toEqual([])
    },
  )

  it('leads to an account whatever it is called, and back to it by its address', async () => {
    for (const name of names) {
      const page = await shown('strange', '/accounts')
      await page
        .locator('section[aria-label="accounts"] a', { hasText: name })
        .filter({ hasText: new RegExp(`^${name.replaceAll('.', '\\.')}$`) })
        .click()
      const title = page.locator('h1', { hasText: name })
      await title.waitFor()
      await page.reload()
      await title.waitFor()
      await settled(page)
      expect([name, await page.innerText('h1')]).toEqual([name, name])
      expect(await wrongOn(page)).toEqual([])
      await page.close()
    }
  })

  it('shows an owner that is HTML as the text that it is', async () => {
    const page = await shown('strange', '/events')
    const revision = strange.findIndex(([, data]) => 'owner' in data && data.owner === html)
    await page.goto(addressOf('strange', `/events/${revision}`))
    await page.locator('pre', { hasText: 'onerror' }).waitFor()
    expect(JSON.parse(await page.innerText('pre')).data.owner).toBe(html)
    expect(await wrongOn(page)).toEqual([])
    await page.close()
  })

  it('takes a table along in which no spreadsheet finds a formula', async () => {
    const page = await shown('strange', '/accounts')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Take along as CSV' }).click(),
    ])
    const lines = readFileSync(await download.path(), 'utf8').split('\r\n')
    expect(lines.length).toBeGreaterThan(names.length)
    for (const cell of lines.flatMap((line) => line.split(',')))
      expect(cell).not.toMatch(/^"?[=+@\t]|^"?-(?!\d+(\.\d+)?"?$)/)
    expect(lines.some((line) => line.startsWith("'-.-,"))).toBe(true)
    await page.close()
  })

  it('shows the largest amount there is to its last place, and the smallest as more than nothing', async () => {
    const page = await shown('strange', '/accounts/rich?at=30')
    expect((await page.innerText('main')).replaceAll(',', '')).toContain('999999999999999999.99')
    await page.close()
  })

  it('lists four hundred auctions, each of them', async () => {
    const page = await shown('crowd', '/liquidations')
    const table = page.locator('section[aria-label="auctions"] table')
    expect(await table.getAttribute('aria-rowcount')).toBe('401')
    await page.close()
  })
})
