import {
  add,
  type Decimal,
  decimal,
  divideCeil,
  format,
  greaterThan,
  halfEvenRatio,
  integer,
  isPositive,
  isZero,
  multiply,
  ratio,
  subtract,
} from '@novation/decimal'
import { formatTime, isTime, type Millis, parseTime } from '@novation/events'
import type { Heard, Market, NoPrice } from './adapter'
import { textOf } from './exact-json'

/** So many places, and digits before them, a quote can say. */
const most = 18

const number = /^(-?\d{1,40}(?:\.\d{1,40})?)(?:[eE]([+-]?\d{1,2}))?$/

/** Ten to a power. */
export const powerOfTen = (power: number): Decimal =>
  decimal(power < 0 ? `0.${'0'.repeat(-power - 1)}1` : `1${'0'.repeat(power)}`)

/** The decimal that a text is, also with an exponent; nothing where it is none. */
export const decimalIn = (value: unknown): Decimal | undefined => {
  const [, digits, power = '0'] = number.exec(textOf(value) ?? '') ?? []
  return digits === undefined ? undefined : multiply(decimal(digits), powerOfTen(Number(power)))
}

/** A count of seconds, milliseconds, micro- or nanoseconds since 1970, told apart by how many digits it has (true from 2001 to 2286). */
export const timeIn = (value: unknown): Millis | undefined => {
  const text = textOf(value) ?? ''
  if (/^\d{10}(\d{3}){0,3}$/.test(text)) return Number(text.padEnd(13, '0').slice(0, 13))
  return isTime(text) ? parseTime(text) : undefined
}

/** What a venue says of a market, each as it came. */
export interface Told {
  readonly market: Market
  readonly at: Millis
  readonly bid?: unknown
  readonly ask?: unknown
  /** The last trade. */
  readonly last?: unknown
  readonly confidence?: unknown
  readonly volume?: unknown
}

const no = (ignored: NoPrice): Heard => ({ ignored })

const isSayable = (value: Decimal): boolean => /^\d{1,18}(\.\d{1,18})?$/.test(format(value))

interface Priced {
  readonly price: Decimal
  readonly confidence?: Decimal | undefined
}

/** The middle of a book, half to even where it is finer than a quote can say; half of how far its sides are apart, up. */
const middleOf = (bid: Decimal, ask: Decimal): Priced => {
  const two = integer(2)
  return {
    price: halfEvenRatio(ratio(add(bid, ask), two), most),
    confidence: divideCeil(subtract(ask, bid), two, most),
  }
}

/** A price by its book, and where there is none by the last trade. */
const pricedBy = ({ bid, ask, last, confidence }: Told): Priced | NoPrice => {
  if (bid === undefined && ask === undefined) {
    const price = decimalIn(last)
    if (price === undefined) return 'malformed'
    if (!isPositive(price)) return 'not-positive'
    return { price, confidence: confidence === undefined ? undefined : decimalIn(confidence) }
  }
  const [low, high] = [decimalIn(bid ?? '0'), decimalIn(ask ?? '0')]
  if (low === undefined || high === undefined) return 'malformed'
  if (!isPositive(low) || !isPositive(high)) return 'one-sided'
  return greaterThan(low, high) ? 'crossed' : middleOf(low, high)
}

/**
 * A quote of what a venue says: the middle of bid and ask, with half their distance as confidence; without either, the last
 * trade. A volume that is no decimal is left out: no price hangs on it.
 */
export const heard = (told: Told): Heard => {
  const priced = pricedBy(told)
  if (typeof priced === 'string') return no(priced)
  const { price, confidence } = priced
  if (isZero(price) || !isSayable(price)) return no('too-fine')
  const volume = decimalIn(told.volume)
  return {
    ...told.market,
    at: formatTime(told.at),
    price: format(price),
    ...(confidence === undefined || !isSayable(confidence) ? {} : { confidence: format(confidence) }),
    ...(volume === undefined || !isSayable(volume) ? {} : { volume: format(volume) }),
  }
}
