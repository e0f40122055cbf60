import { type Book, deficitOf, healthOf, houseBalance, insurance, type Pool, skinInTheGame } from '@novation/clearing'
import { add, format, sum } from '@novation/decimal'
import { type Millis, parseTime } from '@novation/events'

/** How a pool stood at the end of one second of ledger time. */
export interface Row {
  readonly revision: number
  readonly at: Millis
  readonly frozen: boolean
  readonly marginCalls: number
  readonly liquidations: number
  readonly bankrupt: number
  /** What accounts below zero lack, and what the layers hold against that. */
  readonly deficits: string
  readonly prefunded: string
  readonly prices: Readonly<Record<string, string>>
}

/** How a pool has stood so far: a row for each second of ledger time after which something was not what it was before. */
export interface Course {
  /** The book stands at the end of a command, and goes on with what was decided at this time. */
  readonly leaves: (book: Book, at: string) => void
  /** All of it, up to where the book stands. */
  readonly rows: (book: Book) => readonly Row[]
  /** Those before the second in which the book stands: with them the course goes on after a restart. */
  readonly past: () => readonly Row[]
}

/** So many rows are kept; of more, every second of the older half is left out. */
const most = 20_000

const second = (at: Millis): number => Math.floor(at / 1000)

const deficitsOf = (pool: Pool) =>
  sum(
    [...pool.standing.bankrupt].flatMap((id) => {
      const account = pool.accounts.get(id)
      return account === undefined ? [] : [deficitOf(healthOf(pool, account))]
    }),
  )

const rowOf = (pool: Pool): Row => {
  const held = (layer: string) => houseBalance(pool, layer, pool.settlementAsset ?? '')
  const prices: Record<string, string> = {}
  for (const { id, price } of pool.instruments.values()) if (price !== undefined) prices[id] = format(price.value)
  return {
    revision: pool.revision,
    at: pool.at,
    frozen: pool.frozen,
    marginCalls: pool.calls.size,
    liquidations: pool.liquidations.size,
    bankrupt: pool.standing.bankrupt.size,
    deficits: format(deficitsOf(pool)),
    prefunded: format(add(held(insurance), held(skinInTheGame))),
    prices,
  }
}

const samePrices = (a: Row['prices'], b: Row['prices']): boolean => {
  const names = Object.keys(b)
  return names.length === Object.keys(a).length && names.every((name) => a[name] === b[name])
}

const isAsBefore = (before: Row | undefined, now: Row): boolean =>
  before !== undefined &&
  before.frozen === now.frozen &&
  before.marginCalls === now.marginCalls &&
  before.liquidations === now.liquidations &&
  before.bankrupt === now.bankrupt &&
  before.deficits === now.deficits &&
  before.prefunded === now.prefunded &&
  samePrices(before.prices, now.prices)

export const openCourse = (past: readonly Row[] = []): Course => {
  let rows = [...past]
  return {
    past: () => rows,
    leaves: (book, at) => {
      if (book.revision < 0 || second(parseTime(at)) === second(book.at)) return
      const row = rowOf(book)
      if (isAsBefore(rows.at(-1), row)) return
      rows.push(row)
      if (rows.length > most) rows = rows.filter((_, i) => i >= most / 2 || i % 2 === 1)
    },
    rows: (book) => {
      if (book.revision < 0) return []
      const now = rowOf(book)
      return isAsBefore(rows.at(-1), now) ? rows : [...rows, now]
    },
  }
}

/** At most so many rows, the last of each of as many equal spans of time. */
export const thinned = (rows: readonly Row[], points: number): readonly Row[] => {
  const [first, last] = [rows[0], rows.at(-1)]
  if (rows.length <= points || first === undefined || last === undefined) return rows
  const spanOf = ({ at }: Row): number => Math.floor(((at - first.at) / (last.at - first.at + 1)) * points)
  return rows.filter((row, i) => {
    const next = rows[i + 1]
    return next === undefined || spanOf(next) !== spanOf(row)
  })
}
