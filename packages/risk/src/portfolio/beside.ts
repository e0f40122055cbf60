import { type Decimal, multiply } from '@novation/decimal'
import { type Bend, shareOf } from './bends'
import type { Book } from './book'
import { toDouble } from './double'
import type { OptionHolding } from './holding'
import type { Reach } from './nearest'
import { reaches, sensitivityOf } from './sensitivity'
import type { Valuation } from './valuation'
import { exposureIn, furthestOf, sizesOf, type Weighed, wearsOf } from './wearing'

// Beside its last price an index may have a slow one. Worth counts by the worse of both at the worst and by the better at the best,
// contract by contract and coin by coin, all options on an underlying as one; what is asked goes by the last price alone.

/** What all is worth elsewhere than at last prices; of what is not named, nothing else is. */
export interface Beside {
  /** What each underlying is valued by at its slow price. */
  readonly valuations: ReadonlyMap<string, Valuation>
  /** The slow mark of each linear contract, by its id. */
  readonly marks: ReadonlyMap<string, Decimal>
}

/** What is held in one underlying, and what of the room it has. */
export interface Part {
  readonly book: Book
  readonly share: number
  readonly isAveraging: boolean
}

/** How options answer to an index at which they are valued so, together. */
const optionsBend = (valuation: Valuation, options: readonly OptionHolding[]): Bend => {
  const [curves, kinks] = [reaches.map(() => 0), reaches.map(() => 0)]
  let slope = 0
  for (const option of options) {
    const term = valuation.term(option.expiry_ms)
    if (term === undefined) continue
    const answer = sensitivityOf(option, term, [{ move: 1, volatility: term.volatility(option.strike) }])
    const quantity = toDouble(option.quantity)
    slope += quantity * (answer.slopes[0] ?? 0)
    for (const i of reaches.keys()) {
      curves[i] = (curves[i] ?? 0) + Math.abs(quantity) * (answer.curves[i]?.[0] ?? 0)
      kinks[i] = (kinks[i] ?? 0) + Math.abs(quantity) * (answer.kinks[i]?.[0] ?? 0)
    }
  }
  return { slope: Math.abs(slope), curves, kinks }
}

/** Of what goes with its own price and nothing else. */
const flat: Bend = { slope: 0, curves: reaches.map(() => 0), kinks: reaches.map(() => 0) }

const steeper = (bend: Bend, by: number): Bend => ({ ...bend, slope: bend.slope + by })

/**
 * What a coin counts for is the lesser, or the larger, of its worth at both prices, and so goes another way than its index: by as
 * much in worth, and by what the furthest row makes of that in what is asked, on the side that is asked about and on the other.
 */
const coinsOf = ({ coins, valuation }: Book, factor: number): number =>
  coins.reduce((total, { best }) => total + 2 * (2 + factor * furthestOf(valuation)) * Math.abs(toDouble(best)), 0)

/** Of the room, moves of prices get so much and wear the rest; of that of prices, last ones and slow ones each a half. */
const ofBands = 0.6
const ofWear = 0.4

/**
 * With `g = sum_j min(0, v_j(slow) - v_j(last))`, and max for the best, over all that is worth something by itself: g changes by at most
 * what each v_j does at either price, so no hedge between them counts.
 */
export const besideReach = (
  parts: readonly Part[],
  { valuations, marks }: Beside,
  slack: number,
  factor: number,
): Reach => {
  const bands = new Map<string, number>()
  const slow = new Map<string, number>()
  const weighed: Weighed[] = []
  for (const { book, share, isAveraging } of parts) {
    const { valuation, options, expiries } = book
    const { underlying } = valuation
    const there = valuations.get(underlying)
    const linear = book.linear.filter(({ id }) => marks.has(id))
    const coins = there === undefined ? 0 : coinsOf(book, factor)
    const moves = isAveraging ? 0 : (ofBands * share * slack) / 2
    const size = sizesOf({ ...book, linear }, 0).reduce((total, { weight }) => total + weight, 0)
    const here = optionsBend(valuation, there === undefined ? [] : options)
    const band = shareOf(steeper(here, coins + size), moves)
    bands.set(underlying, band)
    const each = moves / (linear.length + (there === undefined ? 0 : 1))
    for (const { id, quantity } of linear) {
      const other = Math.abs(toDouble(multiply(quantity, marks.get(id) ?? quantity)))
      slow.set(id, Math.min(slow.get(id) ?? 1, shareOf({ ...flat, slope: other }, each)))
    }
    weighed.push(...sizesOf({ ...book, linear }, band))
    if (there === undefined) continue
    const bandThere = shareOf(steeper(optionsBend(there, options), coins), each)
    slow.set(underlying, bandThere)
    for (const { expiry_ms } of expiries)
      weighed.push(exposureIn(valuation, book, expiry_ms, band), exposureIn(there, book, expiry_ms, bandThere))
  }
  return { bands, slow, wears: wearsOf(weighed, ofWear * slack) }
}
