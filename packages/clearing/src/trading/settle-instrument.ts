import { decimal, equals, format, isPositive, one } from '@novation/decimal'
import { formatTime, roleOf } from '@novation/events'
import { accepted, type Decide, type Decision, type Draft, reject } from '../decision'
import { endIfOver } from '../liquidation/end'
import { markOf } from '../state/health'
import { holdersOf } from '../state/holders'
import type { Account, Instrument, Pool } from '../state/pool'
import { isSigned } from '../state/reference'
import { isWithinBand } from '../within-band'
import { settlePositions, sweepFunding } from './settle-positions'

/** The accounts under liquidation are judged again once a position of theirs is settled (protocol 18). */
export const endRestored = (draft: Draft, accounts: readonly Account[]): void => {
  for (const account of accounts) endIfOver(draft, account)
}

const settleAll = (draft: Draft, instrument: Instrument, price: string, holders: readonly Account[]): void => {
  const { pool } = draft
  const { positions, moves } = settlePositions(draft, holders, instrument, decimal(price), pool.clearing)
  const settled = { instrument: instrument.id, price, positions }
  // What is left in the funding account once all of it has been paid is known only then.
  const left = draft.rehearse((closed) => {
    closed.record('InstrumentSettled', settled, moves)
    return sweepFunding(pool, instrument)
  })
  draft.record('InstrumentSettled', settled, [...moves, ...left])
  endRestored(draft, holders)
}

/** Whether it still runs: nobody has said yet that it ended, and its price is not worn out. One that never had a price never ran. */
const isRunning = ({ expired, stand }: Instrument): boolean => !expired && !equals(stand.wear.share, one)

const whyRunning = ({ id, expiry }: Instrument): string =>
  expiry === undefined
    ? `${id} runs on, and its price is told: give notice of its end by DelistInstrument, and it is settled at its last price then`
    : `${id} ends at ${formatTime(expiry)}, and is settled once that is said, at its last price if that is fresh`

/** Where it has no fixing, near the last mark, if there is one; where it has, at that and nothing else. */
const badPrice = (pool: Pool, instrument: Instrument, price: string): Decision | undefined => {
  const { id, fixed } = instrument
  const { settlementBand } = pool.parameters
  if (fixed && !equals(decimal(price), markOf(instrument)))
    return reject('beyond-band', `${id} is settled at its fixing, ${format(markOf(instrument))}, not at ${price}`)
  return isWithinBand(instrument, decimal(price), settlementBand)
    ? undefined
    : reject('beyond-band', `${price} is further than ${settlementBand} of it from the last mark of ${id}`)
}

/**
 * Every position in the instrument closes at the settlement price, once and for all: at its fixing, which the clock brings
 * about; where it has none, after its end or once its price is worn out, near the last mark, as far as there is one. What
 * runs is not settled, dated or not: who holds it has notice (DelistInstrument). Where more accounts hold it than one append
 * can carry, it goes on as a bulk (protocol 12).
 */
export const settleInstrument: Decide<'SettleInstrument'> = (draft, { instrument: id, price }, actor) => {
  const { pool } = draft
  const instrument = pool.instruments.get(id)
  if (instrument === undefined) return reject('unknown-instrument', `no instrument ${id} in this pool`)
  if (!isSigned(instrument) && !isPositive(decimal(price)))
    return reject('not-positive', `a settlement price must be above zero, not ${price}`)
  if (isRunning(instrument)) return reject('not-expired', whyRunning(instrument))
  if (roleOf(actor) === 'clock' && !instrument.fixed)
    return reject('not-expired', `${id} has no fixing, at which alone the clock settles: an operator names the price`)
  if (instrument.settled) return reject('already-settled', `${id} was settled before`)
  const bad = badPrice(pool, instrument, price)
  if (bad !== undefined) return bad
  const holders = holdersOf(pool, id)
  if (holders.length <= pool.parts.accounts) settleAll(draft, instrument, price, holders)
  else
    draft.record('BulkStarted', {
      bulk: `settle:${pool.revision + 1}`,
      what: 'settlement',
      accounts: holders.length,
      instrument: id,
      price,
    })
  return accepted
}
