/** One figure of a benchmark, what it is measured against in the same run, and what it is to reach. */
export interface Row {
  /** The same in every version, so that two can be laid side by side. */
  readonly id: string
  readonly what: string
  readonly figure: number
  readonly unit: string
  /** What stands beside it, and its figure in the same unit. */
  readonly baseline?: { readonly what: string; readonly figure: number }
  readonly goal?: Goal
  /** A rate: the more, the better. */
  readonly isRate?: boolean
}

/** Of the ratio of baseline to figure, or of the figure itself. */
export interface Goal {
  readonly of: 'ratio' | 'figure'
  readonly is: 'at least' | 'at most'
  readonly value: number
}

/** How quick one is against another: 1 is as quick, 0.1 ten times slower. */
export const quickness = ({ figure, isRate = false }: Pick<Row, 'figure' | 'isRate'>, other: number): number =>
  isRate ? figure / other : other / figure

/** The same against its own baseline. */
export const ratioOf = (row: Row): number | undefined =>
  row.baseline === undefined ? undefined : quickness(row, row.baseline.figure)

export const isReached = (row: Row): boolean | undefined => {
  const { goal } = row
  if (goal === undefined) return undefined
  const value = goal.of === 'figure' ? row.figure : (ratioOf(row) ?? Number.NaN)
  return goal.is === 'at least' ? value >= goal.value : value <= goal.value
}

/** Three figures say all that a second run would say again. */
export const shown = (figure: number): string =>
  Math.abs(figure) >= 100 ? Math.round(figure).toLocaleString('en') : String(Number(figure.toPrecision(3)))

/** For whoever waits: never among the results. */
export const say = (text: string): void => void process.stderr.write(`bench: ${text}\n`)
