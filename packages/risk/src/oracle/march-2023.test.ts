import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { toNumber } from '@novation/decimal'
import { type CourseIndex, type CourseQuote, from } from './kit/courses'
import { playQuotes, worldOf } from './kit/play'

/**
 * Four days on which a dollar was not a dollar: USDC fell to 0.87, and bitcoin stood at three prices, in dollars, in USDT and
 * in USDC. Two observers of one venue stand where two venues would be too few for the rule that no source decides.
 */
const times = { freshness_ms: 180_000, tolerance_ms: 300_000, confirm_ms: 60_000 }
const indices: readonly CourseIndex[] = [
  {
    index: 'USDT-USD',
    places: 6,
    quorum: 3,
    sources: from('coinbase-usdt*1 kraken-usdt*1 kraken-usdt-2*1 coinbase-usdt-2*1'),
    ...times,
  },
  {
    index: 'USDC-USD',
    places: 6,
    quorum: 5,
    sources: from('kraken-usdc*2 kraken-usdc-2*2 binance-usdc*1/USDT binance-usdc-2*1/USDT'),
    conversions: { USDT: 'USDT-USD' },
    ...times,
  },
  {
    index: 'BTC-USD',
    places: 2,
    quorum: 7,
    sources: from(
      'coinbase*2 kraken*2 binance-t*1/USDT coinbase-t*1/USDT kraken-t*1/USDT binance-c*1/USDC kraken-c*1/USDC',
    ),
    conversions: { USDT: 'USDT-USD', USDC: 'USDC-USD' },
    ...times,
  },
]

/** Which column of the file each source reads: its market, where that is not bitcoin in dollars. */
const columns: readonly (readonly [source: string, market: string, column: string])[] = [
  ...['', '-2'].flatMap((twin): (readonly [string, string, string])[] => [
    [`coinbase-usdt${twin}`, 'USDT/USD', 'coinbase_usdtusd'],
    [`kraken-usdt${twin}`, 'USDT/USD', 'kraken_usdtusd'],
    [`kraken-usdc${twin}`, 'USDC/USD', 'kraken_usdcusd'],
    [`binance-usdc${twin}`, 'USDC/USDT', 'binance_usdcusdt'],
  ]),
  ['coinbase', 'BTC/USD', 'coinbase_btcusd'],
  ['kraken', 'BTC/USD', 'kraken_btcusd'],
  ['binance-t', 'BTC/USDT', 'binance_btcusdt'],
  ['coinbase-t', 'BTC/USDT', 'coinbase_btcusdt'],
  ['kraken-t', 'BTC/USDT', 'kraken_btcusdt'],
  ['binance-c', 'BTC/USDC', 'binance_btcusdc'],
  ['kraken-c', 'BTC/USDC', 'kraken_btcusdc'],
]

type Lies = Readonly<Record<string, (price: string) => string>>

/** Three of the seven series of bitcoin, which weigh three of nine: one half more, one half, and a dollar. */
const lies: Lies = {
  'coinbase-t': (price) => String(Number(price) * 1.5),
  'binance-c': (price) => String(Number(price) * 0.5),
  'kraken-c': () => '1',
}

interface Minute {
  readonly at: number
  readonly prices: Readonly<Record<string, string>>
}

const minutesOf = (path: string): readonly Minute[] => {
  const [header = '', ...lines] = gunzipSync(readFileSync(path)).toString().trim().split('\n')
  const names = header.split(',')
  const [begin, end] = ['2023-03-10T00:00:00Z', '2023-03-14T00:00:00Z'].map(Date.parse) as [number, number]
  return lines
    .map((line) => line.split(','))
    .map((cells) => ({
      at: Number(cells[0]),
      prices: Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])),
    }))
    .filter(({ at }) => at >= begin && at < end)
}

const quotesIn = ({ at, prices }: Minute, told: Lies): readonly CourseQuote[] =>
  columns.flatMap(([source, market, column]) => {
    const [base = '', currency = ''] = market.split('/')
    const close = prices[column] ?? ''
    return close === '' ? [] : [{ source, base, currency, at: at + 59_000, price: told[source]?.(close) ?? close }]
  })

/** The middle of what bitcoin cost in dollars, where two venues say it. */
const truthOf = ({ prices: { coinbase_btcusd: a = '', kraken_btcusd: b = '' } }: Minute): number | undefined =>
  a === '' || b === '' ? undefined : (Number(a) + Number(b)) / 2

const bp = (price: number, truth: number): number => (Math.abs(price - truth) / truth) * 10_000

const worst = (distances: readonly number[]) => {
  const sorted = [...distances].sort((a, b) => a - b)
  return { p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN, most: sorted.at(-1) ?? Number.NaN }
}

const play = (minutes: readonly Minute[], told: Lies) => {
  const world = worldOf(indices)
  const distances: number[] = []
  let ticks = 0
  for (const minute of minutes) {
    const before = world.get('BTC-USD')?.last
    playQuotes(world, minute.at + 60_000, quotesIn(minute, told))
    const last = world.get('BTC-USD')?.last
    const truth = truthOf(minute)
    if (last === undefined || last === before) continue
    ticks += 1
    if (truth !== undefined) distances.push(bp(toNumber(last.price), truth))
  }
  return { ticks, ...worst(distances) }
}

/** What a plain mean, or a plain median, of the seven series would have been, as they stand in three currencies. */
const plainly = (minutes: readonly Minute[], told: Lies, by: (prices: readonly number[]) => number) =>
  worst(
    minutes.flatMap((minute) => {
      const truth = truthOf(minute)
      const prices = quotesIn(minute, told)
        .filter(({ base }) => base === 'BTC')
        .map(({ price }) => Number(price))
      return truth === undefined ? [] : [bp(by(prices), truth)]
    }),
  )
const mean = (prices: readonly number[]): number => prices.reduce((sum, price) => sum + price, 0) / prices.length
const median = (prices: readonly number[]): number => {
  const sorted = [...prices].sort((a, b) => a - b)
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2
}

const path = join(__dirname, '../../../../../shared/data/oracle/btc-3venues-11series-close-1m-2023-03-01_21.csv.gz')
const there = existsSync(path)
if (!there) console.warn(`skipped: ${path} is not there`)
const describeThere = there ? describe : describe.skip

describeThere('four days in March 2023', () => {
  const minutes = there ? minutesOf(path) : []

  it.each([
    ['when all are honest', {}],
    ['while three of seven series lie', lies],
  ])(
    'an index is within 30 bp of the dollar prints in every minute, and makes a price in nearly all, %s',
    (_, told) => {
      const { ticks, p99, most } = play(minutes, told)
      expect(minutes.length).toBe(5760)
      expect(ticks).toBeGreaterThanOrEqual(5740)
      expect(p99).toBeLessThanOrEqual(12)
      expect(most).toBeLessThanOrEqual(30)
    },
  )

  it('a plain mean or median of the same prints is further off, and any liar moves it', () => {
    expect(plainly(minutes, {}, mean).most).toBeGreaterThan(300)
    expect(plainly(minutes, {}, median).most).toBeGreaterThan(45)
    expect(plainly(minutes, lies, mean).p99).toBeGreaterThan(1400)
    expect(plainly(minutes, lies, median).most).toBeGreaterThan(150)
  })
})
