import { format, isZero } from '@novation/decimal'
import { parseTime } from '@novation/events'
import { type Decide, type Decision, reject } from '../decision'
import { lacksConsentToBid } from '../identity/consent'
import { isAtTarget } from '../state/duties'
import { healthOf } from '../state/health'
import type { Account, Pool } from '../state/pool'
import { isElsewhere } from '../trading/clear-trade'
import { badSize, oneItem, quantitiesOf } from './bid-size'
import { fill } from './fill'
import { badHedge, hedgeOf } from './hedge-bid'
import { sizingOf } from './sizing'

/** Who may not bid for this account, or for this of it. */
const badBidder = (bidder: Account, account: Account, instruments: readonly string[]): Decision | undefined => {
  if (bidder.owner === account.owner)
    return reject('self-trade', `${bidder.id} cannot bid for ${account.id}: both are of ${account.owner.id}`)
  if (instruments.some((id) => isElsewhere(bidder, id)) || (bidder.margin === 'isolated' && instruments.length > 1))
    return reject('isolated-account', `${bidder.id} is isolated and would hold a second instrument`)
  return bidder.liquidation === undefined
    ? undefined
    : reject('under-liquidation', `${bidder.id} is being liquidated itself (${bidder.liquidation.id})`)
}

const unknown = (pool: Pool, instrument: string | undefined, asset: string | undefined): Decision | undefined => {
  if (instrument !== undefined && !pool.instruments.has(instrument))
    return reject('unknown-instrument', `no instrument ${instrument} in this pool`)
  return asset !== undefined && !pool.assets.has(asset)
    ? reject('unknown-asset', `no asset ${asset} in this pool`)
    : undefined
}

/**
 * A bid on an account under liquidation, solvent or not: so much of its positions is closed at the mark against the bidder,
 * and so much of its coins sold to them for cash, who is paid the share of the account's value that the auction has come to,
 * or what the fund promises whoever takes risk, whichever is more. A bid for more than restores the buffer is cut; bids are
 * taken until it stands there, also once the account is back at its maintenance margin. `income` is the least that the
 * bidder wants to be paid, per notional; `until`, when the bid is void.
 */
export const bidLiquidation: Decide<'BidLiquidation'> = (draft, data, _, signedBy) => {
  const { pool } = draft
  const bidder = pool.accounts.get(data.bidder)
  if (bidder === undefined) return reject('unknown-account', `no account ${data.bidder} in this pool`)
  const strange = unknown(pool, data.instrument, data.asset)
  if (strange !== undefined) return strange
  const account = pool.accounts.get(pool.liquidations.get(data.liquidation) ?? '')
  const open = account?.liquidation
  if (account === undefined || open === undefined)
    return reject('unknown-liquidation', `liquidation ${data.liquidation} is not open in this pool`)
  const bad =
    lacksConsentToBid(pool, bidder, signedBy) ??
    (data.hedge === undefined ? badSize(pool, account, data) : badHedge(pool, account, data))
  if (bad !== undefined) return bad
  const wanted = oneItem(data)
  const instruments =
    wanted === undefined && data.hedge === undefined
      ? [...account.positions.keys()]
      : [data.instrument ?? data.hedge ?? []].flat()
  const unfit = badBidder(bidder, account, instruments)
  if (unfit !== undefined) return unfit
  if (data.until !== undefined && pool.at > parseTime(data.until))
    return reject('too-late', `the bid was good until ${data.until}`)
  const health = healthOf(pool, account)
  const sizing = sizingOf(pool, account, open, health)
  if (!sizing.sale.some(({ id }) => wanted === undefined || id === wanted))
    return reject('stale-price', `nothing that was bid for has a fresh price and an open market`)
  if (isAtTarget(open, health))
    return reject(
      'not-breached',
      `${account.id} is worth ${format(health.best)} at the best: all that ${open.id} restores, over a maintenance margin of ${format(health.maintenance)}`,
    )
  const hedge = data.hedge === undefined ? undefined : hedgeOf(pool, sizing, data)
  if (hedge !== undefined)
    return fill(draft, { account, open, bidder, health, sizing, quantities: [], hedge }, data.income)
  if (data.hedge !== undefined)
    return reject('not-reducing', `${account.id} would have to hold no less with ${data.quantity} ${data.hedge}`)
  const quantities = quantitiesOf(sizing, health, data)
  if (!quantities.every(isZero)) return fill(draft, { account, open, bidder, health, sizing, quantities }, data.income)
  return wanted === undefined
    ? reject('not-a-lot', 'so small a bid closes not even one lot')
    : reject('not-reducing', `${wanted} hedges what else ${account.id} holds: it can only be bid for with that`)
}
