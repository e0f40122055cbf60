import { abs, format, isNegative } from '@novation/decimal'
import type { Draft } from '../decision'
import { accountOf, closeAgainst } from '../liquidation/closes'
import { recordEnd } from '../liquidation/end'
import { payEntry } from '../losses/pay'
import { leaveExpiry } from '../options/settle-positions'
import { settleVariations } from '../options/variation'
import { partOf } from '../state/bulk-size'
import { membersOf } from '../state/expiries'
import { bulkOf } from '../state/names'
import type { Account, Pool } from '../state/pool'
import { BrokenInvariant, transfer } from '../state/postings'
import type { Bulk, BulkEntry } from '../state/values'
import { endRestored } from '../trading/settle-instrument'
import { settlePositions, sweepFunding } from '../trading/settle-positions'

const named = (pool: Pool, chunk: readonly BulkEntry[]): readonly Account[] =>
  chunk.flatMap(({ account }) => pool.accounts.get(account) ?? [])

const settleChunk = (draft: Draft, bulk: Bulk, chunk: readonly BulkEntry[]): void => {
  const instrument = draft.pool.instruments.get(bulk.instrument ?? '')
  if (instrument === undefined || bulk.price === undefined) throw new RangeError(`bulk ${bulk.id} settles nothing`)
  const accounts = named(draft.pool, chunk)
  const counter = draft.house(bulkOf(bulk.id))
  const { positions, moves } = settlePositions(draft, accounts, instrument, bulk.price, counter)
  const settled = { instrument: instrument.id, price: format(bulk.price), positions, bulk: bulk.id }
  draft.record('InstrumentSettled', settled, moves)
  endRestored(draft, accounts)
}

const expiryChunk = (draft: Draft, bulk: Bulk, chunk: readonly BulkEntry[]): void => {
  const { underlying = '', expiry = '', price } = bulk
  if (price === undefined) throw new RangeError(`bulk ${bulk.id} settles nothing`)
  const accounts = named(draft.pool, chunk)
  const members = membersOf(draft.pool, { underlying, expiry })
  const { positions, moves } = leaveExpiry(draft, accounts, members, draft.house(bulkOf(bulk.id)))
  draft.record('ExpirySettled', { underlying, expiry, price: format(price), positions, bulk: bulk.id }, moves)
  endRestored(draft, accounts)
}

const variationChunk = (draft: Draft, bulk: Bulk, chunk: readonly BulkEntry[]): void => {
  const accounts = named(draft.pool, chunk)
  const { positions, moves } = settleVariations(draft.pool, accounts, new Set(bulk.instruments))
  draft.record('VariationSettled', { positions, bulk: bulk.id }, moves)
  endRestored(draft, accounts)
}

const shareOf = ({ account, amount, instrument }: BulkEntry) => ({
  account,
  amount: format(abs(amount)),
  ...(instrument === undefined ? {} : { instrument }),
})

const lossChunk = (draft: Draft, bulk: Bulk, chunk: readonly BulkEntry[]): void => {
  const { pool } = draft
  for (const entry of chunk) payEntry(draft, entry)
  const cuts = chunk.filter(({ from }) => from === 'haircut')
  const { totals } = bulk
  if (cuts.length === 0 || totals === undefined) return
  const asset = pool.settlementAsset ?? ''
  const counter = draft.house(bulkOf(bulk.id))
  draft.record(
    'LossSocialized',
    {
      loss: format(totals.loss),
      profits: format(totals.profits),
      taken: cuts.filter(({ amount }) => isNegative(amount)).map(shareOf),
      given: cuts.filter(({ amount }) => !isNegative(amount)).map(shareOf),
      uncovered: format(totals.uncovered),
      bulk: bulk.id,
    },
    cuts.flatMap(({ account, amount }) => transfer(counter, accountOf(pool, account), asset, amount).toReversed()),
  )
}

/** The account that is closed out against others. */
const defaulterOf = (pool: Pool, { liquidation = '' }: Bulk): string => pool.liquidations.get(liquidation) ?? ''

const deleverageChunk = (draft: Draft, bulk: Bulk, chunk: readonly BulkEntry[]): void => {
  const defaulter = accountOf(draft.pool, defaulterOf(draft.pool, bulk))
  for (const { close, ...entry } of chunk) if (close !== undefined) closeAgainst(draft, defaulter, { ...entry, close })
}

const assertEmpty = (pool: Pool, bulk: Bulk): void => {
  for (const [asset, left] of pool.books.get(bulkOf(bulk.id))?.balances ?? [])
    throw new BrokenInvariant(`bulk ${bulk.id} ends with ${format(left)} ${asset} left in it`)
}

const end = (draft: Draft, bulk: Bulk): void => {
  const { pool } = draft
  assertEmpty(pool, bulk)
  const instrument = pool.instruments.get(bulk.instrument ?? '')
  if (bulk.what === 'deleveraging') recordEnd(draft, accountOf(pool, defaulterOf(pool, bulk)), 'deleveraged')
  draft.record(
    'BulkEnded',
    {
      bulk: bulk.id,
      what: bulk.what,
      accounts: bulk.entries,
      ...(instrument === undefined ? {} : { instrument: instrument.id }),
      ...(bulk.underlying === undefined ? {} : { underlying: bulk.underlying }),
      ...(bulk.expiry === undefined ? {} : { expiry: bulk.expiry }),
    },
    instrument === undefined ? [] : sweepFunding(pool, instrument),
  )
}

const chunks: Readonly<Record<Bulk['what'], typeof settleChunk>> = {
  settlement: settleChunk,
  loss: lossChunk,
  deleveraging: deleverageChunk,
  expiry: expiryChunk,
  variation: variationChunk,
}

/** The next part of the bulk under way: it follows from the state alone, so a ledger that crashed goes on as if it had not. */
export const continueBulk = (draft: Draft, bulk: Bulk): void => {
  const chunk = bulk.remaining.slice(0, partOf(draft.pool.parts, bulk))
  if (chunk.length === 0) end(draft, bulk)
  else chunks[bulk.what](draft, bulk, chunk)
}
