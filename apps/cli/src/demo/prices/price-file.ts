import { basename } from 'node:path'
import { exitCodes } from '../../exit-code'
import { Failure } from '../../failure'
import { type Day, type Listed, type Market, type Moment, momentOf } from '../day'
import type { Bar } from './bar'
import { barsIn } from './bars-in'
import { rowsOf } from './rows'

const unusable = (file: string, why: string): Failure =>
  new Failure({
    id: 'prices-unusable',
    exit: exitCodes.failed,
    what: `cannot use the prices of ${file}`,
    why,
    remedy:
      'give a table (CSV, plain or gzip) with a header: a time, and open, high, low, close, or a price, in any order',
  })

/** The demo needs a path to tell a story on. */
const leastBars = 20

/** The shortest distance between two bars. */
const spacingOf = (bars: readonly Bar[]): number =>
  bars.reduce((least, { at }, i) => Math.min(least, at - (bars[i - 1]?.at ?? Number.NEGATIVE_INFINITY)), 86_400_000)

/** How much more (or less) than the market of the file the two others move, and where they start. */
const others = { second: { start: 0.0246, beta: 1.05 }, third: { start: 0.00048, beta: 1.1 } }

const follow = ({ start, beta }: (typeof others)['second'], first: number, price: number): number =>
  first * start * Math.max(0.02, 1 + beta * (price / first - 1))

/** Places that tell a price of this size apart from the next by a hundred thousandth. */
const placesFor = (price: number): number => Math.min(18, Math.max(2, 5 - Math.floor(Math.log10(price))))

/** A lot is worth between 1 and 10. */
const listedAs = (instrument: string, price: number, places: number): Listed => {
  const digits = Math.floor(Math.log10(price))
  return { instrument, places, lot: (10 ** -digits).toFixed(Math.max(0, digits)) }
}

/** What the market of a file is called: as the file's rows say, or as the file itself is. */
const nameOf = (file: string, { symbol = '' }: Bar): string => {
  const [start = ''] = basename(file).split(/[-_. ]/)
  const name = (symbol === '' ? start.toUpperCase() : symbol).replace(/[^A-Za-z0-9._:-]/g, '').slice(0, 40)
  return name === '' ? 'MARKET' : name
}

const marketOf = (name: string, bars: readonly Bar[], first: number): Market => {
  const places = bars.reduce((most, bar) => Math.max(most, bar.places), 2)
  const made = (suffix: string, price: number): Listed => listedAs(`${name}-${suffix}`, price, placesFor(price / 50))
  return {
    lead: listedAs(`${name}-PERP`, first, places),
    second: made('ALT1-PERP', first * others.second.start),
    third: made('ALT2-PERP', first * others.third.start),
    future: listedAs(`${name}-DATED`, first, Math.max(places, placesFor(first))),
  }
}

const notesOn = (bars: readonly Bar[], reversed: boolean): readonly string[] => {
  const units = [...new Set(bars.flatMap(({ unit }) => unit ?? []))]
  return [
    ...(units.length === 0 ? [] : [`its times are taken for ${units.join(' and ')}, by their size`]),
    ...(reversed ? ['its newest row comes first; it is read from its end'] : []),
  ]
}

const dayOf = (file: string, bars: readonly Bar[], reversed: boolean): Day => {
  const [bar] = bars
  const first = bar?.prices[0]
  if (bar === undefined || first === undefined || bars.length < leastBars)
    throw unusable(file, `it has ${bars.length} bars, and the demo needs ${leastBars}`)
  const name = nameOf(file, bar)
  const market = marketOf(name, bars, first)
  const spacing = spacingOf(bars)
  const moments = bars.flatMap(({ at, prices }): readonly Moment[] =>
    prices.map((price, i) =>
      momentOf(market, at + Math.floor((spacing * i) / prices.length), [
        price,
        follow(others.second, first, price),
        follow(others.third, first, price),
      ]),
    ),
  )
  return {
    market,
    moments,
    bar_s: Math.round(spacing / 1000),
    calmUntil: 0.1,
    origin: `${bars.length} bars of ${file} as ${market.lead.instrument}`,
    notes: notesOn(bars, reversed),
  }
}

/** A day after the prices of a file: they are of one market, and the other instruments of the demo move with it. */
export const dayOfFile = async (file: string): Promise<Day> => {
  const read = await barsIn(rowsOf(file)).catch((error: unknown) => {
    throw unusable(file, error instanceof Error ? error.message : String(error))
  })
  if (read._tag === 'Left') throw unusable(file, read.left)
  return dayOf(file, read.right.bars, read.right.reversed)
}
