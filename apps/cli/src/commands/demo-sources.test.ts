import { exitCodes } from '../exit-code'
import { runNovation } from '../test-process'
import { historyIn, testWorld } from '../test-world'

const { take, folder, file } = testWorld()
jest.setTimeout(120_000)

/** Two and a half hours, in which a market falls by a third and comes back by half of it. */
const prices = (minutes = 150): string => {
  const fall = (minute: number): number => (minute < 100 ? minute / 300 : 1 / 3 - (minute - 100) / 300)
  const rows = Array.from({ length: minutes }, (_, minute) => {
    const time = new Date(Date.parse('2020-03-12T10:00:00Z') + minute * 60_000).toISOString()
    return `${time},${(7_900 * (1 - fall(minute))).toFixed(2)}`
  })
  return file(`fall-${minutes}.csv`, `time,price\n${rows.join('\n')}\n`)
}

const demo = (name: string, ...more: readonly string[]) =>
  take(['demo', '--accounts=60', `--prices=${prices()}`, `--ledger=${folder(name)}`, ...more])

interface Shown {
  readonly events: Readonly<Record<string, number>>
  readonly statement: object
  readonly liquidated: readonly string[]
  readonly prices: {
    readonly quorum: number
    readonly rounds: number
    readonly indices: Readonly<
      Record<string, { readonly ticks: number; readonly farthest: { readonly share: number } }>
    >
    readonly sources: readonly {
      readonly source: string
      readonly isLiar: boolean
      readonly off: number
      readonly suspended?: string
      readonly bond?: string
    }[]
    readonly withoutLiars?: {
      readonly liquidated: readonly string[]
      readonly differ: readonly { readonly account: string; readonly only: 'with' | 'without' }[]
    }
  }
}

const once = new Map<string, Promise<Shown>>()

/** Played once, however many look at it. */
const shown = (name: string, ...more: readonly string[]): Promise<Shown> => {
  const known = once.get(name) ?? demo(name, '--output=json', ...more).then(({ out }): Shown => JSON.parse(out))
  once.set(name, known)
  return known
}

