import { type Decimal, decimal, equals, format, isPositive, one } from '@novation/decimal'
import { formatTime, roleOf } from '@novation/events'
import { accepted, type Decide, type Decision, type Draft, reject } from '../decision'
import { endIfOver } from '../liquidation/end'
import { wholeExpiryOf } from '../state/expiries'
import { markOf } from '../state/health'
import { holdersOf } from '../state/holders'
import type { Account, Instrument, Pool } from '../state/pool'
import { BrokenInvariant } from '../state/postings'
import { settlementMean, windowOf } from '../state/price-window'
import { isSigned } from '../state/reference'
import { isWithinBand } from '../within-band'
import { recordExpiry } from './fixing'
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

/**
 * Whether it still runs: nobody has said yet that it ended, and its price is not worn out. One that never had a price never ran. What
 * is settled at its index over time runs until its day, whatever its price.
 */
const isRunning = ({ at }: Pool, instrument: Instrument): boolean => {
  if (instrument.expired) return false
  const { expiry, stand } = instrument
  return windowOf(instrument) === undefined ? !equals(stand.wear.share, one) : expiry !== undefined && at < expiry
}

const whyRunning = ({ id, expiry }: Instrument): string =>
  expiry === undefined
    ? `${id} runs on: give notice of its end by DelistInstrument, and it is settled then`
    : `${id} ends at ${formatTime(expiry)}, and is settled once that is said, at its last price if that is fresh, or at its index over time`

/** Where it has no fixing, near the last mark, if there is one; where it has, at that and nothing else. */
const badPrice = (pool: Pool, instrument: Instrument, price: Decimal, fixing: Decimal | undefined) => {
  const { id } = instrument
  const { settlementBand } = pool.parameters
  if (fixing !== undefined)
    return equals(price, fixing)
      ? undefined
      : reject('beyond-band', `${id} is settled at its fixing, ${format(fixing)}, not at ${format(price)}`)
  return isWithinBand(instrument, price, settlementBand)
    ? undefined
    : reject('beyond-band', `${format(price)} is further than ${settlementBand} of it from the last mark of ${id}`)
}

/** What it is settled at by itself: its fixing, also before anybody has said that; else nothing. */
const ownPrice = (pool: Pool, instrument: Instrument): Decimal | undefined => {
  if (instrument.fixed) return markOf(instrument)
  return instrument.settled ? undefined : settlementMean(pool, instrument)
}

/** Until its index has come to a price over time nobody names one; nor does anybody ask for one that it will never come to. */
const notCovered = (pool: Pool, instrument: Instrument, isNamed: boolean): Decision | undefined => {
  const { id, index, settled } = instrument
  const window = windowOf(instrument)
  if (settled || window === undefined || (isNamed && pool.at >= window.until)) return undefined
  return reject(
    'not-covered',
    pool.at < window.until
      ? `${id} is settled at ${index} over time, of which too little had a price; from ${formatTime(window.until)} on an operator names one`
      : `too little of the time over which ${id} is settled had a price: an operator names one`,
  )
}

/**
 * Every position in the instrument closes at the settlement price, once and for all: at its fixing, which the clock brings
 * about, or anybody who may and names no price; where it has none, after its end or once its price is worn out, near the last mark, as
 * far as there is one; of what is settled at an index over time, only once that has come to nothing in time. What runs is not settled, dated or not:
 * who holds it has notice (DelistInstrument). Where more accounts hold it than one append can carry, it goes on as a bulk
 * (protocol 12).
 */
export const settleInstrument: Decide<'SettleInstrument'> = (draft, { instrument: id, price: named }, actor) => {
  const { pool } = draft
  const instrument = pool.instruments.get(id)
  if (instrument === undefined) return reject('unknown-instrument', `no instrument ${id} in this pool`)
  if (wholeExpiryOf(pool, instrument) !== undefined)
    return reject('not-supported', `${id} is settled with all that is of its expiry (SettleExpiry)`)
  const { fixed, settled, settlement } = instrument
  if (named === undefined && settlement === undefined && !fixed)
    return reject('bad-parameter', `${id} has no fixing, and is not settled at an index over time: name a price`)
  if (named !== undefined && !isSigned(instrument) && !isPositive(decimal(named)))
    return reject('not-positive', `a settlement price must be above zero, not ${named}`)
  if (isRunning(pool, instrument) || (named === undefined && !fixed && instrument.expiry === undefined))
    return reject('not-expired', whyRunning(instrument))
  if (roleOf(actor) === 'clock' && !fixed)
    return reject('not-expired', `${id} has no fixing, at which alone the clock settles: an operator names the price`)
  const fixing = ownPrice(pool, instrument)
  const early = fixing === undefined ? notCovered(pool, instrument, named !== undefined) : undefined
  if (early !== undefined) return early
  if (settled) return reject('already-settled', `${id} was settled before`)
  const price = named === undefined ? fixing : decimal(named)
  if (price === undefined) throw new BrokenInvariant(`${id} has no fixing, and is to be settled at it`)
  const bad = badPrice(pool, instrument, price, fixing)
  if (bad !== undefined) return bad
  if (fixing !== undefined && !fixed) recordExpiry(draft, instrument, fixing)
  const holders = holdersOf(pool, id)
  const at = named ?? format(price)
  if (holders.length <= pool.parts.accounts) settleAll(draft, instrument, at, holders)
  else
    draft.record('BulkStarted', {
      bulk: `settle:${pool.revision + 1}`,
      what: 'settlement',
      accounts: holders.length,
      instrument: id,
      price: at,
    })
  return accepted
}
