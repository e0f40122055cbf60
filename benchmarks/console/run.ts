import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openBrowser, type Page, settled } from '../../apps/cli/src/kit/browser'
import { startNovation } from '../../apps/cli/src/test-process'
import { percentile } from '../mesh/measure'
import { type Row, say } from '../table/row'
import { asMarkdown, asText } from '../table/text'
import { interactionsOf, longTasks, rowsAt, stepped, type WatchWork, watchItself, watchWork, wentTo } from './page'

/**
 * What the console costs whoever looks at it, in a real Chromium, while a ledger of many accounts goes on: a process writes the ledger, a
 * gateway (`novation watch`) answers, a page is looked at, clicked and scrolled.
 *
 *   npm run bench:console -- [--accounts=100000] [--events=300000] [--rate=500] [--seconds=60] [--output=markdown]
 */
const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '100000' },
    events: { type: 'string', default: '300000' },
    rate: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '60' },
    output: { type: 'string', default: 'table' },
  },
})
const [accounts, events, rate, seconds] = [values.accounts, values.events, values.rate, values.seconds].map(Number) as [
  number,
  number,
  number,
  number,
]

/** On a machine that does much else besides, even that takes its time: how long says the figure, and not a failure. */
const patience_ms = 180_000

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const number = (of: number): string => of.toLocaleString('en')

const startWriter = async (folder: string) => {
  const child = fork(join(__dirname, 'writer.ts'), [folder, ...[accounts, events, rate].map(String)], {
    execArgv: ['--require', join(__dirname, '../../packages/testing/register.js')],
  })
  await new Promise((resolve, reject) => {
    child.on('message', resolve)
    child.on('exit', (code) => reject(new Error(`the writer ended with code ${code}`)))
  })
  return child
}

const headIn = async (page: Page): Promise<number> =>
  Number(/of\s+([\d,]+)/.exec(await page.innerText('.bar'))?.[1]?.replaceAll(',', ''))

/** The present, as it goes on: nobody does anything. */
const lookedAt = async (page: Page, work: WatchWork): Promise<readonly Row[]> => {
  say('looking at the present')
  // What it keeps of what it has been told fills first.
  await pause((seconds * 1000) / 2)
  await longTasks(page).then(() => undefined)
  const [before, first] = [await work.before(), await headIn(page)]
  const began = Date.now()
  await pause(seconds * 1000)
  const [after, last, took_ms] = [await work.after(), await headIn(page), Date.now() - began]
  const long = await longTasks(page)
  return [
    {
      id: 'console-core',
      what: 'the page at the present, all threads of its process, by CPU',
      figure: (after.cpu_ms - before.cpu_ms) / took_ms,
      unit: 'of a core',
      goal: { of: 'figure', is: 'at most', value: 0.25 },
    },
    {
      id: 'console-long',
      what: 'the longest task meanwhile, by the clock',
      figure: Math.max(0, ...long),
      unit: 'ms',
      goal: { of: 'figure', is: 'at most', value: 100 },
    },
    {
      id: 'console-long-count',
      what: `tasks of over 100 ms, of ${long.length} of over 50`,
      figure: long.filter((duration) => duration > 100).length,
      unit: '',
      goal: { of: 'figure', is: 'at most', value: 0 },
    },
    {
      id: 'console-heap',
      what: `its heap after ${number(seconds)} s more, to what it was (${(before.heap_bytes / 1e6).toFixed(1)} MB)`,
      figure: after.heap_bytes / before.heap_bytes,
      unit: '',
      goal: { of: 'figure', is: 'at most', value: 1.1 },
    },
    {
      id: 'console-rate',
      what: `events a second that it was told of, of ${rate}`,
      figure: ((last - first) * 1000) / took_ms,
      unit: '',
    },
  ]
}

const wanted = ['Accounts', 'Liquidations', 'Waterfall', 'Prices', 'Parameters', 'Events', 'Overview'] as const

const shownIn = async (page: Page): Promise<number> =>
  Number(/revision\s+([\d,]+)\s+of/.exec(await page.innerText('.bar'))?.[1]?.replaceAll(',', ''))

/** Somebody goes from page to page, holds, and lets a moment go. */
const clickedThrough = async (page: Page): Promise<readonly Row[]> => {
  say('clicking')
  await page.evaluate('window.seen.interactions.clear()')
  let made = 0
  for (let round = 0; round < 3; round += 1)
    for (const name of wanted) {
      await page.getByRole('link', { name }).first().click()
      made += 1
      await pause(600)
    }
  for (let i = 0; i < 10; i += 1) {
    await page.getByRole('button', { name: 'Hold' }).click()
    await pause(300)
    await page.getByRole('button', { name: 'Go live' }).click()
    made += 2
    await pause(300)
  }
  return [
    {
      id: 'console-interaction',
      what: `from an interaction to the next paint, p95 of ${made}`,
      figure: percentile(await interactionsOf(page, made), 0.95),
      unit: 'ms',
      goal: { of: 'figure', is: 'at most', value: 200 },
    },
  ]
}

