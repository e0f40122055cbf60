import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { inBrowser, settled } from './kit/browser'
import { cellsOf, minus, shown, total, whole } from './kit/figures'
import { shownDemo } from './kit/shown-demo'
import { testWorld } from './test-world'

jest.setTimeout(1_800_000)

/** So many moments are worked out from; `npm run test:gateway` takes 20. */
const many = Number(process.env.NOVATION_FIGURES ?? '3')

interface Because {
  readonly because: { readonly count: number; readonly events: readonly { readonly revision: number }[] }
}

interface Change extends Because {
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
  readonly statuses: readonly (Because & { readonly account: string; readonly from?: Stood; readonly to?: Stood })[]
  readonly prices: readonly (Because & { readonly name: string; readonly from?: string; readonly to?: string })[]
}

const groups = {
  called: 'called',
  missed: 'missed the deadline',
  liquidated: 'liquidated',
  defaulted: 'defaulted',
  deleveraged: 'deleveraged',
  haircut: 'haircut',
} as const

interface Told extends Readonly<Record<keyof typeof groups, readonly string[]>> {
  readonly losses: Readonly<Record<'skinInTheGame' | 'insurance' | 'socialized', string>>
  readonly frozen_s: number
}

interface WhatIf {
  readonly commands: number
  readonly refused: { readonly count: number }
  readonly newlyAccepted: { readonly count: number }
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

  /** Moments at which something has a price, the one with the most auctions first, the others spread over the ledger. */
  const moments = async (): Promise<readonly number[]> => {
    const head = (await so.pool.summary()).revision ?? 0
    const first = 400
    const spread = Array.from({ length: many }, (_, i) => Math.round(first + ((head - first) * i) / (many - 1)))
    return [so.busiest, ...spread.slice(1)]
  }

  const why = ({ because: { count, events } }: Because): string =>
    [
      ...events.slice(-1).map(({ revision }) => whole(String(revision))),
      ...(count > 1 ? [`and ${whole(String(count - 1))} before`] : []),
    ].join(' ')

  const differencesAre = async (page: Page, diff: Diff): Promise<void> => {
    const cells = async (name: string): Promise<readonly (readonly string[])[]> =>
      (await cellsOf(page, name)).map((row) => row.map((cell) => cell.replace(/\s+/g, ' ')))
    const changes = (all: readonly Change[]): readonly (readonly string[])[] =>
      all.map((one) => [nameIn(one.account), one.asset, shown(one.from), shown(one.to), shown(one.change), why(one)])
    const named = async (name: string): Promise<readonly (readonly string[])[]> =>
      (await cells(name)).map(([account = '', ...row]) => [nameIn(account), ...row])
    expect(await named('balances')).toEqual(changes(diff.balances))
    expect(await named('positions')).toEqual(changes(diff.positions))
    expect(await named('funds')).toEqual(changes(diff.funds.filter(({ change }) => Number(change) !== 0)))
    expect(await cells('prices')).toEqual(
      diff.prices.map((one) => [
        one.name,
        ...[one.from, one.to].map((price) => (price === undefined ? '' : whole(price))),
        why(one),
      ]),
    )
    expect(await cells('statuses')).toEqual(
      diff.statuses.map((one) => [
        one.account,
        ...[one.from, one.to].map((stood) => {
          const status = stood?.status ?? 'not there'
          return `${marks[status]} ${status}`
        }),
        ...[one.from, one.to].map((stood) => (stood === undefined ? '' : shown(stood.equity))),
        why(one),
      ]),
    )
  }

  it(`says of what changed between two moments what novation diff says, figure by figure, at ${many} moments`, async () => {
    const page = await opened('/differences', so.busiest)
    for (const to of await moments()) {
      const from = to === so.busiest ? 100 : so.busiest
      const [first, last] = [Math.min(from, to), Math.max(from, to)]
      const diff = await said<Diff>(['diff', `--from=${first}`, `--to=${last}`])
      await page.evaluate(
        `history.pushState(null, '', '/pools/main/differences/${from}?at=${to}'); dispatchEvent(new PopStateEvent('popstate'))`,
      )
      const [between, and, events] = [first, last, diff.events].map((count) => whole(String(count)))
      await page
        .locator('p.sentence', { hasText: `Between revision ${between} and ${and} there are ${events} event` })
        .waitFor({ timeout: 120_000 })
      await settled(page)
      await differencesAre(page, diff)
    }
    await page.close()
  })

  const margins = [
    ['0.3', '0.2'],
    ['0.02', '0.01'],
  ] as const

