import { folderShelf } from '@novation/audit'
import { streamOf } from '@novation/events'
import { tick } from '@novation/platform/kit'
import { get, market, openHouse } from './kit/house'
import { openCourses } from './moments/courses'

const house = openHouse()
let base = ''

beforeAll(async () => {
  await house.happen(...market, tick('4300'), ['CallMargin', { account: 'alice' }, 'margin'], tick('4100'))
  await house.happen(['StartLiquidation', { account: 'alice' }, 'liquidator'], tick('3900'))
  base = `${await house.serve()}/main`
})
afterAll(() => house.close())

interface Row {
  readonly revision: number
  readonly at: string
  readonly [figure: string]: unknown
}

const rowsOf = async (account: string, query = ''): Promise<readonly Row[]> =>
  (await get(`${base}/accounts/${account}/series${query}`)).json().rows

describe('the course of an account', () => {
  it.each(['alice', 'bob', 'carol'])(
    'is how %s stood at the end of each second, as a read of that moment says it',
    async (name) => {
      const rows = await rowsOf(name)
      expect(rows.length).toBeGreaterThan(1)
      for (const { revision, at, ...figures } of rows) {
        const then = await get(`${base}/accounts/${name}?at=${revision}`)
        expect(then.json()).toMatchObject(figures)
        expect(then.headers.get('x-ledger-time')).toBe(at)
      }
    },
  )

  it('leaves out a second after which all was as before, and no other', async () => {
    const rows = await rowsOf('alice')
    const figures = rows.map(({ revision: _, at: __, ...row }) => JSON.stringify(row))
    figures.forEach((row, i) => void expect(row).not.toBe(figures[i - 1]))
    for (let revision = 0; revision <= house.book.revision; revision += 1) {
      const { status, json } = await get(`${base}/accounts/alice?at=${revision}`)
      const last = rows.findLast((row) => row.revision <= revision)
      if (status === 200 && last?.revision === revision) expect(json().equity).toBe(last.equity)
      if (last === undefined) expect(status).toBe(404)
    }
  })

  it('is told from a place to a place, in any order of asking, and coarser where fewer points are asked for', async () => {
    const rows = await rowsOf('alice')
    const third = rows[2]
    expect(await rowsOf('alice', `?from=${third?.revision}`)).toEqual(rows.slice(2))
    expect(await rowsOf('alice', `?to=${third?.revision}`)).toEqual(rows.slice(0, 3))
    expect(await rowsOf('alice', `?from=@${third?.at}&to=@${third?.at}`)).toEqual([third])
    const some = await rowsOf('alice', '?points=2')
    expect(some.length).toBeLessThanOrEqual(2)
    expect(some.at(-1)).toEqual(rows.at(-1))
  })

  it('goes on with the ledger', async () => {
    const before = await rowsOf('bob')
    await house.happen(tick('3800'))
    const after = await rowsOf('bob', `?from=start`)
    expect(after.slice(0, before.length)).toEqual(before)
    expect(after.length).toBe(before.length + 1)
  })

  it.each([
    ['alice', '?from=5&to=3', 400, 'bad-position'],
    ['nobody', '', 404, 'not-found'],
    ['alice', '?points=0', 400, 'malformed'],
    ['alice', '?to=start', 404, 'not-found'],
  ])('of %s%s is %i %s', async (name, query, status, code) => {
    const answer = await get(`${base}/accounts/${name}/series${query}`)
    expect([answer.status, answer.json().code]).toEqual([status, code])
  })

  it('that took too long is gone on with when it is asked for again', async () => {
    const reads: number[] = []
    const courses = openCourses(
      (pool) => (from) => {
        reads.push(from)
        return house.store.read(streamOf(pool), from)
      },
      folderShelf('/nowhere'),
      () => undefined,
    )
    const asked = { of: 'account', name: 'alice', from: 0, points: 10 } as const
    const held = await courses('main', asked, 5, new AbortController().signal)
    expect(held?.book.revision).toBe(5)
    reads.splice(0)
    expect(await courses('main', asked, house.book.revision, AbortSignal.abort())).toBeUndefined()
    const again = await courses('main', asked, house.book.revision, new AbortController().signal)
    expect(again?.book.head).toBe(house.book.head)
    expect(reads).not.toContain(0)
  })
})

describe('the course of a price', () => {
  it('is how it stood at the end of each second, as a read of that moment says it', async () => {
    const { rows } = (await get(`${base}/prices/BTC-PERP/series`)).json() as { readonly rows: readonly Row[] }
    expect(rows.length).toBeGreaterThan(3)
    for (const { revision, at: _, ...figures } of rows)
      expect((await get(`${base}/prices/BTC-PERP?at=${revision}`)).json()).toMatchObject(figures)
    expect((await get(`${base}/prices/BTC-PERP/series?points=2&to=${rows[3]?.revision}`)).json().rows.at(-1)).toEqual(
      rows[3],
    )
  })

  it('is not there of what has no price', async () => expect((await get(`${base}/prices/USD/series`)).status).toBe(404))
})