/** Somebody holds and goes a few steps back, again and again: so it is in what the gateway has at hand, however quickly the ledger goes on. */
const steppedBack = async (page: Page, work: WatchWork): Promise<readonly Row[]> => {
  say('stepping back')
  const took: number[] = []
  let spent = 0
  const [rounds, steps] = [8, 4]
  for (let round = 0; round < rounds; round += 1) {
    await page.getByRole('button', { name: 'Hold' }).click()
    await pause(500)
    let at = await shownIn(page)
    const before = await work.before()
    for (let i = 0; i < steps; i += 1) {
      at -= 1
      took.push(await stepped(page, at))
    }
    await settled(page)
    spent += (await work.after()).cpu_ms - before.cpu_ms
    await page.getByRole('button', { name: 'Go live' }).click()
    await pause(1_000)
  }
  return [
    {
      id: 'console-step',
      what: `from a step through the last moments to its own, p95 of ${took.length}`,
      figure: percentile(took, 0.95),
      unit: 'ms',
      goal: { of: 'figure', is: 'at most', value: 100 },
    },
    {
      id: 'console-moment',
      what: `the first page of one moment, ${number(accounts)} accounts by their grid among it`,
      figure: spent / took.length,
      unit: 'ms of CPU',
      goal: { of: 'figure', is: 'at most', value: 50 },
    },
  ]
}

/** Somebody goes to moments that were long ago. */
const wentBack = async (page: Page): Promise<readonly Row[]> => {
  say('going far back')
  const took: number[] = []
  const head = await headIn(page)
  for (let i = 0; i < 5; i += 1) {
    const at = Math.floor(head * (0.15 + 0.15 * i))
    took.push(await wentTo(page, at))
    await settled(page)
  }
  return [
    {
      id: 'console-far',
      what: `from a word of where to go to a moment of long ago, p95 of ${took.length}`,
      figure: percentile(took, 0.95),
      unit: 'ms',
      goal: { of: 'figure', is: 'at most', value: 2_000 },
    },
  ]
}

/** Somebody scrolls through every event there was, in leaps. */
const scrolled = async (page: Page): Promise<readonly Row[]> => {
  say('scrolling')
  await page.getByRole('button', { name: 'Go live' }).click()
  await pause(1_000)
  await page.getByRole('button', { name: 'Hold' }).click()
  const newest = await headIn(page)
  await page.getByRole('link', { name: 'Events' }).first().click()
  await page.locator('section[aria-label="events"] tbody a').first().waitFor()
  const count = (await shownIn(page)) + 1
  const leaps = 60
  let missed = 0
  for (let i = 0; i <= leaps; i += 1) {
    const rows = await rowsAt(page, Math.floor((30 * count * i) / leaps))
    const isWhole = rows.length > 5 && rows.every((revision, n) => revision === (rows[0] ?? 0) - n)
    const place = count - 1 - Math.floor((count * i) / leaps)
    const isThere = i === leaps ? rows.at(-1) === 0 : Math.abs((rows[0] ?? 0) - place) < 3
    if (!isWhole || !isThere) missed += 1
  }
  return [
    {
      id: 'console-scroll',
      what: `places of ${leaps + 1} in a table of ${number(count)} events (of ${number(newest + 1)}) at which a row is missing`,
      figure: missed,
      unit: '',
      goal: { of: 'figure', is: 'at most', value: 0 },
    },
  ]
}

/** What a part comes to. One that fails is said to, and leaves the others their figures. */
const found = async (part: () => Promise<readonly Row[]>): Promise<readonly Row[]> => {
  try {
    return await part()
  } catch (error) {
    say(String(error))
    process.exitCode = 1
    return []
  }
}

const main = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'novation-console-'))
  say(`writing ${number(events)} events of ${number(accounts)} accounts`)
  const writer = await startWriter(join(folder, 'ledger'))
  say('opening a gateway before it')
  const watching = startNovation(['watch', `--ledger=${join(folder, 'ledger')}`, '--listen=127.0.0.1:0'], {
    NODE_OPTIONS: '--max-old-space-size=3000',
  })
  const browser = await openBrowser()
  try {
    await watching.printed(1)
    const page = await browser.blank({ viewport: { width: 1440, height: 900 } })
    await page.addInitScript(watchItself)
    page.setDefaultTimeout(patience_ms)
    await page.goto(`${watching.said().trim()}/pools/main`)
    await page.locator('h1:visible').first().waitFor()
    const work = await watchWork(page)
    const rows = [
      ...(await found(() => lookedAt(page, work))),
      ...(await found(() => clickedThrough(page))),
      ...(await found(() => steppedBack(page, work))),
      ...(await found(() => wentBack(page))),
      ...(await found(() => scrolled(page))),
    ]
    const text =
      values.output === 'json' ? JSON.stringify(rows) : (values.output === 'markdown' ? asMarkdown : asText)(rows)
    process.stdout.write(`${text}\n`)
  } finally {
    await browser.close()
    writer.kill()
    watching.child.kill('SIGTERM')
    await watching.ended
    rmSync(folder, { recursive: true, force: true })
  }
}

void main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exitCode = 1
})
