import { type Decimal, greaterThan, isNegative, multiply, one, sum, zero } from '@novation/decimal'
import type { Book } from './book'
import type { Side } from './holding'
import { basisLine, type Line, minimumLine, noLine, rowLines } from './lines'

/** What an underlying may lose, line by line. */
export interface Losses {
  readonly underlying: string
  readonly book: Book
  readonly rows: readonly Line[]
  readonly basis: Line
  readonly minimum: Line
  /** max(0, basis, minimum, max loss): the first of equals. */
  readonly alone: Line
}

/** A line, and which share of it counts. */
export interface Share {
  readonly line: Line
  readonly of: Decimal
}

/** What underlyings lose together: the sum of the shares of their lines. */
export interface Together {
  readonly loss: Decimal
  readonly shares: readonly { readonly underlying: string; readonly share: Share }[]
}

const worstOf = (lines: readonly Line[]): Line =>
  lines.reduce((worst, line) => (greaterThan(line.loss, worst.loss) ? line : worst), noLine)

export const lossesOf = (book: Book, side: Side): Losses => {
  const rows = rowLines(book, side)
  const basis = basisLine(book)
  const minimum = minimumLine(book)
  return {
    underlying: book.valuation.underlying,
    book,
    rows,
    basis,
    minimum,
    alone: worstOf([...rows, basis, minimum]),
  }
}

/** A loss counts whole, a gain to the share `gains`. */
const sharedOf = (line: Line, gains: Decimal): Share => ({ line, of: isNegative(line.loss) ? gains : one })
const countedIn = ({ line, of }: Share): Decimal => multiply(line.loss, of)

/** The worst of an underlying for each common step: of its rows at most `width` steps from it, and where it has none there, of the nearest. */
const worstNear = ({ book, rows }: Losses): ((step: number) => Share) => {
  const { width = 0, gains = zero } = book.model.group ?? {}
  const shares = rows.map((line) => ({ step: line.index ?? 0, share: sharedOf(line, gains) }))
  return (common) => {
    const near = shares.filter(({ step }) => Math.abs(step - common) <= width)
    const least = Math.min(...shares.map(({ step }) => Math.abs(step - common)))
    const candidates = near.length > 0 ? near : shares.filter(({ step }) => Math.abs(step - common) === least)
    const [first, ...rest] = candidates.map(({ share }) => share)
    if (first === undefined) return { line: noLine, of: one }
    return rest.reduce((worst, share) => (greaterThan(countedIn(share), countedIn(worst)) ? share : worst), first)
  }
}

const ofAll = (group: readonly Losses[], share: (of: Losses, i: number) => Share): Together => {
  const shares = group.map((of, i) => ({ underlying: of.underlying, share: share(of, i) }))
  return { loss: sum(shares.map((of) => countedIn(of.share))), shares }
}

/**
 * What the underlyings of a group lose at the worst common move: `max(0, sum basis, sum minimum, max over g of sum_u max{loss⁺ -
 * gains*loss⁻ : |index(r) - g| <= width})`, g over all steps that any of them has.
 */
export const togetherOf = (group: readonly Losses[]): Together => {
  const steps = [...new Set(group.flatMap(({ rows }) => rows.map(({ index = 0 }) => index)))].sort((a, b) => b - a)
  const near = group.map(worstNear)
  const candidates = [
    ...steps.map((step) => ofAll(group, (_, i) => near[i]?.(step) ?? { line: noLine, of: one })),
    ofAll(group, ({ basis }) => ({ line: basis, of: one })),
    ofAll(group, ({ minimum }) => ({ line: minimum, of: one })),
  ]
  return candidates.reduce((worst, of) => (greaterThan(of.loss, worst.loss) ? of : worst), { loss: zero, shares: [] })
}

/** Sums what each stands for alone. */
export const aloneOf = (group: readonly Losses[]): Decimal => sum(group.map(({ alone }) => alone.loss))