  it(`says of what would have been what novation replay says, at ${many} moments`, async () => {
    for (const [i, to] of (await moments()).entries()) {
      const [initial, maintenance] = margins[i % margins.length] ?? margins[0]
      const page = await opened('/what-if', to)
      await page.locator('#whatif-instrument option').first().waitFor({ state: 'attached' })
      await page.fill('#whatif-initial', initial)
      await page.fill('#whatif-maintenance', maintenance)
      const instrument = await page.inputValue('#whatif-instrument')
      await page.getByRole('button', { name: 'Decide again' }).click()
      await page.locator('svg[data-hurt]').waitFor({ timeout: 120_000 })
      const margin = { model: 'tiered', tiers: [{ initial, maintenance }] }
      mkdirSync(world.folder('given'), { recursive: true })
      const file = `${world.folder('given')}/parameters.json`
      writeFileSync(file, JSON.stringify({ instruments: { [instrument]: { margin } } }))
      const found = await said<WhatIf>(['replay', `--parameters=${file}`, `--to=${to}`])
      await whatIfIs(page, found)
      await page.close()
    }
  })

  const whatIfIs = async (page: Page, found: WhatIf): Promise<void> => {
    const { recorded, new: now, commands, refused, newlyAccepted } = found
    const number = (count: number): string => whole(String(count))
    const hurt = (Object.keys(groups) as (keyof typeof groups)[]).map(
      (of) => `${groups[of]}: ${number(recorded[of].length)} recorded, ${number(now[of].length)} new`,
    )
    expect(await page.locator('svg[data-hurt]').getAttribute('data-hurt')).toBe(hurt.join('; '))
    const words = (await page.innerText('main')).replaceAll(/\s+/g, ' ')
    expect(words).toContain(`${number(commands)} commands of outsiders`)
    expect(words).toContain(
      `${number(refused.count)} are refused now that were taken, ${number(newlyAccepted.count)} taken that were refused`,
    )
    expect(words).toContain(`for ${number(recorded.frozen_s)} s, and for ${number(now.frozen_s)} s in the new history`)
    const layers = [
      ['skin in the game', 'skinInTheGame'],
      ['insurance fund', 'insurance'],
      ['haircut', 'socialized'],
    ] as const
    expect(await cellsOf(page, 'who-pays')).toEqual(
      layers.map(([name, layer]) => {
        const [was, is] = [recorded.losses[layer], now.losses[layer]]
        return [name, shown(was), shown(is), shown(total(is, minus(was)))]
      }),
    )
    const drawn = ({ losses }: Told): string =>
      `skin-in-the-game ${losses.skinInTheGame}, fund ${losses.insurance}, lacked ${losses.socialized}`
    const bars = await page.locator('.bars svg').evaluateAll((all) => all.map((bar) => bar.getAttribute('data-parts')))
    expect(bars).toEqual([drawn(recorded), drawn(now)])
    const names = await page.locator('p.names').allInnerTexts()
    const only = (one: Told, other: Told): readonly string[] =>
      one.liquidated.filter((account) => !other.liquidated.includes(account))
    expect(names.map((text) => text.split(/\s+/).filter((name) => name !== ''))).toEqual([
      only(recorded, now),
      only(now, recorded),
    ])
  }

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

  it('holds the chain to what a key has signed of it, and says so of another key', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const pem = (key: typeof publicKey): string => String(key.export({ type: 'spki', format: 'pem' }))
    const [key, out] = [
      world.file('key.pem', String(privateKey.export({ type: 'pkcs8', format: 'pem' }))),
      world.folder('signed.jsonl'),
    ]
    await world.take(['checkpoint', `--ledger=${world.folder('shown')}`, `--key=${key}`, `--out=${out}`, '--every=500'])
    const items = readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const there = items.filter(({ statement }) => statement.revision <= so.busiest)
    expect(there.length).toBeGreaterThan(3)
    const page = await opened('/verify', so.busiest)
    await page.route('**/checkpoints', (route) => route.fulfill({ json: { items } }))
    const verified = async (text: string): Promise<string> => {
      await page.getByRole('textbox', { name: /this key has signed/ }).fill(text)
      await page.getByRole('button', { name: /Verify up to/ }).click()
      await page.locator('[data-state="done"], [data-state="failed"]').waitFor()
      return (await page.innerText('[data-state]')).replaceAll(',', '')
    }
    expect(await verified(pem(publicKey))).toContain(
      `The key has signed it: ${there.length} checkpoints the last at revision ${there.at(-1).statement.revision}.`,
    )
    expect(await verified(pem(generateKeyPairSync('ed25519').publicKey))).toContain('the signature at revision')
    await page.close()
  })

  it('has the gateway decide every command again, and says what came of it', async () => {
    const page = await opened('/verify', so.busiest)
    await page.getByRole('button', { name: 'Have the gateway decide again' }).click()
    await page.waitForSelector('[data-decided="done"]', { timeout: 120_000 })
    expect(await page.innerText('[data-decided]')).toMatch(/^The gateway decided [\d,]+ commands again, and each came/)
    await page.close()
  })
})
