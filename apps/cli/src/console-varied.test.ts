import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { inBrowser, settled, versionOfBrowser } from './kit/browser'
import { cellsOf, shown, whole } from './kit/figures'
import { differingFrom, drawnAs, notComparable, widths } from './kit/pictures'
import { shownDemo } from './kit/shown-demo'
import { figuresOfVaried, putVaried } from './kit/varied'
import { testWorld } from './test-world'

jest.setTimeout(180_000)

interface Portfolio {
  readonly alone: string
  readonly offset: string
  readonly scan: string
  readonly underlyings: readonly { readonly underlying: string; readonly alone: string; readonly contingency: string }[]
  readonly contributions: Readonly<Record<string, string>>
}

interface Stated {
  readonly accounts: readonly {
    readonly account: string
    readonly initialMargin: string
    readonly maintenanceMargin: string
    readonly positions: readonly { readonly instrument: string; readonly quantity: string }[]
    readonly portfolio?: Portfolio
  }[]
  readonly instruments: readonly { readonly instrument: string; readonly mark?: string; readonly stale: boolean }[]
  readonly indices: readonly {
    readonly index: string
    readonly price?: string
    readonly slow?: string
    readonly confidence?: string
    readonly sources: readonly { readonly source: string; readonly weight: number; readonly counts: string }[]
  }[]
}

interface Fact {
  readonly stale: boolean
  readonly revision: number
}

interface Market {
  readonly underlying: string
  readonly price?: Fact & { readonly price: string }
  readonly model: { readonly revision: number }
  readonly curve?: Fact & { readonly points: readonly { readonly days: number; readonly discount: string }[] }
  readonly expiries: readonly {
    readonly expiry: string
    readonly forward?: Fact & { readonly price: string; readonly index: string }
    readonly surface?: Fact & { readonly points: readonly { readonly strike: string; readonly volatility: string }[] }
    readonly valued?: { readonly forward: string; readonly discount: string }
    readonly options: readonly {
      readonly instrument: string
      readonly optionType: 'call' | 'put'
      readonly strike: string
      readonly volatility?: string
      readonly mark?: string
    }[]
  }[]
}

const world = testWorld()
/** What is drawn of which page: from where on. */
const parts = {
  indices: ['/prices', 'h2.title'],
  markets: ['/prices', 'h2.title ~ h2.title'],
  portfolio: ['/accounts/alice', 'section.card:has([aria-label="requirement-alice"])'],
} as const

/** Leaves out what stands before something, so that it goes into the window. */
const onlyFrom = (page: Page, first: string): Promise<void> =>
  page.evaluate(`{
    for (let here = document.querySelector('main ${first}'); here.tagName !== 'MAIN'; here = here.parentElement)
      for (let other = here.previousElementSibling; other !== null; other = other.previousElementSibling)
        other.style.display = 'none'
  }`)

const ground = { of: 'varied', version: versionOfBrowser() ?? 'no browser', figures: figuresOfVaried() } as const
const why = notComparable(ground)

