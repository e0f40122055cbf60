import { gzipSync } from 'node:zlib'
import { testWorld } from '../test-world'
import { dayOfFile } from './price-file'

const { file, folder } = testWorld()
const minute = (i: number): number => Date.parse('2021-03-04T05:06:00Z') + i * 60_000
const minutes = Array.from({ length: 20 }, (_, i) => i)
const bars = (time: (i: number) => string): string =>
  `time,open,high,low,close,volume\n${minutes.map((i) => `${time(i)},100,130,90,${i % 2 === 0 ? 120 : 95},1\n`).join('')}`

const btc = async (path: string) => (await dayOfFile(path)).moments.map(({ at, prices }) => [at, prices['BTC-PERP']])

describe('a file of prices', () => {
  it('gives four prices a bar: one that rose went down first, one that fell went up first', async () => {
    const day = await btc(
      file(
        'bars.csv',
        bars((i) => String(minute(i))),
      ),
    )
    expect(day).toHaveLength(80)
    expect(day.slice(0, 8)).toEqual([
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

  it('may be compressed, and tell the time in milliseconds, by RFC 3339 or as people write it', async () => {
    const iso = (i: number): string => new Date(minute(i)).toISOString()
    const expected = await btc(
      file(
        'ms.csv',
        bars((i) => String(minute(i))),
      ),
    )
    expect(await btc(file('ms.csv.gz', gzipSync(bars((i) => String(minute(i))))))).toEqual(expected)
    expect(await btc(file('rfc.csv', bars(iso)))).toEqual(expected)
    expect(
      await btc(
        file(
          'people.csv',
          bars((i) => iso(i).replace('T', ' ').replace('.000Z', '.000000')),
        ),
      ),
    ).toEqual(expected)
  })

  it('may be no more than times and prices', async () => {
    const day = await dayOfFile(
      file('two.csv', `time,price\n${minutes.map((i) => `${minute(i)},${100 + i}\n`).join('')}`),
    )
    expect(day.moments[3]).toMatchObject({ at: minute(3), prices: { 'BTC-PERP': '103.00' } })
    expect(day.bar_s).toBe(60)
  })

  it('moves the other instruments with BTC, a little more than BTC itself', async () => {
    const { moments } = await dayOfFile(
      file('half.csv', `t,p\n${minutes.map((i) => `${minute(i)},${10_000 - 250 * i}\n`).join('')}`),
    )
    const [first, last] = [moments[0], moments.at(-1)]
    const fall = (name: 'BTC-PERP' | 'ETH-PERP') => Number(last?.prices[name]) / Number(first?.prices[name])
    expect(fall('ETH-PERP')).toBeLessThan(fall('BTC-PERP'))
    expect(fall('ETH-PERP')).toBeGreaterThan(0.4)
  })

  it.each([
    ['a price that is none', `t,p\n${minute(0)},100\n${minute(1)},none\n`, 'line 3 is no bar'],
    ['a price of zero', `t,p\n${minute(0)},0\n`, 'line 2 is no bar'],
    ['a time that is none', 't,p\nyesterday,100\n', 'line 2 is no bar'],
    ['a time that goes back', `t,p\n${minute(1)},100\n${minute(0)},100\n`, 'line 3 is not later than the one before'],
    ['too few bars', `t,p\n${minute(1)},100\n`, 'it has 1 bars, and the demo needs 20'],
    ['no bars', 't,p\n', 'it has 0 bars'],
  ])('with %s is refused, the line named', async (_, text, why) => {
    await expect(dayOfFile(file('bad.csv', text))).rejects.toMatchObject({
      explanation: { id: 'prices-unusable', exit: 1, why: expect.stringContaining(why) },
    })
  })

  it('that is not there, or not compressed as its name says, is refused', async () => {
    await expect(dayOfFile(folder('none.csv'))).rejects.toMatchObject({ explanation: { id: 'prices-unusable' } })
    await expect(dayOfFile(file('plain.csv.gz', 't,p\n'))).rejects.toMatchObject({
      explanation: { id: 'prices-unusable' },
    })
  })
})
