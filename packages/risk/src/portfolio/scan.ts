import type { Decimal } from '@novation/decimal'
import { type Book, bookOf } from './book'
import type { Holding, Side } from './holding'
import type { Valuation } from './valuation'
import { aloneOf, type Losses, lossesOf, type Together, togetherOf } from './worst'

/** A group of underlyings that move together, or one that moves alone. */
export interface Scanned {
  readonly losses: readonly Losses[]
  readonly alone: Decimal
  readonly together: Together | undefined
}

const groupOf = ({ underlying, book }: Losses): string =>
  book.model.group === undefined ? `underlying ${underlying}` : `group ${book.model.group.name}`

/** What everything may lose, group by group. */
export const scanned = (books: readonly Book[], side: Side): readonly Scanned[] => {
  const groups = new Map<string, Losses[]>()
  for (const book of books) {
    const losses = lossesOf(book, side)
    const group = groups.get(groupOf(losses))
    if (group === undefined) groups.set(groupOf(losses), [losses])
    else group.push(losses)
  }
  return [...groups.values()].map((losses) => ({
    losses,
    alone: aloneOf(losses),
    together: losses.length > 1 ? togetherOf(losses) : undefined,
  }))
}

/** What is held, by underlying. Throws a RangeError where one has no valuation. */
export const gather = (holdings: readonly Holding[], valuations: ReadonlyMap<string, Valuation>): readonly Book[] => {
  const byUnderlying = new Map<string, Holding[]>()
  for (const holding of holdings) {
    const those = byUnderlying.get(holding.underlying)
    if (those === undefined) byUnderlying.set(holding.underlying, [holding])
    else those.push(holding)
  }
  return [...byUnderlying]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([underlying, of]) => {
      const valuation = valuations.get(underlying)
      if (valuation === undefined) throw new RangeError(`no valuation of ${underlying}`)
      return bookOf(valuation, of)
    })
}
