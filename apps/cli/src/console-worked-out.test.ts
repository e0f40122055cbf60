import { mkdirSync, writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { inBrowser, settled } from './kit/browser'
import { cellsOf, minus, shown, total, whole } from './kit/figures'
import { shownDemo } from './kit/shown-demo'
import { testWorld } from './test-world'

jest.setTimeout(300_000)

interface Change {
  readonly account: string
  readonly asset: string
  readonly from: string
  readonly to: string
  readonly change: string
}

interface Stood {
  readonly status: string
  readonly equity: string
}

interface Diff {
  readonly events: number
  readonly balances: readonly Change[]
  readonly positions: readonly Change[]
  readonly funds: readonly Change[]
  readonly statuses: readonly { readonly account: string; readonly from?: Stood; readonly to?: Stood }[]
  readonly prices: readonly { readonly name: string; readonly from?: string; readonly to?: string }[]
}

interface Told {
  readonly called: readonly string[]
  readonly liquidated: readonly string[]
  readonly losses: Readonly<Record<'skinInTheGame' | 'insurance' | 'socialized', string>>
}

interface WhatIf {
  readonly commands: number
  readonly recorded: Told
  readonly new: Told
}

const world = testWorld()

/** What a table is of: the last of `trader/alice/USD` is no name. */
const nameIn = (posted: string): string => posted.split('/')[1] ?? posted

const marks: Readonly<Record<string, string>> = {
  healthy: '○',
  restricted: '◐',
  liquidatable: '◆',
  bankrupt: '✕',
  'not there': '·',
}

inBrowser('what the console has worked out', () => {
  const so = shownDemo(world)

  const said = async <A>(words: readonly string[]): Promise<A> =>
    JSON.parse((await world.take([...words, `--ledger=${world.folder('shown')}`, '--output=json'])).out)

  /** Tables as high as their rows are, so that all of them are drawn. */
  const opened = async (path: string, at: number): Promise<Page> => {
    const page = await so.open(`/pools/main${path}?at=${at}`, { bypassCSP: true })
    await page.addStyleTag({ content: '.scroll.long { max-height: none !important; height: auto !important }' })
    return page
  }

  it('says of what changed between two moments what novation diff says, figure by figure', async () => {
    const head = (await so.pool.summary()).revision ?? 0
    for (const [from, to] of [
      [100, so.busiest],
      [so.busiest, head],
      [0, 400],
    ] as const) {
      const diff = await said<Diff>(['diff', `--from=${from}`, `--to=${to}`])
      const page = await opened(`/differences/${from}`, to)
      await page.locator('p.sentence', { hasText: `there are ${whole(String(diff.events))} event` }).waitFor()
      await settled(page)
      const without = async (name: string): Promise<readonly (readonly string[])[]> =>
        (await cellsOf(page, name)).map((row) => row.slice(0, -1))
      const changes = (all: readonly Change[]): readonly (readonly string[])[] =>
        all.map(({ account, asset, from: was, to: is, change }) => [
          nameIn(account),
          asset,
          shown(was),
          shown(is),
          shown(change),
        ])
      const named = async (name: string): Promise<readonly (readonly string[])[]> =>
        (await without(name)).map(([account = '', ...row]) => [nameIn(account), ...row])
      expect(await named('balances')).toEqual(changes(diff.balances))
      expect(await named('positions')).toEqual(changes(diff.positions))
      expect(await named('funds')).toEqual(changes(diff.funds.filter(({ change }) => Number(change) !== 0)))
      expect(await without('prices')).toEqual(
        diff.prices.map(({ name, from: was, to: is }) => [
          name,
          was === undefined ? '' : whole(was),
          is === undefined ? '' : whole(is),
        ]),
      )
      expect(await without('statuses')).toEqual(
        diff.statuses.map(({ account, from: was, to: is }) => [
          account,
          ...[was, is].map((one) => `${marks[one?.status ?? 'not there']} ${one?.status ?? 'not there'}`),
          ...[was, is].map((one) => (one === undefined ? '' : shown(one.equity))),
        ]),
      )
      await page.close()
    }
  })

  it('says of what would have been what novation replay says', async () => {
    const page = await opened('/what-if', so.busiest)
    await page.fill('#whatif-initial', '0.3')
    await page.fill('#whatif-maintenance', '0.2')
    const instrument = await page.inputValue('#whatif-instrument')
    await page.getByRole('button', { name: 'Decide again' }).click()
    await page.locator('svg[data-hurt]').waitFor({ timeout: 120_000 })
    const margin = { model: 'tiered', tiers: [{ initial: '0.3', maintenance: '0.2' }] }
    mkdirSync(world.folder('given'), { recursive: true })
    const file = `${world.folder('given')}/parameters.json`
    writeFileSync(file, JSON.stringify({ instruments: { [instrument]: { margin } } }))
    const found = await said<WhatIf>(['replay', `--parameters=${file}`, `--to=${so.busiest}`])
    const of = (name: 'called' | 'liquidated'): string =>
      `${name}: ${whole(String(found.recorded[name].length))} recorded, ${whole(String(found.new[name].length))} new`
    const hurt = await page.locator('svg[data-hurt]').getAttribute('data-hurt')
    expect(hurt).toContain(of('called'))
    expect(hurt).toContain(of('liquidated'))
    expect((await page.innerText('main')).replaceAll(',', '')).toContain(`${found.commands} commands of outsiders`)
    const layers = [
      ['skin in the game', 'skinInTheGame'],
      ['insurance fund', 'insurance'],
      ['haircut', 'socialized'],
    ] as const
    expect(await cellsOf(page, 'who-pays')).toEqual(
      layers.map(([name, layer]) => {
        const [was, is] = [found.recorded.losses[layer], found.new.losses[layer]]
        return [name, shown(was), shown(is), shown(total(is, minus(was)))]
      }),
    )
    await page.close()
  })

  it('says how the services are by what each asked last, and how the gateway keeps up', async () => {
    const page = await opened('/services', so.busiest)
    await page.locator('section[aria-label="services"] tbody tr').first().waitFor()
    const { data } = await so.pool.ask('services', {})
    expect((await cellsOf(page, 'services')).map(([service, , commands]) => [service, commands])).toEqual(
      data.services.map(({ service, commands }) => [service, whole(String(commands))]),
    )
    expect(data.services.find(({ service }) => service === 'margin')?.commands).toBeGreaterThan(0)
    expect((await page.innerText('main')).replaceAll(',', '')).toContain(`${data.revision} of`)
    expect(await page.innerText('p.sentence')).toContain('Nothing was turned away')
    await page.close()
  })

  it('begins long work, follows it to its end, hands out what came of it, and forgets it', async () => {
    const page = await opened('/jobs', so.busiest)
    await page.getByRole('button', { name: 'Take out the commands' }).click()
    const row = page.locator('section[aria-label="jobs"] tr', { hasText: 'output commands' })
    await row.locator('a[download]').waitFor({ timeout: 120_000 })
    expect(await row.innerText()).toContain('✓ done')
    const [download] = await Promise.all([page.waitForEvent('download'), row.locator('a[download]').click()])
    const { items } = (await so.pool.ask('jobs', {})).data
    const job = items.find(({ asked }) => asked.kind === 'export')
    expect(download.suggestedFilename()).toBe(`export-${job?.id}.jsonl`)
    await row.getByRole('button', { name: 'Forget' }).click()
    await row.waitFor({ state: 'detached' })
    expect((await so.pool.ask('jobs', {})).data.items.map(({ id }) => id)).not.toContain(job?.id)
    await page.close()
  })
})
