import { connect, type Pool } from '@novation/client'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { startNovation } from '../test-process'
import type { testWorld } from '../test-world'
import { type Opened, openBrowser } from './browser'

/** A demo's ledger in a gateway, and a browser before it. */
export interface ShownDemo {
  readonly url: string
  readonly pool: Pool
  /** The moment at which most auctions are open. */
  readonly busiest: number
  /** One at which everybody holds what he holds and nobody is called. */
  readonly calm: number
  readonly faults: string[]
  readonly open: (path: string, how?: BrowserContextOptions) => Promise<Page>
}

export const demo = ['demo', '--accounts=80', '--seed=3', '--sources=0']

/** The revision at which most auctions are open. */
export const busiestOf = async (pool: Pool): Promise<number> => {
  const { rows } = (await pool.ask('series', { points: 2000 })).data
  return rows.reduce((most, row) => (row.liquidations > most.liquidations ? row : most)).revision
}

/** The last revision before anybody was called. */
const calmOf = async (pool: Pool): Promise<number> => {
  const { rows } = (await pool.ask('series', { points: 2000 })).data
  const called = rows.findIndex(({ marginCalls }) => marginCalls > 0)
  return rows[Math.max(0, called - 1)]?.revision ?? 0
}

/**
 * Opens it before the tests of a description, and closes it after them; whatever goes wrong on a page fails the test it goes wrong in. `make` makes the ledger; where it is
 * left out, the demo is decided by the rules of today.
 */
export const shownDemo = (
  { take, folder }: ReturnType<typeof testWorld>,
  make: (ledger: string) => Promise<unknown> = (ledger) => take([...demo, `--ledger=${ledger}`]),
): ShownDemo => {
  let watching: ReturnType<typeof startNovation> | undefined
  let browser: Opened | undefined
  const so = {
    url: '',
    pool: connect({ url: 'http://127.0.0.1:1' }).pool('main'),
    busiest: 0,
    calm: 0,
    faults: [] as string[],
    open: async (path: string, how: BrowserContextOptions = {}): Promise<Page> => {
      if (browser === undefined) throw new Error('no browser was opened')
      return browser.open(so.url + path, how)
    },
  }
  beforeAll(async () => {
    await make(folder('shown'))
    watching = startNovation(['watch', `--ledger=${folder('shown')}`, '--listen=127.0.0.1:0'])
    await watching.printed(1)
    so.url = watching.said().trim()
    so.pool = connect({ url: so.url }).pool('main')
    so.busiest = await busiestOf(so.pool)
    so.calm = await calmOf(so.pool)
    browser = await openBrowser()
    so.faults = browser.faults
  })
  afterAll(async () => {
    await browser?.close()
    watching?.child.kill('SIGTERM')
    await watching?.ended
  })
  afterEach(() => expect(so.faults.splice(0)).toEqual([]))
  return so
}
