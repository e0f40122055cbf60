import { type Either, left, right } from 'fp-ts/Either'

/** A column by its place, and by its name as the header writes it. */
export interface Column {
  readonly index: number
  readonly name: string
}

/** Which columns of a file are read; of a date and a time of day in two columns, both. */
export interface Columns {
  readonly width: number
  readonly time: readonly Column[]
  readonly close: Column
  /** Where a row is a whole bar. */
  readonly bar?: { readonly open: Column; readonly high: Column; readonly low: Column }
  readonly symbol?: Column
}

const names = {
  time: ['unix', 'unixtimestamp', 'timestamp', 'opentime', 'datetime', 'time', 'date'],
  close: ['close', 'price'],
  symbol: ['symbol', 'ticker', 'pair'],
  /** What only a list of single trades has. */
  trade: ['side', 'tradeid', 'isbuyermaker', 'takerside'],
} as const

/** Capitals, blanks, dots and the brackets of some platforms do not count: `Open Time`, `open_time`, `<OPEN_TIME>`. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

export const expectedHeader =
  'a header with a column of times (time, timestamp, open_time, date or unix) and one of prices (close or price), or open, high, low and close'

/** Whether a line names columns at all: a title, or a row of figures, names none that is known. */
export const isHeader = (cells: readonly string[]): boolean => {
  const known: readonly string[] = [...names.time, ...names.close, 'open', 'high', 'low', ...names.trade]
  return cells.filter((cell) => known.includes(plain(cell))).length >= 2
}

/** The columns that a header names, in whatever order; or what is wrong with it. */
export const columnsOf = (header: readonly string[]): Either<string, Columns> => {
  const columns = header.map((name, index): Column => ({ index, name }))
  const called = (name: string): readonly Column[] => columns.filter((column) => plain(column.name) === name)
  const first = (wanted: readonly string[]): Column | undefined => wanted.flatMap(called)[0]

  const trade = first(names.trade)
  if (trade !== undefined)
    return left(`column ${trade.name}: this is a file of trades; expected one row a time, such as bars of a minute`)
  const known = [...names.time, ...names.close, 'open', 'high', 'low', ...names.symbol]
  const twice = known.map(called).find(({ length }) => length > 1)
  if (twice !== undefined)
    return left(`column ${twice[0]?.name}: the header names it ${twice.length} times; expected once`)

  const [time, close] = [first(names.time), first(names.close)]
  if (time === undefined || close === undefined)
    return left(
      `it names ${header
        .slice(0, 12)
        .map((name) => JSON.stringify(name))
        .join(', ')}; expected ${expectedHeader}`,
    )
  const [date, clock] = [called('date')[0], called('time')[0]]
  const [open, high, low] = ['open', 'high', 'low'].map((name) => called(name)[0])
  const symbol = first(names.symbol)
  return right({
    width: header.length,
    time: plain(time.name) === 'time' && date !== undefined && clock !== undefined ? [date, clock] : [time],
    close,
    ...(open === undefined || high === undefined || low === undefined ? {} : { bar: { open, high, low } }),
    ...(symbol === undefined ? {} : { symbol }),
  })
}
