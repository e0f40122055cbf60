import type { Decimal } from '@novation/decimal'
import { type Command, type LedgerEvent, parseTime } from '@novation/events'
import { process } from '../ledger/process'
import { rehearse } from '../ledger/rehearse'
import type { Book } from '../state/book'
import { equityIn } from './append'

export type BidData = Extract<Command, { type: 'BidLiquidation' }>['data']

/** What came of some bids. */
export interface AfterBids {
  readonly events: readonly LedgerEvent[]
  /** What an account is worth then, at market. */
  readonly worth: (account: string) => Decimal
}

/** What comes of bids made one after the other, of which nothing stays; nothing where one of them is turned down. */
export const afterBids = <T>(
  book: Book,
  at: string,
  bids: readonly BidData[],
  look: (outcome: AfterBids) => T,
): T | undefined =>
  rehearse(book, () => {
    const events: LedgerEvent[] = []
    for (const [i, data] of bids.entries()) {
      const bid = { id: `bid-${i}`, pool: book.name, type: 'BidLiquidation', actor: 'operator', data } as Command
      const made = process(book, bid, Math.max(book.at, parseTime(at)))
      if (made.tag !== 'decided' || made.rejection !== undefined) return undefined
      events.push(...made.events)
    }
    return look({ events, worth: (id) => equityIn(book, id) })
  })
