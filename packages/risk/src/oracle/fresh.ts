import type { Decimal } from '@novation/decimal'
import { type Conversion, convert, isUncertain, type Quote } from './conversion'
import type { IndexSource } from './index-terms'
import type { Quoted } from './round'

/** By what a round of an index is made, beside its sources' last quotes. */
export interface Rules {
  readonly currency: string
  readonly sources: readonly IndexSource[]
  readonly freshness_ms: number
  readonly conversionSpread: Decimal
}

/** What is known at the time of a round. */
export interface Known {
  readonly now: number
  /** The last quote of a source, unless that is suspended. */
  readonly quoteOf: (source: string) => Quote | undefined
  /** By what a currency is converted: nothing while that has no price, or one that is stale or held. */
  readonly conversionOf: (currency: string) => Conversion | undefined
  /** Whose weight counts half. */
  readonly halved: ReadonlySet<string>
}

/**
 * The quotes that count in a round, converted: the last one of each source, no older than `freshness_ms`, and none in a
 * currency whose conversion cannot be relied on, or is too uncertain.
 */
export const freshQuotes = (
  { currency: own, sources, freshness_ms, conversionSpread }: Rules,
  { now, quoteOf, conversionOf, halved }: Known,
): readonly Quoted[] =>
  sources.flatMap(({ source, weight, currency = own }) => {
    const quote = quoteOf(source)
    if (quote === undefined || quote.at < now - freshness_ms) return []
    const halves = halved.has(source) ? weight : 2 * weight
    if (currency === own) return [convert(quote, halves)]
    const conversion = conversionOf(currency)
    if (conversion === undefined || isUncertain(conversion, conversionSpread)) return []
    return [convert(quote, halves, conversion)]
  })