describe('a demo whose prices are signed by sources', () => {
  it('keeps each index to what the honest say, and ends balanced, whoever lies', async () => {
    const { events, statement, prices: made } = await shown('liars', '--sources=7', '--liars=2')
    expect(statement).toMatchObject({ solvent: true, assets: [{ asset: 'USD', imbalance: '0' }] })
    expect([made.quorum, made.rounds, Object.keys(made.indices).length]).toEqual([5, 150, 3])
    for (const { ticks, farthest } of Object.values(made.indices)) {
      expect(ticks).toBeGreaterThan(130)
      expect(farthest.share).toBeLessThan(0.003)
    }
    expect(events.PriceTick).toBeGreaterThan(500)
    expect(events.LiquidationStarted).toBeGreaterThan(5)
    expect(events.InstrumentSettled).toBe(1)
    const [honest, liars] = [false, true].map((is) => made.sources.filter(({ isLiar }) => isLiar === is))
    expect(liars?.map(({ source, off }) => [source, off > 30])).toEqual([
      ['source-6', true],
      ['source-7', true],
    ])
    expect(liars?.every(({ suspended }) => suspended !== undefined)).toBe(true)
    expect(liars?.map(({ bond }) => bond)).toEqual(['1000', '1000'])
    expect(statement).toMatchObject({ assets: [{ bonds: '5000' }] })
    expect(honest?.some(({ suspended }) => suspended !== undefined)).toBe(false)
    expect(honest?.every(({ off }) => off < 15)).toBe(true)
  })

  it('liquidates the same accounts as without the liars, or says which differ and where the index stood', async () => {
    const { liquidated, prices: made } = await shown('liars', '--sources=7', '--liars=2')
    const { withoutLiars } = made
    const others = new Set(withoutLiars?.liquidated)
    const differ = [
      ...liquidated.filter((account) => !others.has(account)),
      ...[...others].filter((account) => !liquidated.includes(account)),
    ]
    expect(withoutLiars?.differ.map(({ account }) => account).sort()).toEqual(differ.sort())
    const { out } = await demo('liars', '--sources=7', '--liars=2')
    expect(out).toMatch(/^Liquidated: \d+ accounts with the 2 liars, \d+ where all are honest/m)
    for (const { account } of withoutLiars?.differ.slice(0, 5) ?? []) expect(out).toContain(`   ${account}, with`)
    expect(out).toContain('lies; signed two truths at')
  })

  it('is what was asked without liars, where there are none', async () => {
    const honest = await shown('honest', '--sources=7')
    const { withoutLiars } = (await shown('liars', '--sources=7', '--liars=2')).prices
    expect(withoutLiars?.liquidated).toEqual(honest.liquidated)
    expect(honest.prices.withoutLiars).toBeUndefined()
  })

  it('is what is played where nobody says who signs, and not played once more with the liars honest', async () => {
    const words = ['--accounts=20', `--prices=${prices(40)}`]
    const usual = await take(['demo', ...words, `--ledger=${folder('usual')}`])
    await take(['demo', ...words, '--sources=7', '--liars=2', `--ledger=${folder('said')}`])
    expect(await historyIn(folder('usual'))).toEqual(await historyIn(folder('said')))
    expect(usual.out).toContain('Whom have they cost anything? novation demo --liars=2 plays the day once more')
    expect(usual.out).not.toContain('Liquidated:')
  })

  it('is the same where a thread of its own plays it without the liars', async () => {
    const words = ['--accounts=20', `--prices=${prices(40)}`, '--sources=3', '--liars=1', '--output=json']
    const alone = await take(['demo', ...words, `--ledger=${folder('alone')}`])
    const beside = await runNovation(['demo', ...words, `--ledger=${folder('beside')}`])
    expect([beside.code, JSON.parse(beside.out)]).toEqual([exitCodes.ok, JSON.parse(alone.out)])
  })

  it('makes the same events by the same seed, of which verify checks every quote', async () => {
    const first = await historyIn(folder('liars'))
    await demo('again', '--sources=7', '--liars=2')
    expect(await historyIn(folder('again'))).toEqual(first)
    const { code, out } = await take(['verify', `--ledger=${folder('again')}`, '--depth=everything'])
    expect([code, out]).toEqual([exitCodes.ok, expect.stringContaining('Signed from revision 0 on')])
  })

  it('is told by a price which quotes made it, with their signatures', async () => {
    const history = await historyIn(folder('liars'))
    const place = history.findIndex((event) => event.includes('"type":"IndexTicked"'))
    const { out } = await take(['explain', `--ledger=${folder('liars')}`, String(place)])
    for (const words of ['IndexTicked', 'PublishQuotes', '"source":"source-1"', '"signature":"'])
      expect(out).toContain(words)
  })

  it('says before it begins that too many lie', async () => {
    const { err, out } = await demo('three', '--sources=7', '--liars=3', '--output=json')
    expect(err).toContain('3 of 7 sources lie, half of the quorum of 5 or more')
    const { indices }: Shown['prices'] = JSON.parse(out).prices
    expect(Object.values(indices).some(({ farthest }) => farthest.share > 0.005)).toBe(true)
  })

  it.each([
    [['--sources=2'], '2 sources make no index'],
    [['--sources=0', '--liars=1'], 'nobody signs the prices'],
    [['--portfolio', '--liars=1'], 'nobody signs the prices'],
    [['--sources=3', '--liars=3'], '3 of 3 sources lie'],
    [['--sources=7', '--identity=open'], 'in an open pool nobody has keys'],
  ])('cannot be had with %j', async (words, why) => {
    const { code, err } = await demo('none', ...words)
    expect([code, err]).toEqual([exitCodes.usage, expect.stringContaining(why)])
  })
})