inBrowser('options, portfolios and indices in the console', () => {
  const so = shownDemo(world, putVaried)
  let said: Stated = { accounts: [], instruments: [], indices: [] }

  beforeAll(async () => {
    const { out } = await world.take(['solvency', `--ledger=${world.folder('shown')}`, '--output=json'])
    said = JSON.parse(out)
  })

  const opened = async (path: string, how: object = {}): Promise<Page> => {
    const page = await so.open(`/pools/main${path}`, { bypassCSP: true, ...how })
    await settled(page)
    return page
  }
  const accountIn = (name: string) => {
    const found = said.accounts.find(({ account }) => account === name)
    if (found === undefined) throw new Error(`the command line knows no ${name}`)
    return found
  }
  const factsOf = (page: Page, scope: string): Promise<readonly string[]> =>
    page.locator(`${scope} dl.facts dd`).allInnerTexts()

  // A picture that cannot be compared says nothing, and counts as nothing.
  for (const [name, [path, first]] of Object.entries(parts))
    (why === undefined ? it : it.skip)(drawnAs(name, why), async () => {
      const page = await opened(path, { viewport: widths.wide, reducedMotion: 'reduce' })
      await page.evaluate('document.fonts.ready.then(() => undefined)')
      await onlyFrom(page, first)
      expect(await differingFrom(page, name, ground)).toEqual({})
      await page.close()
    })

  it('an account of portfolio margin says what all of it needs, and what each position makes of that, as the command line does', async () => {
    const { portfolio, positions, maintenanceMargin } = accountIn('alice')
    if (portfolio === undefined) throw new Error('alice has no portfolio')
    const page = await opened('/accounts/alice')
    const words = await page.innerText('main p.sentence')
    expect(words).toContain(`All of it together needs ${shown(maintenanceMargin)}: the worst for BTC is its price at `)
    expect(await factsOf(page, 'main')).toEqual([portfolio.alone, portfolio.offset, portfolio.scan].map(shown))
    const required = await cellsOf(page, 'requirement-alice')
    expect(required.map((row) => row.slice(0, 3))).toEqual(
      portfolio.underlyings.map((one) => [one.underlying, shown(one.alone), shown(one.contingency)]),
    )
    const held = await cellsOf(page, 'positions-alice')
    expect(held.map((row) => [row[1], row[3]])).toEqual(
      positions.map(({ instrument, quantity }) => {
        const part = portfolio.contributions[instrument] ?? '0'
        return [whole(quantity), part.startsWith('-') ? `hedges ${shown(part.slice(1))}` : `adds ${shown(part)}`]
      }),
    )
    expect(held.map((row) => [row[0], row.at(-1)])).toContainEqual([
      'CALL',
      'call at 100 on BTC, until 2020-03-30 10:00:00',
    ])
    // What is asked of a position by itself is nothing here, and no figure says so.
    expect(await page.innerText('main section[aria-label="positions-alice"] thead')).not.toMatch(/initial|maintenance/i)
    await page.close()
  })

  it('an option that is margined by itself stands with its terms and with what it is asked', async () => {
    const { positions } = accountIn('bob')
    const page = await opened('/accounts/bob')
    const { data } = await so.pool.ask('margin', { account: 'bob' })
    const held = await cellsOf(page, 'positions-bob')
    expect(held.map((row) => row.slice(4, 6))).toEqual(
      data.positions.map((one) => [shown(one.initialMargin), shown(one.maintenanceMargin)]),
    )
    expect(held.map((row) => [row[0], row.at(-1)])).toEqual(
      positions.map(({ instrument }) => [
        instrument,
        expect.stringMatching(/^(call|put) at \d+ on BTC, until 2020-03-30/),
      ]),
    )
    expect(await page.locator('section[aria-label="requirement-bob"]').count()).toBe(0)
    await page.close()
  })

  it('the prices of options, and where the price of each index comes from, are those of the command line', async () => {
    const page = await opened('/prices')
    const rows = new Map((await cellsOf(page, 'prices')).map(([of, price, , state]) => [of, [price, state]]))
    for (const { instrument, mark, stale } of said.instruments)
      if (mark !== undefined) expect(rows.get(instrument)).toEqual([whole(mark), stale ? '◐ stale' : '○ fresh'])
    expect(rows.has('CALL')).toBe(true)
    const words = { full: '○ counts in full', half: '◐ counts by half: it was off' } as const
    for (const { index, price, slow, confidence, sources } of said.indices) {
      const figures = await factsOf(page, `section.card:has(section[aria-label="sources of ${index}"])`)
      expect(figures.slice(0, 3)).toEqual(
        [price, slow, confidence].map((one) => (one === undefined ? 'none yet' : whole(one))),
      )
      expect((await cellsOf(page, `sources of ${index}`)).map((row) => row.slice(0, 3))).toEqual(
        sources.map(({ source, weight, counts }) => [
          source,
          String(weight),
          counts === 'suspended'
            ? '✕ suspended: it has signed two truths'
            : price === undefined
              ? '· has said nothing yet'
              : words[counts as keyof typeof words],
        ]),
      )
    }
    expect(await page.innerText('main')).toContain('SOL-USD has no price yet.')
    await page.close()
  })

  it('what the price of an option is made of is what the command line says, at twenty moments, each fact with the event that told it', async () => {
    const page = await opened('/prices')
    const head = (await so.pool.summary()).revision ?? 0
    let seen = 0
    for (let i = 0; i < 20; i += 1) {
      const at = Math.round((head * i) / 19)
      const { out } = await world.take(['solvency', `--ledger=${world.folder('shown')}`, `--at=${at}`, '--output=json'])
      const { markets = [] } = JSON.parse(out) as { readonly markets?: readonly Market[] }
      await page.evaluate(
        `history.pushState(null, '', '/pools/main/prices?at=${at}'); dispatchEvent(new PopStateEvent('popstate'))`,
      )
      await page.locator('.bar', { hasText: `revision ${at} of` }).waitFor()
      await settled(page)
      expect(await page.locator('h2.title', { hasText: 'price of an option' }).count()).toBe(markets.length)
      for (const { underlying, price, model, curve, expiries } of markets) {
        const toldBy = (words: string | undefined, of: Partial<Fact> | undefined): string =>
          `${words ?? 'none yet'}${of?.stale === true ? ' ◐ too old' : ''}${of === undefined ? '' : ` ${of.revision}`}`
        const said = async (title: string): Promise<readonly string[]> =>
          (await factsOf(page, `section.card:has(h2:text-is("${title}"))`)).map((text) =>
            text.replace(/\s+/g, ' ').trim(),
          )
        const discounts = curve?.points.map(({ days, discount }) => `${discount} in ${days} d`)
        expect((await said(underlying)).slice(0, curve === undefined ? 2 : 3)).toEqual([
          toldBy(price?.price, price),
          toldBy('set', model),
          ...(curve === undefined ? [] : [toldBy(discounts?.join(', '), curve)]),
        ])
        for (const { expiry, forward, surface, valued, options } of expiries) {
          const day = expiry.slice(0, 10)
          const shape = surface?.points.map(({ strike, volatility }) => `${volatility} at ${strike}`).join(', ')
          expect(await said(`${underlying} on ${day}`)).toEqual([
            toldBy(forward && `${forward.price} at a price of ${forward.index}`, forward),
            toldBy(shape, surface),
            valued === undefined ? 'nothing yet' : `${valued.forward}, discounted by ${valued.discount}`,
          ])
          expect(await cellsOf(page, `options on ${underlying}, ${day}`)).toEqual(
            options.map(({ instrument, optionType, strike, volatility, mark }) => [
              instrument,
              optionType === 'call' ? 'buy' : 'sell',
              strike,
              volatility ?? 'none yet',
              mark ?? 'none yet',
            ]),
          )
          seen += options.length
        }
      }
    }
    expect(seen).toBeGreaterThan(20)
    const drawn = await page.locator('svg[data-smile]').getAttribute('data-smile')
    const { data } = await so.pool.ask('markets', {})
    const byStrike = new Map(data.items[0]?.expiries[0]?.options.map(({ strike, volatility }) => [strike, volatility]))
    expect(drawn).toBe(
      [...byStrike]
        .sort(([a], [b]) => Number(a) - Number(b))
        .map(([, volatility]) => volatility)
        .join(' '),
    )
    await page.close()
  })

  it('how the price of a coin went is drawn, up to what it is', async () => {
    const page = await opened('/prices')
    const chart = page.locator('svg[data-of="BTC"]')
    await chart.waitFor()
    const { rows } = (await so.pool.ask('priceSeries', { name: 'BTC' })).data
    expect(await chart.getAttribute('data-rows')).toBe(String(rows.length))
    expect(await chart.getAttribute('data-price')).toBe(rows.at(-1)?.price)
    await page.close()
  })

  it('each of these pages is sound for whoever does not see it, in both themes, goes into the window, and is gone through by the keyboard', async () => {
    const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
    const wrong: string[] = []
    for (const colorScheme of ['light', 'dark'] as const)
      for (const path of ['/prices', '/accounts/alice']) {
        const page = await opened(path, { colorScheme, viewport: { width: 390, height: 844 } })
        await page.addScriptTag({ content: axe })
        const { violations } = await page.evaluate<{ violations: readonly { id: string }[] }>('axe.run()')
        wrong.push(...violations.map(({ id }) => `${path}, ${colorScheme}: ${id}`))
        if (Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth')) > 0)
          wrong.push(`${path} is wider than the window`)
        await page.close()
      }
    expect(wrong).toEqual([])
    const page = await opened('/prices')
    const reached = await page.evaluate<boolean>(`(() => {
      const button = [...document.querySelectorAll('section.card')].find((card) => card.querySelector('[aria-label="sources of ETH-USD"]'))?.querySelector('button')
      button?.focus()
      return button !== undefined && document.activeElement === button && button.tabIndex === 0
    })()`)
    expect(reached).toBe(true)
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
    expect(readFileSync(await download.path(), 'utf8')).toContain('s5,1')
    await page.close()
  })
})
