import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { testWorld } from '../../test-world'
import { priceOf } from '../day'
import { dayOfFile } from './price-file'

const { file, folder } = testWorld()
const minute = (i: number): number => Date.parse('2021-03-04T05:06:00Z') + i * 60_000
const minutes = Array.from({ length: 20 }, (_, i) => i)
const iso = (i: number): string => new Date(minute(i)).toISOString()
const table = (header: string, row: (i: number) => string): string => `${header}\n${minutes.map(row).join('\n')}\n`
const close = (i: number): number => (i % 2 === 0 ? 120 : 95)
const barAt = (time: (i: number) => string) => (i: number) => `${time(i)},100,130,90,${close(i)},1`
const bars = (time: (i: number) => string): string => table('time,open,high,low,close,volume', barAt(time))
const plain = bars((i) => String(minute(i)))

const dayOf = (text: string | Buffer, name = 'btc-1m.csv') => dayOfFile(file(name, text))
const pathOf = async (text: string | Buffer, name?: string) => {
  const { market, moments } = await dayOf(text, name)
  return moments.map((moment) => [moment.at, priceOf(moment, market.lead)])
}

describe('a file of prices', () => {
  it('gives four prices a bar: one that rose went down first, one that fell went up first', async () => {
    const path = await pathOf(plain)
    expect(path).toHaveLength(80)
    expect(path.slice(0, 8)).toEqual([
      [minute(0), '100.00'],
      [minute(0) + 15_000, '90.00'],
      [minute(0) + 30_000, '130.00'],
      [minute(0) + 45_000, '120.00'],
      [minute(1), '100.00'],
      [minute(1) + 15_000, '130.00'],
      [minute(1) + 30_000, '90.00'],
      [minute(1) + 45_000, '95.00'],
    ])
  })

  it.each<[string, string | Buffer]>([
    ['compressed', gzipSync(plain)],
    ['plain', plain],
  ])('is read by what it is, whatever it is called: %s', async (_, text) => {
    const expected = await pathOf(plain)
    for (const name of ['any.csv', 'any.csv.gz', 'any']) expect(await pathOf(text, name)).toEqual(expected)
  })

  it.each<[string, (i: number) => string]>([
    ['seconds', (i) => String(minute(i) / 1000)],
    ['seconds with a part', (i) => `${minute(i) / 1000}.0`],
    ['microseconds', (i) => `${minute(i)}000`],
    ['nanoseconds', (i) => `${minute(i)}000000`],
    ['RFC 3339', iso],
    ['a zone of its own', (i) => new Date(minute(i) + 7_200_000).toISOString().replace('Z', '+02:00')],
    ['a date and a time of day', (i) => iso(i).replace('T', ' ').replace('.000Z', '.000000')],
    ['a date and a time of day in UTC', (i) => `${iso(i).replace('T', ' ').slice(0, 16)} UTC`],
    ['a date with slashes', (i) => iso(i).replace('T', ' ').replaceAll('-', '/').slice(0, 19)],
  ])('tells its times in %s', async (_, time) => expect(await pathOf(bars(time))).toEqual(await pathOf(plain)))

  it.each([
    ['2020-03-12 11-PM', '2020-03-12T23:00:00Z'],
    ['2020-03-12 12-AM', '2020-03-12T00:00:00Z'],
    ['20200312', '2020-03-12T00:00:00Z'],
    ['2020.03.12', '2020-03-12T00:00:00Z'],
  ])('knows %s', async (written, meant) => {
    const day = await dayOf(table('date,price', (i) => (i === 0 ? `${written},1` : `${iso(i)},1`)))
    expect(day.moments[0]?.at).toBe(Date.parse(meant))
  })

  it('says once what its numbers were taken for, also where they change in the middle', async () => {
    const noted = async (time: (i: number) => string) => (await dayOf(bars(time))).notes
    expect(await noted((i) => String(minute(i)))).toEqual(['its times are taken for milliseconds, by their size'])
    expect(await noted((i) => (i < 9 ? String(minute(i)) : `${minute(i)}000`))).toEqual([
      'its times are taken for milliseconds and microseconds, by their size',
    ])
    expect(await noted(iso)).toEqual([])
  })

  it('has its columns in any order, by their names, under a title, beside others', async () => {
    const expected = await pathOf(plain)
    const archive = table('Unix Timestamp,Date,Symbol,Open,Close,Low,High,Volume BTC', (i) =>
      [minute(i), iso(i), 'BTCUSD', 100, close(i), 90, 130, ''].join(','),
    )
    expect(await pathOf(`https://www.example.com/archive\n${archive}`)).toEqual(expected)
    const platform = table('<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>', (i) =>
      [iso(i).slice(0, 10).replaceAll('-', '.'), iso(i).slice(11, 19), 100, 130, 90, close(i)].join('\t'),
    )
    expect(await pathOf(platform)).toEqual(expected)
    const portal = table('"Date";"Price";"Open";"High";"Low"', (i) => `"${iso(i)}";"${close(i)}";"100";"130";"90"`)
    expect(await pathOf(`\uFEFF${portal}`)).toEqual(expected)
  })

  it('may be no more than times and prices', async () => {
    const day = await dayOf(table('time,price', (i) => `${minute(i)},${100 + i}`))
    expect(day.moments[3]).toMatchObject({ at: minute(3), prices: { 'BTC-PERP': '103.00' } })
    expect(day.bar_s).toBe(60)
  })

  it('is turned round where its newest row comes first, and says so', async () => {
    const [header = '', ...rows] = plain.trim().split('\n')
    const turned = `${[header, ...rows.reverse()].join('\n')}\n`
    expect(await pathOf(turned)).toEqual(await pathOf(plain))
    expect((await dayOf(turned)).notes).toContain('its newest row comes first; it is read from its end')
  })

  it('keeps the places of prices that are finer than a cent', async () => {
    const day = await dayOf(
      table('time,price', (i) => `${minute(i)},0.0000123${i % 10}`),
      'shib.csv',
    )
    expect(day.moments[4]?.prices['SHIB-PERP']).toBe('0.00001234')
    const written = await dayOf(
      table('time,price', (i) => `${minute(i)},1.23${i % 10}e-05`),
      'shib.csv',
    )
    expect(written.moments).toEqual(day.moments)
    for (const { prices } of day.moments)
      for (const price of Object.values(prices)) expect(Number(price)).toBeGreaterThan(0)
    expect(day.market.lead.lot).toBe('100000')
  })

  it('names the market: by its symbol, or by the beginning of its own name', async () => {
    const named = async (text: string, name: string) => (await dayOf(text, name)).market.lead.instrument
    expect(await named(plain, 'eth-usdt-1h.csv.gz')).toBe('ETH-PERP')
    expect(
      await named(
        table('time,symbol,price', (i) => `${minute(i)},SOL/USDT,9`),
        'x.csv',
      ),
    ).toBe('SOLUSDT-PERP')
    expect(await named(plain, '-.csv')).toBe('MARKET-PERP')
    expect((await dayOf(plain, 'eth.csv')).origin).toMatch(/^20 bars of .*eth\.csv as ETH-PERP$/)
  })

  it('moves the other instruments with its own, a little more than that itself', async () => {
    const { market, moments } = await dayOf(table('time,price', (i) => `${minute(i)},${10_000 - 250 * i}`))
    const [first, last] = [moments[0], moments.at(-1)]
    if (first === undefined || last === undefined) throw new Error('no moments')
    const fall = (role: 'lead' | 'second') => Number(priceOf(last, market[role])) / Number(priceOf(first, market[role]))
    expect(fall('second')).toBeLessThan(fall('lead'))
    expect(fall('second')).toBeGreaterThan(0.4)
  })
})

