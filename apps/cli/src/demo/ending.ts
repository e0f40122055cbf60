import type { Statement } from '@novation/clearing'
import { demoSummary, describeDemo } from './report'
import { booksSummary, describeBooks, type MadeBooks } from './report-options'
import { describePrices, type MadePrices, pricesSummary } from './report-prices'
import type { Tally } from './tally'

/** What a demo has come to. `head` is the hash of the last event; of prices that were told, and where no options are dealt in, nothing is said. */
export interface Ending {
  readonly tally: Tally
  readonly statement: Statement
  readonly head: string
  readonly prices: MadePrices | undefined
  readonly books: MadeBooks | undefined
}

/** A demo's end in words and small tables, a part after the other. */
export const describeEnding = ({ tally, statement, head, prices, books }: Ending): string =>
  [
    describeDemo(tally, statement, head),
    ...(prices === undefined ? [] : [describePrices(prices)]),
    ...(books === undefined ? [] : [describeBooks(books)]),
    '',
  ].join('\n')

/** The same for a program. */
export const endingSummary = ({ tally, statement, head, prices, books }: Ending) => ({
  ...demoSummary(tally, statement, head),
  ...(prices === undefined ? {} : { prices: pricesSummary(prices) }),
  ...(books === undefined ? {} : { portfolio: booksSummary(books) }),
})
