import { readFileSync } from 'node:fs'
import { connect, type Pool } from '@novation/client'
import { inBrowser, type Opened, openBrowser, settled } from './kit/browser'
import { cellsOf, type Stated, shown } from './kit/figures'
import { startNovation } from './test-process'
import { ndjson, smallPool, testWorld } from './test-world'

jest.setTimeout(120_000)

const { take, folder, file } = testWorld()

inBrowser('writing in the console', () => {
  let [url, browser]: [string, Opened | undefined] = ['', undefined]
  let mesh: ReturnType<typeof startNovation> | undefined
  let pool: Pool

  beforeAll(async () => {
    const ledger = folder('own')
    await take(['run', file('market.ndjson', ndjson(...smallPool)), `--ledger=${ledger}`])
    mesh = startNovation([
      'start',
      `--ledger=${ledger}`,
      `--data=${ledger}/data`,
      '--listen=127.0.0.1:0',
      '--http=127.0.0.1:0',
    ])
    await mesh.printed(1)
    url = mesh.said().trim().split('\n')[0] ?? ''
    pool = connect({ url }).pool('main')
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    mesh?.child.kill('SIGTERM')
    await mesh?.ended
  })
  afterEach(() => expect(browser?.faults.splice(0)).toEqual([]))

  const opened = async (path: string) => {
    if (browser === undefined) throw new Error('no browser was opened')
    const page = await browser.open(`${url}/pools/main${path}`)
    await settled(page)
    return page
  }

  it('shows what would come of a command before it can be sent, and follows it to its outcome', async () => {
    const before = (await pool.account('bob')).data.equity
    const page = await opened('/accounts/bob')
    await page.getByText('Deposit …').click()
    await page.waitForSelector('#field-amount')
    expect(await page.inputValue('#field-account')).toBe('bob')
    expect(await page.getByRole('button', { name: 'Send', exact: true }).count()).toBe(0)
    await page.fill('#field-asset', 'USD')
    await page.fill('#field-amount', '250.5')
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.waitForSelector('[data-course="tried"]')
    const told = await page.innerText('[data-course]')
    expect(told).toContain('bob deposits 250.50 USD')
    expect(told).toContain('Nobody would be called, liquidated or deleveraged')
    expect(told).toContain('450.50')
    const [foreseen = []] = await cellsOf(page, 'consequences')
    expect((await pool.account('bob')).data.equity).toBe(before)

    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.locator('[data-course="sent"]', { hasText: 'accepted' }).waitFor()
    const revision = Number((await page.innerText('[data-course] a')).replaceAll(',', ''))
    const { data } = await pool.ask('event', { event: String(revision) })
    expect(data).toMatchObject({ type: 'CollateralDeposited', data: { account: 'bob', amount: '250.5' } })
    expect((await pool.account('bob', { atLeast: revision })).data.equity).toBe('450.5')
    const { accounts } = JSON.parse(
      (await take(['solvency', `--ledger=${folder('own')}`, `--at=${revision}`, '--output=json'])).out,
    ) as Stated
    const { status, equity = '' } = accounts.find(({ account }) => account === 'bob') ?? { status: '' }
    // What the command line says of it afterwards is what the page said before.
    expect([foreseen[0], foreseen[2], foreseen[4]]).toEqual(['bob', `○ ${status}`, shown(equity)])
    await page.close()
  })

  it('asks for consequences again once anything was changed, and says what is wrong with a value', async () => {
    const page = await opened('/commands/Deposit?filter=account%3Dbob%26asset%3DUSD%26amount%3D1')
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.waitForSelector('[data-course="tried"]')
    await page.fill('#field-amount', 'much')
    expect(await page.getByRole('button', { name: 'Send', exact: true }).count()).toBe(0)
    await page.getByRole('button', { name: 'Try it' }).click()
    expect(await page.innerText('#field-amount-why')).toContain('a decimal string')
    await page.fill('#field-amount', '1')
    await page.fill('#field-account', 'nobody')
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.locator('[data-course="tried"]', { hasText: 'would be turned down' }).waitFor()
    expect(await page.innerText('[data-course]')).toContain('unknown-account')
    expect(await page.getByRole('button', { name: 'Send', exact: true }).count()).toBe(0)
    // What the gateway turns down is answered 422, and a browser notes that.
    browser?.faults.splice(0)
    await page.close()
  })

  it('moves nothing in a list of events that is being read, and shows what is new to whoever comes back to its top', async () => {
    const sends = async (id: string): Promise<void> => {
      const data = { account: 'bob', asset: 'USD', amount: '1' }
      const sent = await pool.send({ id, type: 'Deposit', actor: 'venue', data }, { wait_s: 10 })
      expect(sent.outcome).toBe('accepted')
    }
    for (let i = 0; i < 60; i += 1) await sends(`many-${i}`)
    const page = await opened('/events')
    const list = page.locator('section[aria-label="events"]')
    await list.evaluate((section) => {
      section.scrollTop = 600
    })
    // The first that is wholly below the heads of the columns.
    const top = (): Promise<string> =>
      page.evaluate(`[...document.querySelectorAll('section[aria-label="events"] tbody tr:not(.room)')].find((row) =>
        row.getBoundingClientRect().top >= row.closest('section').getBoundingClientRect().top + 30).cells[0].innerText`)
    await settled(page)
    const before = await top()
    await sends('one-more')
    await page.getByText('1 event since').waitFor()
    expect(await top()).toBe(before)
    await list.evaluate((section) => {
      section.scrollTop = 0
    })
    await page.getByText('1 event since').waitFor({ state: 'detached' })
    const { revision } = await pool.summary()
    await list
      .locator('a', { hasText: (revision ?? 0).toLocaleString('en') })
      .first()
      .waitFor()
    await page.close()
  })

  it('has a form for every command that may be sent, with nothing that a checker of accessibility finds', async () => {
    const { commands } = await connect({ url }).session()
    expect(commands).toContain('SetPoolParameters')
    const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
    const page = await (browser as Opened).open(`${url}/pools/main/commands`, { bypassCSP: true })
    await page.addScriptTag({ content: axe })
    for (const command of commands) {
      await page.locator(`nav[aria-label="Commands"] a[href$="/${command}"]`).click()
      await page.locator('main form.command').waitFor()
      expect(await page.locator('main form.command input, main form.command select').count()).toBeGreaterThan(0)
    }
    const { violations } = await page.evaluate<{ violations: readonly { id: string }[] }>('axe.run()')
    expect(violations.map(({ id }) => id)).toEqual([])
    await page.close()
  })
})

inBrowser('writing where one may only look', () => {
  it('is not offered', async () => {
    const ledger = folder('looked')
    await take(['run', file('looked.ndjson', ndjson(...smallPool)), `--ledger=${ledger}`])
    const watching = startNovation(['watch', `--ledger=${ledger}`, '--listen=127.0.0.1:0'])
    await watching.printed(1)
    const browser = await openBrowser()
    const page = await browser.open(`${watching.said().trim()}/pools/main/commands/Deposit`)
    await settled(page)
    expect(await page.innerText('main')).toContain('Here one may look, and not send')
    expect(await page.locator('nav[aria-label="Pages"]', { hasText: 'Commands' }).count()).toBe(0)
    expect(browser.faults).toEqual([])
    await browser.close()
    watching.child.kill('SIGTERM')
    await watching.ended
  })
})
