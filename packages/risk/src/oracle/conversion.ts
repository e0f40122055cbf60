import { type Decimal, greaterThan, multiply, one, zero } from '@novation/decimal'
import type { Quoted } from './round'

/** The price by which a currency is converted, while it can be relied on. */
export interface Conversion {
  readonly price: Decimal
  readonly confidence: Decimal
}

/** What a source said last. */
export interface Quote {
  readonly source: string
  readonly price: Decimal
  readonly at: number
  readonly confidence?: Decimal | undefined
}

/** Whether a conversion is too uncertain to convert anything by it: further off, maybe, than this share of its price. */
export const isUncertain = ({ price, confidence }: Conversion, conversionSpread: Decimal): boolean =>
  greaterThan(confidence, multiply(conversionSpread, price))

/** A quote in the currency of the index, exact: times the price of what it is quoted in (none: it is in the index's own). */
export const convert = (quote: Quote, halves: number, conversion?: Conversion): Quoted => {
  const { source, price, at, confidence = zero } = quote
  const by = conversion?.price ?? one
  return { source, halves, at, price: multiply(price, by), confidence: multiply(confidence, by) }
}
