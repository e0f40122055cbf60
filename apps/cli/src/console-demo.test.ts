import { inBrowser, type Opened, openBrowser } from './kit/browser'
import { startNovation } from './test-process'
import { testWorld } from './test-world'

jest.setTimeout(120_000)

const { folder } = testWorld()

inBrowser('a demo in the console', () => {
  let [playing, browser]: [ReturnType<typeof startNovation> | undefined, Opened | undefined] = [undefined, undefined]
  afterAll(async () => {
    await browser?.close()
    playing?.child.kill('SIGINT')
    await playing?.ended
  })

  it('can be watched as it is played, held while it goes on, and caught up with', async () => {
    playing = startNovation([
      'demo',
      '--watch',
      '--accounts=30',
      '--seed=3',
      '--speed=3600',
      '--listen=127.0.0.1:0',
      `--ledger=${folder('watched')}`,
    ])
    const [, address = ''] = await playing.noted(/watch it at (\S+)/)
    browser = await openBrowser()
    const page = await browser.open(address, { bypassCSP: true })
    await page.locator('.chapters button', { hasText: 'first call' }).waitFor()
    const figures = async (): Promise<readonly number[]> => {
      const text = (await page.innerText('.bar')).replaceAll(',', '')
      return (/revision\s+(\d+)\s+of\s+(\d+)/.exec(text) ?? []).slice(1).map(Number)
    }

    await page.getByRole('button', { name: 'Hold' }).click()
    const [held = 0, newest = 0] = await figures()
    const isFurther = `Number(/of\\s+(\\d+)/.exec(document.querySelector('.bar').innerText.replaceAll(',', ''))[1]) > ${newest}`
    await page.waitForFunction(isFurther)
    expect((await figures())[0]).toBe(held)
    expect(await page.getByText('● Live').count()).toBe(0)

    await page.selectOption('select[aria-label^="Speed"]', '3600')
    await page.getByRole('button', { name: 'Play' }).click()
    await page.waitForFunction(`Number(new URLSearchParams(location.search).get('at') ?? Infinity) > ${held}`)
    await page.locator('.together button').last().click()
    await page.getByText('● Live').waitFor()
    expect(browser.faults).toEqual([])
  })
})
