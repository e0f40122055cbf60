import { abs, atMost, type Decimal, decimal, equals, format, isPositive, multiply, subtract } from '@novation/decimal'
import { formatTime, parseTime, roleOf } from '@novation/events'
import { accepted, type Decide, type Decision, reject } from '../decision'
import { type ExpiryOf, holdersOfAny, membersOf } from '../state/expiries'
import { windowOf } from '../state/fixing-window'
import { expiryName, expiryOf } from '../state/markets'
import type { Pool } from '../state/pool'
import type { ExpiryNow } from '../state/risk'
import { endRestored } from '../trading/settle-instrument'
import { leaveExpiry } from './settle-positions'

/** Whether somebody has to name the price: the underlying had too little of one for too long. */
const mayName = (pool: Pool, { at }: ExpiryNow, actor: string): boolean =>
  roleOf(actor) !== 'clock' && pool.at >= windowOf(pool, at).until

const notFixed = (pool: Pool, expiry: ExpiryNow, price: string | undefined, actor: string): Decision | undefined => {
  if (expiry.fixing !== undefined || (price !== undefined && mayName(pool, expiry, actor))) return undefined
  const { until } = windowOf(pool, expiry.at)
  return reject(
    'not-fixed',
    `its price is not known yet: the underlying had one for too little of the time before; from ${formatTime(until)} on an operator may name it`,
  )
}

/** A price that is named lies near the last one of the underlying; where it is known, it is that and no other. */
const badPrice = (
  pool: Pool,
  { underlying }: ExpiryOf,
  fixing: Decimal | undefined,
  price: string,
): Decision | undefined => {
  if (fixing !== undefined)
    return equals(fixing, decimal(price))
      ? undefined
      : reject('beyond-band', `it is settled at ${format(fixing)}, not at ${price}`)
  const last = pool.assets.get(underlying)?.price?.value
  const { settlementBand } = pool.parameters
  return last === undefined || atMost(abs(subtract(decimal(price), last)), multiply(decimal(settlementBand), last))
    ? undefined
    : reject('beyond-band', `${price} is further than ${settlementBand} of it from the last price of ${underlying}`)
}

/**
 * All options and dated futures of one expiry are settled at once, each account leaving all of its series together: one after
 * another they would leave hedged accounts without their hedge. The price is what the underlying came to over the time before,
 * which the clock brings about; where it had none for too long, an operator names one. Where more positions are held than one append can carry, it goes on as a bulk.
 */
export const settleExpiry: Decide<'SettleExpiry'> = (draft, { underlying, expiry: time, price }, actor) => {
  const { pool } = draft
  const at = parseTime(time)
  const known = expiryOf(pool, underlying, at)
  if (known === undefined)
    return reject('unknown-instrument', `nothing on ${underlying} in this pool expires at ${formatTime(at)}`)
  if (price !== undefined && !isPositive(decimal(price)))
    return reject('not-positive', `the price of an expiry is above zero, not ${price}`)
  if (pool.at < at) return reject('not-expired', `it expires at ${formatTime(at)}, and is settled then`)
  const early = notFixed(pool, known, price, actor)
  if (early !== undefined) return early
  const expiry = { underlying, expiry: expiryName(at) }
  const members = membersOf(pool, expiry)
  if (members.length === 0) return reject('already-settled', 'all that ended then was settled before')
  const bad = price === undefined ? undefined : badPrice(pool, expiry, known.fixing, price)
  if (bad !== undefined) return bad
  const fixing = known.fixing === undefined ? (price ?? '') : format(known.fixing)
  if (known.fixing === undefined) draft.record('ExpiryFixed', { ...expiry, price: fixing })
  const holders = holdersOfAny(members)
  const held = members.reduce((count, { holders: of }) => count + of.size, 0)
  if (held > pool.parts.accounts) {
    draft.record('BulkStarted', {
      bulk: `expiry:${pool.revision + 1}`,
      what: 'expiry',
      accounts: holders.length,
      ...expiry,
      price: fixing,
    })
    return accepted
  }
  const { positions, moves } = leaveExpiry(draft, holders, members, pool.clearing)
  draft.record('ExpirySettled', { ...expiry, price: fixing, positions }, moves)
  endRestored(draft, holders)
  return accepted
}
