import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

export type { Page }

const places = [
  process.env.NOVATION_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  // Where `npx playwright-core install chromium` puts its own.
  chromium.executablePath(),
]

/** What a browser says it is; nothing where there is none, or where it lacks something of the system and does not start. */
const versionOf = (path: string): string | undefined => {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 })
  return status === 0 ? stdout.trim() : undefined
}

/** The first that is there and starts. */
export const findBrowser = (): string | undefined =>
  places.find((path) => path !== undefined && existsSync(path) && versionOf(path) !== undefined)

const found = findBrowser()

export const versionOfBrowser = (): string | undefined => (found === undefined ? undefined : versionOf(found))

/** A description of what only a browser can show: skipped, and said to be, where none is installed. */
export const inBrowser = (name: string, tests: () => void): void => {
  const why = 'skipped: no Chromium is installed; npm run browser installs one, NOVATION_CHROMIUM says where one is'
  ;(found === undefined ? describe.skip : describe)(found === undefined ? `${name} (${why})` : name, tests)
}

/** A browser, and everything that went wrong in its pages. */
export interface Opened {
  /** Opens an address of the console, and notes what goes wrong on it: also a request that leaves its origin. */
  readonly open: (address: string, how?: BrowserContextOptions) => Promise<Page>
  /** A page that has gone nowhere yet. */
  readonly blank: (how?: BrowserContextOptions) => Promise<Page>
  readonly faults: string[]
  readonly close: () => Promise<void>
}

export const openBrowser = async (): Promise<Opened> => {
  const browser: Browser = await chromium.launch({ executablePath: found ?? '', args: ['--no-sandbox'] })
  const faults: string[] = []
  const open = async (address: string, how: BrowserContextOptions = {}): Promise<Page> => {
    const page = await browser.newPage(how)
    page.on('pageerror', ({ message }) => faults.push(message))
    page.on('console', (message) => {
      // A page that goes on asking a gateway that has nothing new is answered 504, and that is no fault.
      if (message.type() === 'error' && !message.text().includes('504')) faults.push(message.text())
    })
    page.on('request', (request) => {
      if (!request.url().startsWith(new URL(address).origin))
        faults.push(`a request leaves this origin: ${request.url()}`)
    })
    await page.goto(address)
    await page.locator('h1:visible, h2:visible').first().waitFor()
    return page
  }
  return { open, blank: (how = {}) => browser.newPage(how), faults, close: () => browser.close() }
}

/** Once nothing that is shown is still asked for, and nothing is of the moment before. */
export const settled = async (page: Page): Promise<void> => {
  await page.waitForSelector('main')
  await page.getByText('Asking').first().waitFor({ state: 'detached' })
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
  await page.locator('main td', { hasText: /^…$/ }).first().waitFor({ state: 'detached' })
}
