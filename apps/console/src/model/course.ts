import type { Answer } from '@novation/client'
import { lastUpTo } from '../draw/nearest'

/** How the pool stood at the end of a second of ledger time. */
export type Row = Answer<'series'>['rows'][number]

/** What is said of one moment. */
interface Moment {
  readonly revision: number
  readonly at: string
}

export const timeOf = ({ at }: Pick<Moment, 'at'>): number => Date.parse(at)

/**
 * The rows that say something of how things went: a last one that came long after all others (a ledger that was opened again
 * years later) would squeeze them into a line, and is left to the moment itself.
 */
export const tellingRows = (rows: readonly Row[]): readonly Row[] => {
  const [first, before, last] = [rows[0], rows.at(-2), rows.at(-1)]
  if (first === undefined || before === undefined || last === undefined) return rows
  const isStray = timeOf(last) - timeOf(before) > 10 * Math.max(60_000, timeOf(before) - timeOf(first))
  // Of two rows the other would be left, which is no course.
  return isStray && rows.length > 2 ? rows.slice(0, -1) : rows
}

/** How the price of one instrument went, in the rows that say something. */
export const pricesIn = (
  rows: readonly Row[],
  name: string,
): readonly { readonly revision: number; readonly at: string; readonly price: string }[] =>
  tellingRows(rows).flatMap(({ revision, at, prices }) => {
    const price = prices[name]
    return price === undefined ? [] : [{ revision, at, price }]
  })

/** So many rows are kept; of more, every second of the older half is left out. */
const most = 3_000

/** A course that grows, kept as long as can be drawn. */
export const bounded = (rows: readonly Row[]): readonly Row[] =>
  rows.length <= most ? rows : bounded(rows.filter((_, i) => i >= rows.length / 2 || i % 2 === 0))

/** Which instrument the strip follows: the one with the most prices, the first by name of those. */
export const leadingInstrument = (rows: readonly Row[]): string | undefined => {
  const counts = new Map<string, number>()
  for (const { prices } of rows) for (const name of Object.keys(prices)) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0]
}

/** So many rows on either side of a revision. */
export const rowsAround = <R extends Moment>(rows: readonly R[], revision: number, around: number): readonly R[] => {
  const here = Math.max(
    0,
    rows.findLastIndex((row) => row.revision <= revision),
  )
  return rows.slice(Math.max(0, here - around), here + around + 1)
}

/** What is drawn of a course around a moment, and the row that the moment is of. */
export interface Part<R> {
  readonly rows: readonly R[]
  readonly first: R
  readonly last: R
  readonly here: R
}

/** So many rows on either side of a revision; nothing where they make no line. */
export const partAround = <R extends Moment>(
  all: readonly R[],
  revision: number,
  around: number,
): Part<R> | undefined => {
  const rows = rowsAround(all, revision, around)
  const [first, last] = [rows[0], rows.at(-1)]
  if (first === undefined || last === undefined || rows.length < 2) return undefined
  return { rows, first, last, here: lastUpTo(rows, (row) => row.revision, revision) ?? first }
}
