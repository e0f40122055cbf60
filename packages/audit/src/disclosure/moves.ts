import {
  add,
  type Decimal,
  decimal,
  divideCeil,
  divideFloor,
  greaterThan,
  lessThan,
  max,
  min,
  negate,
  one,
  zero,
} from '@novation/decimal'
import { type LedgerEvent, type Millis, parseTime } from '@novation/events'

interface Seen {
  readonly at: Millis
  readonly price: Decimal
}

/** Prices that could still be the highest (or lowest) of a window that slides over them. */
type Candidates = Seen[]

interface Course {
  readonly highest: Candidates
  readonly lowest: Candidates
  price: Decimal
  fall: Decimal
  rise: Decimal
}

/** How far a price moved at worst within the holding period: `fall` is zero or less, `rise` zero or more. */
export interface Move {
  readonly fall: Decimal
  readonly rise: Decimal
}

/** The prices of a history, and the worst moves among them. */
export interface Moves {
  readonly read: (event: LedgerEvent) => void
  /** The latest price of an instrument, which in the end is the one it was settled at. */
  readonly priceOf: (name: string) => Decimal | undefined
  /** No move at all for what has had one price or none. */
  readonly worstOf: (name: string) => Move
}

const ratioPlaces = 12

const slide = (
  candidates: Candidates,
  seen: Seen,
  since: Millis,
  outdoes: (a: Decimal, b: Decimal) => boolean,
): void => {
  while (candidates[0] !== undefined && candidates[0].at < since) candidates.shift()
  for (let last = candidates.at(-1); last !== undefined && !outdoes(last.price, seen.price); last = candidates.at(-1))
    candidates.pop()
  candidates.push(seen)
}

const priceIn = (event: LedgerEvent): { readonly name: string; readonly price: Decimal } | undefined => {
  if (event.type !== 'PriceTick' && event.type !== 'InstrumentSettled') return undefined
  const name = event.type === 'PriceTick' ? (event.data.instrument ?? event.data.asset) : event.data.instrument
  return name === undefined ? undefined : { name, price: decimal(event.data.price) }
}

/**
 * The worst relative move of each price between any two of its ticks (or its settlement) that lie at most `holding_ms`
 * apart in ledger time. A fall is rounded down and a rise up, at twelve places.
 */
export const recordedMoves = (holding_ms: number): Moves => {
  const courses = new Map<string, Course>()
  const read = (event: LedgerEvent): void => {
    const found = priceIn(event)
    if (found === undefined) return
    const { name, price } = found
    const at = parseTime(event.at)
    const course = courses.get(name) ?? { highest: [], lowest: [], price, fall: zero, rise: zero }
    courses.set(name, course)
    course.price = price
    slide(course.highest, { at, price }, at - holding_ms, greaterThan)
    slide(course.lowest, { at, price }, at - holding_ms, lessThan)
    const [high, low] = [course.highest[0]?.price ?? price, course.lowest[0]?.price ?? price]
    course.fall = min(course.fall, add(divideFloor(price, high, ratioPlaces), negate(one)))
    course.rise = max(course.rise, add(divideCeil(price, low, ratioPlaces), negate(one)))
  }
  return {
    read,
    priceOf: (name) => courses.get(name)?.price,
    worstOf: (name) => courses.get(name) ?? { fall: zero, rise: zero },
  }
}
