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

const among = (ids: Iterable<string>, of: readonly string[]): number => [...ids].filter((id) => of.includes(id)).length

/** What portfolio margin asked beside the sum of single positions, and what became of those who had sold options naked. */
export const describeBooks = (books: BooksTally | undefined, tally: Tally, traders: number): string => {
  const writers = writersOf(traders)
  const { called, liquidated, deleveraged } = tally
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
    `Of ${counted(writers.length, 'writer')} who sold options naked ${among(called, writers)} were called and ${among(liquidated, writers)} liquidated; of the ${optionMakers.length} who make their market ${among(called, optionMakers)} were called, ${among(liquidated, optionMakers)} liquidated, and ${among(deleveraged.keys(), optionMakers)} closed out against.`,
    '',
  ].join('\n')
}

/** The same for a program. */
export const booksSummary = (
  books: BooksTally | undefined,
  { called, liquidated, deleveraged }: Tally,
  traders: number,
) => ({
  at: books === undefined ? undefined : formatTime(books.at),
  books: books?.books.map(({ together, alone, ...of }) => ({
    ...of,
    together: format(together),
    alone: format(alone),
  })),
  writers: {
    accounts: writersOf(traders).length,
    called: among(called, writersOf(traders)),
    liquidated: among(liquidated, writersOf(traders)),
  },
  makers: {
    accounts: optionMakers.length,
    called: among(called, optionMakers),
    liquidated: among(liquidated, optionMakers),
    deleveraged: among(deleveraged.keys(), optionMakers),
  },
})
