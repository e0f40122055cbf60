import { tick } from '@novation/platform/kit'
import { get, market, openHouse } from './kit/house'
import { thinned } from './series/course'

const house = openHouse()
let base = ''

beforeAll(async () => {
  await house.happen(...market, tick('4300'), ['CallMargin', { account: 'alice' }, 'margin'], tick('4100'))
  await house.happen(['StartLiquidation', { account: 'alice' }, 'liquidator'], tick('3900'))
  base = await house.serve()
})
afterAll(() => house.close())

interface Row {
  readonly revision: number
  readonly at: string
  readonly bankrupt: number
  readonly [figure: string]: unknown
}

const rowsOf = async (query = ''): Promise<readonly Row[]> => (await get(`${base}/main/series${query}`)).json().rows

describe('the course of a pool', () => {
  it('is how it stood at the end of each second, as the reads of that moment say it', async () => {
    const rows = await rowsOf()
    expect(rows.length).toBeGreaterThan(5)
    for (const row of rows) {
      const at = (path: string) => get(`${base}/main${path}?at=${row.revision}`).then((answer) => answer.json())
      const { revision, frozen, marginCalls, liquidations, bankrupt } = await at('')
      expect(row).toMatchObject({ revision, frozen, marginCalls, liquidations, bankrupt, at: (await at('')).at })
      const { deficits, layers } = await at('/waterfall')
      expect(row.deficits).toBe(deficits)
      expect(Number(row.prefunded)).toBe(Number(layers[0].left) + Number(layers[1].left))
      const prices = (await at('/prices')).items.filter(({ instrument }: { instrument?: string }) => instrument)
      expect(row.prices).toEqual(
        Object.fromEntries(prices.map(({ instrument, price }: Record<string, string>) => [instrument, price])),
      )
    }
    expect(rows.at(-1)?.bankrupt).toBe(1)
  })

  it('leaves out a second after which all was as before, and no other', async () => {
    const figures = (await rowsOf()).map(({ revision: _, at: __, ...row }) => JSON.stringify(row))
    figures.forEach((row, i) => void expect(row).not.toBe(figures[i - 1]))
  })

  it('is told from a place to a place, and coarser where fewer points are asked for', async () => {
    const rows = await rowsOf()
    const [third, last] = [rows[2], rows.at(-1)]
    expect(await rowsOf(`?from=${third?.revision}`)).toEqual(rows.slice(2))
    expect(await rowsOf(`?from=@${third?.at}&to=@${third?.at}`)).toEqual([third])
    expect(await rowsOf(`?to=start`)).toEqual([])
    const some = await rowsOf('?points=3')
    expect(some.length).toBeLessThanOrEqual(3)
    expect(some.at(-1)).toEqual(last)
    for (const row of some) expect(rows).toContainEqual(row)
  })

  it('keeps the last of each span where it is thinned', () => {
    const row = (at: number) => ({ at, revision: at }) as unknown as Parameters<typeof thinned>[0][number]
    const kept = thinned([0, 1, 2, 3, 4, 90, 99].map(row), 2).map(({ at }) => at)
    expect(kept).toEqual([4, 99])
    expect(thinned([0, 1].map(row), 2)).toHaveLength(2)
  })
})
