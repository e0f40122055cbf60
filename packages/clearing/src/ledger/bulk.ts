import { format, isNegative, isZero, negate } from '@novation/decimal'
import type { Proposal } from '@novation/events'
import { type Draft, draft, event, record } from '../decision'
import { accountOf, closeAgainst } from '../liquidation/closes'
import { drawn } from '../liquidation/draw'
import { ended } from '../liquidation/end'
import { partSize } from '../state/bulk-size'
import { bulkOf, trader } from '../state/names'
import type { Bulk, BulkEntry, Pool } from '../state/pool'
import { BrokenInvariant, post } from '../state/postings'
import { endRestored } from '../trading/settle-instrument'
import { settlePositions, sweepFunding } from '../trading/settle-positions'

const settleChunk = (pool: Pool, bulk: Bulk, chunk: readonly BulkEntry[]): readonly Proposal[] => {
  const instrument = pool.instruments.get(bulk.instrument ?? '')
  if (instrument === undefined || bulk.price === undefined) throw new RangeError(`bulk ${bulk.id} settles nothing`)
  const accounts = chunk.map(({ account }) => account)
  const { positions, postings } = settlePositions(pool, accounts, instrument, bulk.price, bulkOf(bulk.id))
  const settled = { instrument: instrument.id, price: format(bulk.price), positions, bulk: bulk.id }
  return endRestored(record(draft(pool), event('InstrumentSettled', settled, postings)), accounts).events
}

const lossChunk = (pool: Pool, bulk: Bulk, chunk: readonly BulkEntry[]): readonly Proposal[] => {
  const asset = pool.settlementAsset ?? ''
  const draws = chunk.flatMap(({ account: id, amount, from }) => {
    const account = pool.accounts.get(id)
    return account === undefined || from === undefined || from === 'haircut'
      ? []
      : drawn(pool, from, 'write-off', account, id, amount)
  })
  const cuts = chunk.filter(({ from }) => from === 'haircut')
  const { totals } = bulk
  if (cuts.length === 0 || totals === undefined) return draws
  const counter = bulkOf(bulk.id)
  const share = ({ account, amount }: BulkEntry) => ({
    account,
    amount: format(isNegative(amount) ? negate(amount) : amount),
  })
  return [
    ...draws,
    event(
      'LossSocialized',
      {
        loss: format(totals.loss),
        profits: format(totals.profits),
        taken: cuts.filter(({ amount }) => isNegative(amount)).map(share),
        given: cuts.filter(({ amount }) => !isNegative(amount)).map(share),
        uncovered: format(totals.uncovered),
        bulk: bulk.id,
      },
      cuts.flatMap(({ account, amount }) => [
        ...post(trader(account), asset, amount),
        ...post(counter, asset, negate(amount)),
      ]),
    ),
  ]
}

/** The account that is closed out against others. */
const defaulterOf = (pool: Pool, { liquidation = '' }: Bulk): string => pool.liquidations.get(liquidation) ?? ''

const deleverageChunk = (pool: Pool, bulk: Bulk, chunk: readonly BulkEntry[]): readonly Proposal[] =>
  chunk.reduce(
    (so, { close, ...entry }) =>
      close === undefined ? so : closeAgainst(so, defaulterOf(pool, bulk), { ...entry, close }),
    draft(pool),
  ).events

const assertEmpty = (pool: Pool, bulk: Bulk): void => {
  for (const [asset, left] of pool.books.get(bulkOf(bulk.id)) ?? [])
    if (!isZero(left)) throw new BrokenInvariant(`bulk ${bulk.id} ends with ${format(left)} ${asset} left in it`)
}

const end = (pool: Pool, bulk: Bulk): Draft => {
  assertEmpty(pool, bulk)
  const named = bulk.instrument === undefined ? {} : { instrument: bulk.instrument }
  const postings = bulk.instrument === undefined ? [] : sweepFunding(pool, bulk.instrument)
  const closed =
    bulk.what === 'deleveraging'
      ? record(draft(pool), ended(pool, accountOf(pool, defaulterOf(pool, bulk)), 'deleveraged'))
      : draft(pool)
  return record(
    closed,
    event('BulkEnded', { bulk: bulk.id, what: bulk.what, accounts: bulk.entries, ...named }, postings),
  )
}

/** The next part of the bulk under way: it follows from the state alone, so a ledger that crashed goes on as if it had not. */
export const continueBulk = (pool: Pool, bulk: Bulk): readonly Proposal[] => {
  const chunk = bulk.remaining.slice(0, partSize(pool.parts, bulk.what))
  if (chunk.length === 0) return end(pool, bulk).events
  switch (bulk.what) {
    case 'settlement':
      return settleChunk(pool, bulk, chunk)
    case 'loss':
      return lossChunk(pool, bulk, chunk)
    case 'deleveraging':
      return deleverageChunk(pool, bulk, chunk)
  }
}
