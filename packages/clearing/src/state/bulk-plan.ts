import { decimal, zero } from '@novation/decimal'
import type { EventData, LedgerEventOf } from '@novation/events'
import { draftOn } from '../decision'
import { closesOf } from '../liquidation/closes'
import type { Book } from './book'
import { holdersOf } from './holders'
import { entriesOf, lossPlan } from './loss-plan'
import type { BulkEntry } from './values'

const planOf = (book: Book, { what, instrument, liquidation }: EventData<'BulkStarted'>): readonly BulkEntry[] => {
  switch (what) {
    case 'settlement':
      return holdersOf(book, instrument ?? '').map(({ id }) => ({ account: id, amount: zero }))
    case 'deleveraging':
      return closesOf(draftOn(book), book.liquidations.get(liquidation ?? '') ?? '')
    case 'loss':
      return entriesOf(lossPlan(book))
  }
}

/** The whole plan is fixed by the state at the start; the fold computes it, so a restart finds the same. */
export const startBulk = (book: Book, { data, metadata }: LedgerEventOf<'BulkStarted'>): void => {
  const remaining = planOf(book, data)
  const { totals } = data
  book.set(book, 'bulk', {
    id: data.bulk,
    what: data.what,
    ...(data.liquidation === undefined ? {} : { liquidation: data.liquidation }),
    ...(data.instrument === undefined ? {} : { instrument: data.instrument }),
    ...(data.price === undefined ? {} : { price: decimal(data.price) }),
    ...(totals === undefined
      ? {}
      : {
          totals: {
            loss: decimal(totals.loss),
            profits: decimal(totals.profits),
            uncovered: decimal(totals.uncovered),
          },
        }),
    entries: remaining.length,
    remaining,
    command: {
      id: metadata.commandId,
      actor: metadata.actor,
      correlationId: metadata.correlationId,
      causationId: metadata.causationId,
    },
  })
}
