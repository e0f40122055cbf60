import { inBrowser, settled } from './kit/browser'
import { cellsOf, shown, whole } from './kit/figures'
import { shownDemo } from './kit/shown-demo'
import { testWorld } from './test-world'

jest.setTimeout(120_000)

const world = testWorld()

inBrowser('finding something in the console', () => {
  const so = shownDemo(world)

  it('finds a moment by its time, and an account by a part of its name, from anywhere by the keyboard', async () => {
    const page = await so.open(`/pools/main/prices?at=${so.busiest}`)
    await settled(page)
    await page.keyboard.press('Control+k')
    await page.locator('dialog input:focus').waitFor()
    await page.keyboard.type('02:00')
    await page.locator('[role="option"]', { hasText: 'T02:00:00' }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(({ pathname, search }) => pathname === '/pools/main/prices' && search !== `?at=${so.busiest}`)
    await page.locator('.bar', { hasText: '2020-03-12 02:00:00' }).waitFor()
    await page.keyboard.press('?')
    await page.locator('dialog', { hasText: 'Ctrl K' }).waitFor()
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    await page.close()
  })

  it('lists every event there was, and drops none as somebody scrolls through them', async () => {
    const page = await so.open(`/pools/main/events?at=${so.busiest}`, { bypassCSP: true })
    const list = page.locator('section[aria-label="events"]')
    await list.locator('tbody a').first().waitFor()
    const seen = new Set<number>()
    for (let top = 0; top <= 30 * so.busiest; top += 500) {
      await list.evaluate((section, to) => {
        section.scrollTop = to
      }, top)
      await list.locator(`tr[aria-rowindex="${Math.min(so.busiest, Math.floor(top / 30)) + 2}"]`).waitFor()
      await page.locator('section[aria-label="events"] td', { hasText: /^…$/ }).first().waitFor({ state: 'detached' })
      for (const text of await list.locator('tbody tr td:first-child a').allInnerTexts())
        seen.add(Number(text.replaceAll(',', '')))
      if (seen.size > 1500) break
    }
    const newest = Math.max(...seen)
    expect(newest).toBe(so.busiest)
    for (let revision = newest; revision > newest - seen.size; revision -= 1) expect(seen).toContain(revision)
    await page.close()
  })

  it('says what changed between two moments, and what would have been with another margin', async () => {
    const page = await so.open(`/pools/main/differences/100?at=${so.busiest}`)
    await page
      .locator('p.sentence', { hasText: `there are ${(so.busiest - 100).toLocaleString('en')} events` })
      .waitFor()
    const { text } = await so.pool.workOut({ kind: 'diff', from: '100', to: String(so.busiest) })
    const diff = JSON.parse(text) as { readonly statuses: readonly { readonly account: string }[] }
    expect(await page.innerText('section[aria-label="statuses"]')).toContain(diff.statuses[0]?.account ?? '')
    await page.getByRole('link', { name: 'What if' }).click()
    await page.getByRole('button', { name: 'Decide again' }).click()
    const chart = page.locator('svg[data-hurt]')
    await chart.waitFor({ timeout: 60_000 })
    expect(await chart.getAttribute('data-hurt')).toMatch(/called: \d+ recorded, \d+ new/)
    so.faults.splice(0)
    await page.close()
  })

  it('finds how an account stood before and after each bid that was taken of it, and the event of it', async () => {
    const { items } = (await so.pool.ask('events', { type: ['Liquidated'], limit: 1000 })).data
    const taken = items.flatMap((event) => (event.type === 'Liquidated' ? [event] : []))
    const last = taken.at(-1)
    if (last === undefined) throw new Error('nobody took anything')
    const { account, liquidation } = last.data
    const page = await so.open(`/pools/main/liquidations/${liquidation}?at=${last.revision}`)
    await page.locator(`section[aria-label="fills-${account}"] tbody a`).first().waitFor()
    await settled(page)
    const rows = await cellsOf(page, `fills-${account}`)
    const own = taken.filter(({ data }) => data.liquidation === liquidation)
    expect(rows.length).toBe(own.length)
    for (const [i, { revision, data }] of own.entries()) {
      const { data: after } = await so.pool.account(account, { at: revision })
      const figures = [data.equity, data.maintenanceMargin, after.best ?? after.equity, after.maintenanceMargin]
      expect(rows[i]?.toSpliced(2, 1)).toEqual([whole(String(revision)), data.bidder, ...figures.map(shown)])
    }
    await page.close()
  })
})
