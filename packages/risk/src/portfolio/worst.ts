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
  /** The common step; undefined of what is no move of the index. */
  readonly step: number | undefined
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
/** What a share of a line comes to. */
export const countedIn = ({ line, of }: Share): Decimal => multiply(line.loss, of)

/** The shares of an underlying's rows at most `width` steps from each common step, and where it has none there, of the nearest. */
export const sharesNear = ({ book, rows }: Losses): ((step: number) => readonly Share[]) => {
  const { width = 0, gains = zero } = book.model.group ?? {}
  const shares = rows.map((line) => ({ step: line.index ?? 0, share: sharedOf(line, gains) }))
  return (common) => {
    const near = shares.filter(({ step }) => Math.abs(step - common) <= width)
    if (near.length > 0) return near.map(({ share }) => share)
    const least = Math.min(...shares.map(({ step }) => Math.abs(step - common)))
    return shares.filter(({ step }) => Math.abs(step - common) === least).map(({ share }) => share)
  }
}

const worstShare = (shares: readonly Share[]): Share =>
  shares.reduce(
    (worst, share) => (greaterThan(countedIn(share), countedIn(worst)) ? share : worst),
    shares[0] ?? nothing,
  )

const nothing: Share = { line: noLine, of: one }

const ofAll = (group: readonly Losses[], share: (of: Losses, i: number) => Share, step?: number): Together => {
  const shares = group.map((of, i) => ({ underlying: of.underlying, share: share(of, i) }))
  return { loss: sum(shares.map((of) => countedIn(of.share))), shares, step }
}

/** What a group may lose together: at each common step that any of its underlyings has, by its basis, by what is asked at least, or nothing. */
export const commonMoves = (group: readonly Losses[]): readonly Together[] => {
  const steps = [...new Set(group.flatMap(({ rows }) => rows.map(({ index = 0 }) => index)))].sort((a, b) => a - b)
  const near = group.map(sharesNear)
  return [
    ...steps.map((step) => ofAll(group, (_, i) => worstShare(near[i]?.(step) ?? []), step)),
    ofAll(group, ({ basis }) => ({ line: basis, of: one })),
    ofAll(group, ({ minimum }) => ({ line: minimum, of: one })),
    ofAll(group, () => nothing),
  ]
}

/**
 * What the underlyings of a group lose at the worst common move: `max(0, sum basis, sum minimum, max over g of sum_u max{loss⁺ -
 * gains*loss⁻ : |index(r) - g| <= width})`; the first of equals.
 */
export const togetherOf = (group: readonly Losses[]): Together =>
  commonMoves(group).reduce(
    (worst, of) => (greaterThan(of.loss, worst.loss) ? of : worst),
    ofAll(group, () => nothing),
  )

/** Sums what each stands for alone. */
export const aloneOf = (group: readonly Losses[]): Decimal => sum(group.map(({ alone }) => alone.loss))
