import { abs, add, compare, type Decimal, halfEvenRatio, integer, max, ratio, subtract, whole } from '@novation/decimal'
import { lowerMedian, upperMedian, type Weighted } from './medians'

/** A fresh quote of a source, in the currency of the index. */
export interface Quoted {
  readonly source: string
  /** Twice the weight of its source, or once where that is halved: so weights stay whole. */
  readonly halves: number
  /** What it says, converted, exact. */
  readonly price: Decimal
  /** When it was observed, in milliseconds. */
  readonly at: number
  /** How far off it says it may be, converted; zero where it says nothing. */
  readonly confidence: Decimal
}

/** What an index comes to in one round of quotes. */
export interface Round {
  readonly price: Decimal
  readonly observedAt: number
  /** How far the price may be off: the quotes' own spread, or what they say of themselves, whichever is more. */
  readonly confidence: Decimal
  /** The lower weighted median of the distances from the price, exact. */
  readonly spread: Decimal
  /** Whose quotes made it, by name. */
  readonly sources: readonly string[]
}

/** The weight of fresh quotes, in halves. */
export const halvesOf = (quotes: readonly Quoted[]): number => quotes.reduce((sum, { halves }) => sum + halves, 0)

const weighed = <T>(quotes: readonly Quoted[], of: (quote: Quoted) => T): readonly Weighted<T>[] =>
  quotes.map((quote) => ({ value: of(quote), weight: quote.halves }))

/**
 * What the quotes come to, or undefined where they weigh less than the quorum: the middle of the lower and the upper
 * weighted median of the prices, half to even at `places`, as old as the lower weighted median of their times.
 *
 * Where liars weigh L and `2 L < quorum`, it lies within the honest quotes: F halves of fresh weight are at least twice
 * the quorum, so more than 4 L; what is at or below the highest honest quote weighs at least F - 2 L, more than half of F,
 * so the lower median is not above it, and likewise from below; the middle of both lies between them. (Rounding may
 * add half a unit of the last place.)
 */
export const roundOf = (
  quotes: readonly Quoted[],
  { quorum, places }: { readonly quorum: number; readonly places: number },
): Round | undefined => {
  if (quotes.length === 0 || halvesOf(quotes) < 2 * quorum) return undefined
  const prices = weighed(quotes, ({ price }) => price)
  const middle = add(lowerMedian(prices, compare), upperMedian(prices, compare))
  const price = halfEvenRatio(ratio(middle, integer(2)), places)
  const spread = lowerMedian(
    weighed(quotes, (quote) => abs(subtract(quote.price, price))),
    compare,
  )
  const stated = lowerMedian(
    weighed(quotes, ({ confidence }) => confidence),
    compare,
  )
  return {
    price,
    observedAt: lowerMedian(
      weighed(quotes, ({ at }) => at),
      (a, b) => a - b,
    ),
    confidence: halfEvenRatio(whole(max(spread, stated)), places),
    spread,
    sources: quotes.map(({ source }) => source).sort(),
  }
}
