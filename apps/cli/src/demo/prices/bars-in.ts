import { type Either, left, right } from 'fp-ts/Either'
import { type Bar, barOf } from './bar'
import { type Columns, columnsOf, expectedHeader, isHeader } from './columns'
import type { Row } from './rows'

/** Bars from old to new, and whether the file has them the other way round. */
interface Bars {
  readonly bars: readonly Bar[]
  readonly reversed: boolean
}

const at = ({ line }: Row, why: string): Either<string, never> => left(`line ${line}: ${why}`)

/** Why a bar cannot follow the one above it, given which way the file goes. */
const misplaced = (bar: Bar, above: Bar, forward: boolean): string | undefined => {
  const time = new Date(bar.at).toISOString()
  if (bar.symbol !== above.symbol) return `the symbol is ${bar.symbol}; expected ${above.symbol}, as in the row above`
  if (bar.at === above.at) return `the time ${time} is that of the row above as well; expected one row a time`
  if (bar.at > above.at !== forward)
    return `the time ${time} is ${forward ? 'before' : 'after'} that of the row above; expected all rows in the order of the first two`
  return undefined
}

/** The header, which a title may stand above. */
const headerOf = async (rows: AsyncIterator<Row>): Promise<Either<string, Columns>> => {
  const first = await rows.next()
  if (first.done === true) return left(`it is empty; expected ${expectedHeader}`)
  const second = isHeader(first.value.cells) ? first : await rows.next()
  const header = second.done !== true && isHeader(second.value.cells) ? second.value : first.value
  if (!isHeader(header.cells))
    return at(header, `${JSON.stringify(header.cells.join(',').slice(0, 60))}; expected ${expectedHeader}`)
  const columns = columnsOf(header.cells)
  return columns._tag === 'Left' ? at(header, columns.left) : columns
}

/** The bars of a table of prices, or the first thing that is wrong with it. */
export const barsIn = async (table: AsyncIterable<Row>): Promise<Either<string, Bars>> => {
  const rows = table[Symbol.asyncIterator]()
  const columns = await headerOf(rows)
  if (columns._tag === 'Left') return columns
  const bars: Bar[] = []
  let forward: boolean | undefined
  for (let next = await rows.next(); next.done !== true; next = await rows.next()) {
    const bar = barOf(columns.right, next.value.cells)
    if (bar._tag === 'Left') return at(next.value, bar.left)
    const above = bars.at(-1)
    if (above !== undefined) {
      forward ??= bar.right.at >= above.at
      const wrong = misplaced(bar.right, above, forward)
      if (wrong !== undefined) return at(next.value, wrong)
    }
    bars.push(bar.right)
  }
  return right({ bars: forward === false ? bars.reverse() : bars, reversed: forward === false })
}