describe('a file of prices is refused, with line, cell and what was expected,', () => {
  const header = 'a header with a column of times (time, timestamp, open_time, date or unix) and one of prices'
  const [zero, one, two] = [minute(0), minute(1), minute(2)]
  const price = 'expected a price such as 7358.51, from 0.000000000001 to 1000000000000'
  const refusals: readonly (readonly [string, string, string])[] = [
    ['a price that is none', `time,price\n${zero},100\n${one},none\n`, `line 3: column price: "none"; ${price}`],
    ['a price of zero', `time,price\n${zero},0\n`, `line 2: column price: "0"; ${price}`],
    ['a price below zero', `time,price\n${zero},-37\n`, `line 2: column price: "-37"; ${price}`],
    ['a price with a blank in it', `time,price\n${zero},7 358\n`, `line 2: column price: "7 358"; ${price}`],
    ['an empty price', `time,open,high,low,close\n${zero},1,2,,1\n`, `line 2: column low: it is empty; ${price}`],
    ['an empty time', 'time,price\n,100\n', 'line 2: column time: it is empty; expected a time such as 1584007200000'],
    ['half a time', `date,time,price\n2020-03-12,,1\n`, 'line 2: column time: "2020-03-12 "; expected a time'],
    ['a time that is none', 'time,price\nyesterday,1\n', 'line 2: column time: "yesterday"; expected a time such as'],
    ['a day that does not exist', 'time,price\n2021-02-30,1\n', 'line 2: column time: "2021-02-30"; expected a time'],
    ['a day that may be two', 'date,price\n03/12/2020,1\n', 'line 2: column date: "03/12/2020"; expected a time'],
    ['a time of no year', 'time,price\n99999999999999999999,1\n', 'line 2: column time: "99999999999999999999"; exp'],
    [
      'a high below the low',
      `time,open,high,low,close\n${zero},1,2,3,1\n`,
      'line 2: column high: "2"; expected no less than the low, 3',
    ],
    ['a short row', `time,price\n${zero}\n`, 'line 2: it has 1 cells; expected 2, as the header has'],
    ['a long row', `time,price\n${zero},7,358\n`, 'line 2: it has 3 cells; expected 2, as the header has'],
    [
      'a time that goes back',
      `time,price\n${zero},1\n${two},1\n${one},1\n`,
      'line 4: the time 2021-03-04T05:07:00.000Z is before that of the row above; expected all rows in the order of the first',
    ],
    [
      'a time that goes on where others went back',
      `time,price\n${two},1\n${zero},1\n${one},1\n`,
      'line 4: the time 2021-03-04T05:07:00.000Z is after that of the row above',
    ],
    [
      'a time twice',
      `time,price\n${zero},1\n${zero},1\n`,
      'line 3: the time 2021-03-04T05:06:00.000Z is that of the row above',
    ],
    [
      'two markets',
      `time,symbol,price\n${zero},A,1\n${one},B,1\n`,
      'line 3: the symbol is B; expected A, as in the row above',
    ],
    [
      'trades',
      `time,price,side\n${zero},1,buy\n`,
      'line 1: column side: this is a file of trades; expected one row a time',
    ],
    ['trades by their ids', `trade_id,price,time\n1,1,${zero}\n`, 'line 1: column trade_id: this is a file of trades'],
    ['no header', `${zero},1,2,1,1\n${one},1,2,1,1\n`, `line 1: "${zero},1,2,1,1"; expected ${header}`],
    ['a header of other names', `t,p\n${zero},1\n`, `line 1: "t,p"; expected ${header}`],
    [
      'a header without a price',
      `time,open,high,low\n${zero},1,1,1\n`,
      'line 1: it names "time", "open", "high", "low"; expected',
    ],
    [
      'a column twice',
      `time,close,close\n${zero},1,1\n`,
      'line 1: column close: the header names it 2 times; expected once',
    ],
    ['too few bars', `time,price\n${one},100\n`, 'it has 1 bars, and the demo needs 20'],
    ['no bars', 'time,price\n', 'it has 0 bars'],
    ['nothing in it', '', `it is empty; expected ${header}`],
  ]
  it.each(refusals)('for %s', async (_, text, why) => {
    await expect(dayOf(text, 'bad.csv')).rejects.toMatchObject({
      explanation: { id: 'prices-unusable', exit: 1, why: expect.stringContaining(why) },
    })
  })

  it('where it is not there, or compressed and cut off', async () => {
    for (const path of [folder('none.csv'), file('cut.csv.gz', gzipSync(plain).subarray(0, 60))])
      await expect(dayOfFile(path)).rejects.toMatchObject({ explanation: { id: 'prices-unusable' } })
  })
})

it('files of exchanges are read', async () => {
  const names = ['btc-usdt-perp-binance-1m-2020-03-12_13.csv', 'sol-usdt-spot-binance-1h-2020_2022.csv.gz']
  for (const name of names) {
    const path = join(__dirname, '../../../../../../shared/data/prices', name)
    if (!existsSync(path)) return console.warn(`skipped: ${path} is not there`)
    const { market, notes } = await dayOfFile(path)
    expect([market.lead.instrument, notes.length]).toEqual([`${name.slice(0, 3).toUpperCase()}-PERP`, 1])
  }
})
