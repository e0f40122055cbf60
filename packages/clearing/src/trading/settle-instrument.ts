import { decimal, isPositive } from '@novation/decimal'
import { accept, acceptDraft, type Decide, type Draft, draft, event, record, reject } from '../decision'
import { endIfRestored } from '../liquidation/end'
import { holdersOf } from '../state/holders'
import { clearing } from '../state/names'
import type { Pool } from '../state/pool'
import { settlePositions, sweepFunding } from './settle-positions'

/** The accounts under liquidation are judged again once a position of theirs is settled (protocol 18). */
export const endRestored = (so: Draft, accounts: readonly string[]): Draft =>
  accounts.filter((id) => so.pool.accounts.get(id)?.liquidation !== undefined).reduce(endIfRestored, so)

const settleAll = (pool: Pool, id: string, price: string, holders: readonly string[]): Draft => {
  const instrument = pool.instruments.get(id)
  if (instrument === undefined) throw new RangeError(`no instrument ${id} to settle`)
  const { positions, postings } = settlePositions(pool, holders, instrument, decimal(price), clearing)
  const closed = record(draft(pool), event('InstrumentSettled', { instrument: id, price, positions }, postings))
  const left = sweepFunding(closed.pool, id)
  const swept =
    left.length === 0
      ? closed
      : record(draft(pool), event('InstrumentSettled', { instrument: id, price, positions }, [...postings, ...left]))
  return endRestored(swept, holders)
}

/**
 * Every position in the instrument closes at the settlement price, once and for all: at expiry, or at any time in a
 * wind-down. Where more accounts hold it than one append can carry, it goes on as a bulk (protocol 12).
 */
export const settleInstrument: Decide<'SettleInstrument'> = (pool, { instrument: id, price }) => {
  const instrument = pool.instruments.get(id)
  if (instrument === undefined) return reject('unknown-instrument', `no instrument ${id} in this pool`)
  if (!isPositive(decimal(price))) return reject('not-positive', `a settlement price must be above zero, not ${price}`)
  if (instrument.settled) return reject('already-settled', `${id} was settled before`)
  const holders = holdersOf(pool, id)
  return holders.length <= pool.parts.accounts
    ? acceptDraft(settleAll(pool, id, price, holders))
    : accept(
        event('BulkStarted', {
          bulk: `settle:${pool.revision + 1}`,
          what: 'settlement',
          accounts: holders.length,
          instrument: id,
          price,
        }),
      )
}
