import { type Account, type Book, healthOf } from '@novation/clearing'
import { add, type Decimal, format, greaterThan, zero } from '@novation/decimal'
import { formatTime, type Millis } from '@novation/events'
import { counted, readable } from '../report/amounts'
import { table } from '../report/table'
import { asset } from './house'
import { optionMakers, writersOf } from './options'
import type { Tally } from './tally'

/** What a book of options was asked for at one moment: under one requirement, and its positions one by one. */
interface Asked {
  readonly account: string
  readonly positions: number
  readonly together: Decimal
  readonly alone: Decimal
}

/** When the books were largest, and what they were asked for then. */
export interface BooksTally {
  readonly at: Millis
  readonly books: readonly Asked[]
}

const askedOf = (pool: Book, account: Account): Asked => ({
  account: account.id,
  positions: account.positions.size,
  together: healthOf(pool, account).initial,
  alone: pool.rehearse(() => {
    pool.set<Account, 'margin'>(account, 'margin', 'cross')
    return healthOf(pool, account).initial
  }),
})

const every_ms = 3_600_000

/** Looks at the books about each hour, and keeps the reading in which they were asked for the most one by one. */
export const booksTeller = () => {
  let last = Number.NEGATIVE_INFINITY
  let most: Decimal = zero
  let kept: BooksTally | undefined
  return {
    look: (pool: Book): void => {
      if (pool.at < last + every_ms) return
      last = pool.at
      const books = optionMakers.flatMap((id) => {
        const account = pool.accounts.get(id)
        return account === undefined || account.positions.size === 0 ? [] : [askedOf(pool, account)]
      })
      const sum = books.reduce((total, { alone }) => add(total, alone), zero)
      if (!greaterThan(sum, most)) return
      most = sum
      kept = { at: pool.at, books }
    },
    tally: (): BooksTally | undefined => kept,
  }
}

/** What the report says of the books, and of whom it says what became of them. */
export interface MadeBooks {
  readonly books: BooksTally | undefined
  readonly tally: Tally
  readonly traders: number
}

/** How many of some accounts were called, liquidated, and closed out against. */
const fateOf = (ids: readonly string[], { called, liquidated, deleveraged }: Tally) => ({
  accounts: ids.length,
  called: ids.filter((id) => called.has(id)).length,
  liquidated: ids.filter((id) => liquidated.has(id)).length,
  deleveraged: ids.filter((id) => deleveraged.has(id)).length,
})

const fatesOf = ({ tally, traders }: MadeBooks) => ({
  writers: fateOf(writersOf(traders), tally),
  makers: fateOf(optionMakers, tally),
})

/** What portfolio margin asked beside the sum of single positions, and what became of those who had sold options naked. */
export const describeBooks = (made: MadeBooks): string => {
  const { books } = made
  const { writers, makers } = fatesOf(made)
  return [
    ...(books === undefined
      ? []
      : [
          `Books of options, initial margin in ${asset} at ${formatTime(books.at)}, when it was the most:`,
          table(
            ['account', 'positions#', 'as a portfolio#', 'one by one#'],
            books.books.map(({ account, positions, together, alone }) => [
              account,
              String(positions),
              readable(format(together), 2),
              readable(format(alone), 2),
            ]),
          ),
        ]),
    `Of ${counted(writers.accounts, 'writer')} who sold options naked ${writers.called} were called and ${writers.liquidated} liquidated; of the ${makers.accounts} who make their market ${makers.called} were called, ${makers.liquidated} liquidated, and ${makers.deleveraged} closed out against.`,
    '',
  ].join('\n')
}

/** The same for a program. */
export const booksSummary = (made: MadeBooks) => ({
  at: made.books === undefined ? undefined : formatTime(made.books.at),
  books: made.books?.books.map(({ together, alone, ...of }) => ({
    ...of,
    together: format(together),
    alone: format(alone),
  })),
  ...fatesOf(made),
})
