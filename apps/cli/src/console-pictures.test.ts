import type { Page } from 'playwright-core'
import { inBrowser, settled, versionOfBrowser } from './kit/browser'
import {
  allowed_permille,
  differing_permille,
  differingFrom,
  drawnAs,
  keptBytes,
  most_bytes,
  notComparable,
  taken,
  widths,
} from './kit/pictures'
import { figuresOfRecorded, putRecorded } from './kit/recorded'
import { shownDemo } from './kit/shown-demo'
import { testWorld } from './test-world'

jest.setTimeout(300_000)

const pages: Readonly<Record<string, string>> = {
  overview: '',
  accounts: '/accounts',
  account: '/accounts/maker-1',
  liquidations: '/liquidations',
  waterfall: '/waterfall',
  prices: '/prices',
  parameters: '/parameters',
  events: '/events',
  event: '/events/700',
  verify: '/verify',
}

const world = testWorld()
const ground = { of: 'demo', version: versionOfBrowser() ?? 'no browser', figures: figuresOfRecorded() } as const
const why = notComparable(ground)

inBrowser('the pictures of the console', () => {
  const so = shownDemo(world, putRecorded)

  const opened = async (path: string): Promise<Page> => {
    const page = await so.open(`/pools/main${path}?at=${so.busiest}`, {
      colorScheme: 'dark',
      viewport: widths.wide,
      reducedMotion: 'reduce',
      bypassCSP: true,
    })
    await settled(page)
    await page.evaluate('document.fonts.ready.then(() => undefined)')
    return page
  }

  // A picture that cannot be compared says nothing, and counts as nothing.
  const drawing = why === undefined ? it : it.skip
  for (const [each, path] of Object.entries(pages))
    drawing(drawnAs(each, why), async () => {
      const page = await opened(path)
      expect(await differingFrom(page, each, ground)).toEqual({})
      await page.close()
    })

  it.each(Object.entries(pages))('%s goes into the window, at every width and at twice the size', async (_, path) => {
    const page = await opened(path)
    // Twice the size is half as many pixels of a page in the same window.
    for (const viewport of [...Object.values(widths), { width: 640, height: 400 }, { width: 320, height: 512 }]) {
      await page.setViewportSize(viewport)
      await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
      const over = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      expect([viewport.width, Math.max(0, Number(over))]).toEqual([viewport.width, 0])
    }
    await page.close()
  })

  it('a colour that changed is seen, and a column that is gone; nothing is seen where nothing changed', async () => {
    const page = await opened('')
    const before = await taken(page)
    const changed = async (style: string): Promise<number> => {
      const added = await page.addStyleTag({ content: style })
      const differs = await differing_permille(before, await taken(page))
      await added.evaluate((element) => element.parentNode?.removeChild(element))
      return differs
    }
    expect(await changed(':root { --accent: #ffaa33 !important }')).toBeGreaterThan(allowed_permille)
    expect(await changed('th:nth-child(3), td:nth-child(3) { display: none }')).toBeGreaterThan(allowed_permille)
    expect(await changed('/* nothing */')).toBeLessThanOrEqual(allowed_permille)
    await page.close()
  })

  it('series that were swapped are seen, in the picture and in what the drawing says of itself', async () => {
    const page = await opened('')
    const before = await taken(page)
    const prefunded = await page.locator('svg[data-deficits]').getAttribute('data-prefunded')
    await page.route('**/series?*', async (route) => {
      const answer = await route.fetch()
      const { rows } = (await answer.json()) as { rows: readonly { deficits: string; prefunded: string }[] }
      const swapped = rows.map((row) => ({ ...row, deficits: row.prefunded, prefunded: row.deficits }))
      await route.fulfill({ response: answer, json: { rows: swapped } })
    })
    await page.reload()
    await settled(page)
    await page.locator('svg[data-deficits]').waitFor()
    expect(await page.locator('svg[data-deficits]').getAttribute('data-deficits')).toBe(prefunded)
    expect(await differing_permille(before, await taken(page))).toBeGreaterThan(allowed_permille)
    await page.close()
  })

  it('together they are no more than what may be kept', () => expect(keptBytes()).toBeLessThanOrEqual(most_bytes))
})
