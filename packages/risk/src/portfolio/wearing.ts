import { multiply } from '@novation/decimal'
import { lnRatio } from '../kernel/ln'
import type { Book } from './book'
import { toDouble } from './double'
import type { OptionHolding } from './holding'
import type { Valuation } from './valuation'

// How much of what an account is worth, and is asked, may go as what it holds wears.

/** The name by which an expiry wears; a linear contract does by its id. */
export const wearKey = (underlying: string, expiry_ms: number): string => `${underlying}@${expiry_ms}`

export interface Weighed {
  readonly key: string
  /** The most that one unit of wear may take. */
  readonly weight: number
}

/** `D max(F', K)` for each of an option, F' at the end of the band. */
const exposureOf = (valuation: Valuation, option: OptionHolding, band: number): number => {
  const term = valuation.term(option.expiry_ms)
  if (term === undefined) return 0
  const forward = term.forward.fixed + term.forward.floating * (1 + band)
  return term.discount * Math.max(forward, toDouble(option.strike)) * Math.abs(toDouble(option.quantity))
}

/** What the options of an expiry are exposed to, as a valuation has them. */
export const exposureIn = (valuation: Valuation, { options }: Book, expiry_ms: number, band: number): Weighed => ({
  key: wearKey(valuation.underlying, expiry_ms),
  weight: options
    .filter((option) => option.expiry_ms === expiry_ms)
    .reduce((total, option) => total + exposureOf(valuation, option, band), 0),
})

/** How often a unit of price may count in a line: in the value, in the worst row, or in forwards that part. */
const countsOf = ({ model, valuation }: Book, factor: number, short: number, basisFactor: number): number => {
  const rows = valuation.scenarios.map(
    ({ move, weight }) => toDouble(weight) * (1 + short * Math.max(1, toDouble(move))),
  )
  return 1 + factor * Math.max(basisFactor * (1 + toDouble(model.basis.up)), ...rows)
}

/** The largest share of what moves with the index that a row takes. */
export const furthestOf = ({ scenarios }: Valuation): number =>
  Math.max(0, ...scenarios.map(({ move, weight }) => toDouble(weight) * Math.abs(toDouble(move) - 1)))

/** What is held of a linear contract, at its mark, whichever way. */
export const sizesOf = ({ linear }: Book, band: number): readonly Weighed[] =>
  linear.map(({ id, quantity, mark }) => ({
    key: id,
    weight: Math.abs(toDouble(multiply(quantity, mark))) * (1 + band),
  }))

/** What may go of worth and of what is asked together, once an index has gone to the end of its band. */
export const wearing = (book: Book, factor: number, band: number): readonly Weighed[] => {
  const { valuation, expiries } = book
  const furthest = furthestOf(valuation)
  return [
    ...expiries.map(({ expiry_ms, term: { short, basisFactor } }) => {
      const { key, weight } = exposureIn(valuation, book, expiry_ms, band)
      return { key, weight: weight * countsOf(book, factor, toDouble(short), toDouble(basisFactor)) }
    }),
    ...sizesOf(book, band).map(({ key, weight }) => ({ key, weight: weight * (1 + factor * furthest) })),
  ]
}

/** How far each may wear where all of it together may take so much. Of one contract there may be several holdings: they wear together. */
export const wearsOf = (all: readonly Weighed[], allowed: number): ReadonlyMap<string, number> => {
  const weights = new Map<string, number>()
  for (const { key, weight } of all) weights.set(key, (weights.get(key) ?? 0) + weight)
  const wearOf = (weight: number): number => {
    if (!(allowed > 0)) return 0
    // What wears compounds: by y a weight itself may have grown e^y.
    return weight > 0 ? lnRatio(allowed / weights.size + weight, weight) : Number.POSITIVE_INFINITY
  }
  return new Map([...weights].map(([key, weight]) => [key, wearOf(weight)]))
}
