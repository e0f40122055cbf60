import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import type { Millis } from '@novation/events'
import { parse } from 'csv-parse'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { type Day, type Moment, momentOf } from './day'

interface Bar {
  readonly at: Millis
  /** In the order in which they are taken to have come. */
  readonly prices: readonly number[]
}

const unusable = (file: string, why: string): Failure =>
  new Failure({
    id: 'prices-unusable',
    exit: exitCodes.failed,
    what: `cannot use the prices of ${file}`,
    why,
    remedy: 'give a CSV, plain or gzip, with a header: time, open, high, low, close, volume; or time, price',
  })

/** Milliseconds, RFC 3339, or `2021-12-31 23:01:00` in UTC. */
const timeOf = (text: string): Millis => {
  if (/^\d{12,14}$/.test(text)) return Number(text)
  const time = text.trim().replace(' ', 'T')
  return Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(time) ? time : `${time}Z`)
}

/** A bar that rose went down first, and one that fell went up first: nobody knows, so everybody assumes this. */
const barOf = (cells: readonly string[]): Bar | undefined => {
  const [time = '', ...rest] = cells
  const [open, high, low, close] = rest.map(Number)
  const at = timeOf(time)
  const prices =
    open === undefined || high === undefined || low === undefined || close === undefined
      ? [open ?? Number.NaN]
      : close >= open
        ? [open, low, high, close]
        : [open, high, low, close]
  return Number.isFinite(at) && prices.every((price) => Number.isFinite(price) && price > 0)
    ? { at, prices }
    : undefined
}

const readBars = async (file: string): Promise<readonly Bar[]> => {
  const bars: Bar[] = []
  const bytes = createReadStream(file)
  const text = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes
  bytes.on('error', (error) => text.destroy(error))
  const rows = text.pipe(parse({ from_line: 2, relax_column_count: true, skip_empty_lines: true, trim: true }))
  text.on('error', (error: Error) => rows.destroy(error))
  let line = 1
  for await (const row of rows) {
    line += 1
    const cells: readonly string[] = row
    const bar = barOf(cells)
    if (bar === undefined) throw unusable(file, `line ${line} is no bar: ${cells.join(',').slice(0, 80)}`)
    const last = bars.at(-1)
    if (last !== undefined && bar.at <= last.at) throw unusable(file, `line ${line} is not later than the one before`)
    bars.push(bar)
  }
  return bars
}

/** The shortest distance between two bars. */
const spacingOf = (bars: readonly Bar[]): number =>
  bars.reduce((least, { at }, i) => Math.min(least, at - (bars[i - 1]?.at ?? Number.NEGATIVE_INFINITY)), 86_400_000)

/** How much more (or less) than BTC the others move, and where they start. */
const others = { eth: { start: 0.0246, beta: 1.05 }, link: { start: 0.00048, beta: 1.1 } }

const follow = ({ start, beta }: (typeof others)['eth'], first: number, btc: number): number =>
  first * start * Math.max(0.02, 1 + beta * (btc / first - 1))

/** A day after the prices of a file: they are BTC's, and the other instruments move with it. */
export const dayOfFile = async (file: string): Promise<Day> => {
  const bars = await readBars(file).catch((error: unknown) => {
    throw error instanceof Failure ? error : unusable(file, error instanceof Error ? error.message : String(error))
  })
  const first = bars[0]?.prices[0]
  if (first === undefined || bars.length < 20) throw unusable(file, `it has ${bars.length} bars, and the demo needs 20`)
  const spacing = spacingOf(bars)
  const moments = bars.flatMap(({ at, prices }): readonly Moment[] =>
    prices.map((btc, i) =>
      momentOf(
        at + Math.floor((spacing * i) / prices.length),
        btc,
        follow(others.eth, first, btc),
        follow(others.link, first, btc),
      ),
    ),
  )
  return { moments, bar_s: Math.round(spacing / 1000), calmUntil: 0.1, origin: `${bars.length} bars of ${file}` }
}
