import { decimal, zero } from '@novation/decimal'
import type { EventData, LedgerEventOf } from '@novation/events'
import { draftOn } from '../decision'
import { closesOf } from '../liquidation/closes'
import { variationsOf } from '../options/variation'
import type { Book } from './book'
import { holdersOfAny, membersOf } from './expiries'
import { holdersOf } from './holders'
import { entriesOf, lossPlan } from './loss-plan'
import type { Instrument } from './pool'
import type { BulkEntry } from './values'

/** Everybody who holds any of these, and how many of them. */
const entriesIn = (members: readonly Instrument[]): readonly BulkEntry[] =>
  holdersOfAny(members).map(({ id, positions }) => ({
    account: id,
    amount: zero,
    positions: members.filter((member) => positions.has(member.id)).length,
  }))

/** Everybody of whose positions in these anything has come, and of how many. */
const variationEntries = (book: Book, instruments: readonly string[]): readonly BulkEntry[] => {
  const named = new Set(instruments)
  const members = instruments.flatMap((id) => book.instruments.get(id) ?? [])
  return holdersOfAny(members).flatMap((account) => {
    const positions = variationsOf(book, account, named).length
    return positions === 0 ? [] : [{ account: account.id, amount: zero, positions }]
  })
}

const planOf = (
  book: Book,
  { what, instrument, liquidation, underlying = '', expiry = '', instruments = [] }: EventData<'BulkStarted'>,
): readonly BulkEntry[] => {
  switch (what) {
    case 'settlement':
      return holdersOf(book, instrument ?? '').map(({ id }) => ({ account: id, amount: zero }))
    case 'deleveraging':
      return closesOf(draftOn(book), book.liquidations.get(liquidation ?? '') ?? '')
    case 'expiry':
      return entriesIn(membersOf(book, { underlying, expiry }))
    case 'variation':
      return variationEntries(book, instruments)
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
    ...(data.underlying === undefined ? {} : { underlying: data.underlying }),
    ...(data.expiry === undefined ? {} : { expiry: data.expiry }),
    ...(data.instruments === undefined ? {} : { instruments: data.instruments }),
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
