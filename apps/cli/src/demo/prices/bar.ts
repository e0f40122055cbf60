import type { Millis } from '@novation/events'
import { type Either, left, right } from 'fp-ts/Either'
import type { Column, Columns } from './columns'
import { readTime, type Unit } from './time-cell'

/** A row of a file: what was traded from one time to the next. */
export interface Bar {
  readonly at: Millis
  readonly unit?: Unit
  /** In the order in which they are taken to have come. */
  readonly prices: readonly number[]
  /** Decimal places of the finest of its prices. */
  readonly places: number
  readonly symbol?: string
}

/** The places that a command can say (protocol 1). */
const mostPlaces = 18

/** Between these the demo finds lots and companions for any price. */
const [least, most] = [1e-12, 1e12]

const placesOf = (text: string): number => {
  const [, part = '', exponent = '0'] = /^\d*\.?(\d*?)0*(?:[eE]([+-]?\d+))?$/.exec(text) ?? []
  return Math.min(mostPlaces, Math.max(0, part.length - Number(exponent)))
}

const isPrice = (text: string): boolean => {
  const price = /^(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/.test(text) ? Number(text) : Number.NaN
  return price >= least && price <= most
}

const expected = {
  time: 'a time such as 1584007200000, 2020-03-12T10:00:00Z or 2020-03-12 10:00:00',
  price: `a price such as 7358.51, from ${least.toFixed(12)} to ${most}`,
}

const wrong = ({ name }: Column, cell: string, what: string): Either<string, never> =>
  left(`column ${name}: ${cell === '' ? 'it is empty' : JSON.stringify(cell.slice(0, 60))}; expected ${what}`)

/** What a row says, or what is wrong with it: the column, the cell, and what was expected there. */
export const barOf = (columns: Columns, cells: readonly string[]): Either<string, Bar> => {
  const { width, time, close, bar, symbol } = columns
  if (cells.length < width || cells.slice(width).some((cell) => cell !== ''))
    return left(`it has ${cells.length} cells; expected ${width}, as the header has`)
  const cellOf = ({ index }: Column): string => cells[index] ?? ''

  const written = time.map(cellOf).join(' ')
  const read = readTime(written)
  if (read === undefined)
    return wrong(time.find((column) => cellOf(column) === '') ?? time[0] ?? close, written, expected.time)

  const priced = bar === undefined ? [close] : [bar.open, bar.high, bar.low, close]
  const bad = priced.find((column) => !isPrice(cellOf(column)))
  if (bad !== undefined) return wrong(bad, cellOf(bad), expected.price)

  const [first = 0, high = 0, low = 0, last = 0] = priced.map((column) => Number(cellOf(column)))
  if (bar !== undefined && high < low)
    return wrong(bar.high, cellOf(bar.high), `no less than the low, ${cellOf(bar.low)}`)
  return right({
    ...read,
    // A bar that rose went down first, and one that fell went up first: nobody knows, so everybody assumes this.
    prices: bar === undefined ? [first] : last >= first ? [first, low, high, last] : [first, high, low, last],
    places: Math.max(...priced.map((column) => placesOf(cellOf(column)))),
    ...(symbol === undefined ? {} : { symbol: cellOf(symbol) }),
  })
}
