/** A square of a grid: its column, its row, and how many are in it. */
type Cell = readonly number[]

/** Squares that look the same, as one path. */
export interface Shade {
  readonly name: string
  readonly isUnder: boolean
  readonly opacity: number
  readonly path: string
}

/** So many shades tell few from many. */
const shades = 12
/** Of the lightest. */
const lightest = 0.35

interface Placing {
  readonly most: number
  readonly isUnder: (row: number) => boolean
  readonly x: (column: number) => number
  readonly y: (row: number) => number
  readonly wide: number
  readonly high: number
}

/** The squares of a grid, those of one shade as one path: thousands of them are drawn as quickly as a few. */
export const shadesOf = (cells: readonly Cell[], { most, isUnder, x, y, wide, high }: Placing): readonly Shade[] => {
  const size = `h${wide.toFixed(2)}v${high.toFixed(2)}h${(-wide).toFixed(2)}z`
  const paths = new Map<string, { readonly isUnder: boolean; readonly shade: number; readonly squares: string[] }>()
  for (const [column = 0, row = 0, many = 0] of cells) {
    const shade = Math.ceil((shades * many) / most)
    const name = `${isUnder(row) ? 'under' : 'over'} ${shade}`
    const known = paths.get(name) ?? { isUnder: isUnder(row), shade, squares: [] }
    known.squares.push(`M${x(column).toFixed(2)},${y(row).toFixed(2)}${size}`)
    paths.set(name, known)
  }
  return [...paths].map(([name, { isUnder: under, shade, squares }]) => ({
    name,
    isUnder: under,
    opacity: lightest + ((1 - lightest) * shade) / shades,
    path: squares.join(''),
  }))
}
