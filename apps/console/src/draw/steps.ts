/** A point of a curve, in pixels. */
export interface Point {
  readonly x: number
  readonly y: number
}

const place = ({ x, y }: Point): string => `${x.toFixed(1)},${y.toFixed(1)}`

/** A line of steps: a figure holds until the next is told, and the last one up to `end`. */
export const stepLine = (points: readonly Point[], end: number): string => {
  const [first, ...rest] = points
  if (first === undefined) return ''
  const steps = rest.map(({ x, y }) => `H${x.toFixed(1)}V${y.toFixed(1)}`)
  return `M${place(first)}${steps.join('')}H${end.toFixed(1)}`
}

/** What lies between such a line and a height. */
export const stepArea = (points: readonly Point[], end: number, base: number): string => {
  const line = stepLine(points, end)
  const [first] = points
  return first === undefined ? '' : `${line}V${base.toFixed(1)}H${first.x.toFixed(1)}Z`
}

/** A span of a row of moments in which something held. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** The spans in which `holds` does, each up to the next moment at which it does not; the last up to `end`. */
export const spansOf = <A>(
  rows: readonly A[],
  at: (row: A) => number,
  holds: (row: A) => boolean,
  end: number,
): readonly Span[] => {
  const spans: Span[] = []
  let from: number | undefined
  for (const row of rows) {
    if (holds(row)) from ??= at(row)
    else if (from !== undefined) {
      spans.push({ from, to: at(row) })
      from = undefined
    }
  }
  return from === undefined ? spans : [...spans, { from, to: end }]
}
