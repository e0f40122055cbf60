import { add, type Decimal, multiply, sum, zero } from '@novation/decimal'
import type { Margin } from '../tiered'
import { contingencyOf } from './contingency'
import type { OptionHolding } from './holding'
import { marginsOf, type PortfolioTerms, reductions } from './requirement'
import { gather } from './scan'
import type { Valuation } from './valuation'

/** What one of a series may lose by itself, bought or sold, and is asked besides: what is made once serves every quantity. */
export interface Single {
  readonly loss: Decimal
  readonly maintenance: Decimal
  readonly initial: Decimal
  /** What is asked besides for each unit by which the price is in doubt. */
  readonly confidence: Decimal
}

/** Of `quantity` 1 or -1. Throws a RangeError where the underlying has no model, or nothing was published of the expiry. */
export const singleOf = (option: OptionHolding, valuation: Valuation): Single => {
  const books = gather([option], new Map([[valuation.underlying, valuation]]))
  const besides = books.map((book) => contingencyOf(book, zero))
  return {
    loss: sum(reductions.worst(books, 'best').map(({ alone }) => alone)),
    maintenance: sum(besides.map(({ maintenance }) => maintenance)),
    initial: sum(besides.map(({ initial }) => initial)),
    confidence: valuation.model?.contingency.confidence ?? zero,
  }
}

/** What `portfolioRequirement` asks for so many of it and nothing else: as many times as much, rounded once. */
export const singleMargin = (
  { loss, maintenance, initial, confidence }: Single,
  size: Decimal,
  doubt: Decimal,
  terms: PortfolioTerms,
): Margin => {
  const scan = multiply(size, loss)
  const besides = {
    maintenance: multiply(size, maintenance),
    initial: multiply(size, add(initial, multiply(confidence, doubt))),
  }
  return marginsOf(scan, scan, besides, terms)
}
