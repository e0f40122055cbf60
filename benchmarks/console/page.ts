import type { Page } from '../../apps/cli/src/kit/browser'

/** What the page itself sees of its own work: installed before any of its programs. */
export const watchItself = `
  window.seen = { long: [], interactions: new Map() }
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries()) window.seen.long.push([Math.round(startTime), duration])
  }).observe({ type: 'longtask', buffered: true })
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries())
      if (interactionId > 0) window.seen.interactions.set(interactionId, Math.max(duration, window.seen.interactions.get(interactionId) ?? 0))
  }).observe({ type: 'event', durationThreshold: 16 })
`

/** Milliseconds from each interaction to the next paint; those below 16 say nothing of themselves and are counted as 16. */
export const interactionsOf = async (page: Page, made: number): Promise<readonly number[]> => {
  const told = await page.evaluate<number[]>('[...window.seen.interactions.values()]')
  return [...told, ...Array.from({ length: Math.max(0, made - told.length) }, () => 16)]
}

/** How long its long tasks took, since this was asked last. */
export const longTasks = (page: Page): Promise<readonly number[]> =>
  page.evaluate<number[]>('window.seen.long.splice(0).map(([, duration]) => duration)')

export interface Work {
  /** Of all threads of its process. */
  readonly cpu_ms: number
  readonly heap_bytes: number
}

export interface WatchWork {
  readonly before: () => Promise<Work>
  readonly after: () => Promise<Work>
}

/**
 * How to ask what the page has cost so far, and what it holds. Its garbage is collected for that each time, which is no work of the page: `before` something
 * it is collected first, and after it last.
 */
export const watchWork = async (page: Page): Promise<WatchWork> => {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  const browser = page.context().browser()
  if (browser === null) throw new Error('the page has no browser')
  const outside = await browser.newBrowserCDPSession()
  const heap = async (): Promise<number> => {
    await devtools.send('HeapProfiler.collectGarbage')
    const { metrics } = await devtools.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN
  }
  const cpu = async (): Promise<number> => {
    const { processInfo } = await outside.send('SystemInfo.getProcessInfo')
    return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0)
  }
  return {
    before: async () => {
      const heap_bytes = await heap()
      return { heap_bytes, cpu_ms: await cpu() }
    },
    after: async () => {
      const cpu_ms = await cpu()
      return { cpu_ms, heap_bytes: await heap() }
    },
  }
}

/** Does something in the page, and waits until the moment of a revision is shown: milliseconds, by the page's own clock. */
const shownAfter = (page: Page, act: string, to: number): Promise<number> =>
  page.evaluate<number>(`new Promise((resolve, reject) => {
    const began = performance.now()
    ${act}
    const look = () => {
      const bar = document.querySelector('.bar').innerText.replaceAll(',', '')
      const moment = document.querySelector('.bar .moment').innerText
      if (bar.includes('revision ${to} of') && moment !== '…') resolve(performance.now() - began)
      else if (performance.now() - began > 30000) reject(new Error('the moment ${to} was not shown within thirty seconds'))
      else requestAnimationFrame(look)
    }
    look()
  })`)

/** Presses a key on the strip. */
export const stepped = (page: Page, to: number): Promise<number> =>
  shownAfter(
    page,
    `document.querySelector('[role="slider"]').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }))`,
    to,
  )

/** Goes there by its address. */
export const wentTo = (page: Page, to: number): Promise<number> =>
  shownAfter(
    page,
    `history.pushState(null, '', location.pathname + '?at=${to}'); dispatchEvent(new PopStateEvent('popstate'))`,
    to,
  )

/** The revisions that a table of events shows in its window, from the top, once none of them is awaited; none where rows are missing there. */
export const rowsAt = (page: Page, top: number): Promise<readonly number[]> =>
  page.evaluate<number[]>(`new Promise((resolve, reject) => {
    const list = document.querySelector('section[aria-label="events"]')
    list.scrollTop = ${top}
    const began = performance.now()
    const look = () => {
      const box = list.getBoundingClientRect()
      const rows = [...list.querySelectorAll('tbody tr:not(.room)')].filter((row) => {
        const { top, bottom } = row.getBoundingClientRect()
        return bottom > box.top + 30 && top < box.bottom
      })
      const covers = rows.length > 0 && rows.at(-1).getBoundingClientRect().bottom >= box.bottom - 30
      const revisions = rows.map((row) => Number(row.cells[0].innerText.replaceAll(',', '')))
      if (covers && revisions.every((revision) => !Number.isNaN(revision))) resolve(revisions)
      else if (performance.now() - began > 10000) resolve([])
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })`)
