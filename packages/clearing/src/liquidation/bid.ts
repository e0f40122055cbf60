import { format, isZero } from '@novation/decimal'
import { type Decide, reject } from '../decision'
import { healthOf, isAtTarget } from '../state/health'
import { isElsewhere } from '../trading/clear-trade'
import { badSize, quantitiesOf } from './bid-size'
import { fill } from './fill'
import { livePositions, sizingOf } from './sizing'

/**
 * A bid on an account under liquidation, solvent or not: so much of its positions is closed at the mark against the bidder,
 * who is paid the share of the account's value that the auction has come to, or what the fund promises whoever takes risk,
 * whichever is more. A bid for more than restores the buffer is cut; bids are taken until it stands there, also once the
 * account is back at its maintenance margin.
 */
export const bidLiquidation: Decide<'BidLiquidation'> = (draft, data) => {
  const { pool } = draft
  const bidder = pool.accounts.get(data.bidder)
  if (bidder === undefined) return reject('unknown-account', `no account ${data.bidder} in this pool`)
  if (data.instrument !== undefined && !pool.instruments.has(data.instrument))
    return reject('unknown-instrument', `no instrument ${data.instrument} in this pool`)
  const account = pool.accounts.get(pool.liquidations.get(data.liquidation) ?? '')
  const open = account?.liquidation
  if (account === undefined || open === undefined)
    return reject('unknown-liquidation', `liquidation ${data.liquidation} is not open in this pool`)
  const bad = badSize(pool, account, data)
  if (bad !== undefined) return bad
  if (bidder.owner === account.owner)
    return reject('self-trade', `${bidder.id} cannot bid for ${account.id}: both are of ${account.owner.id}`)
  const wanted = data.instrument === undefined ? [...account.positions.keys()] : [data.instrument]
  if (wanted.some((id) => isElsewhere(bidder, id)) || (bidder.margin === 'isolated' && wanted.length > 1))
    return reject('isolated-account', `${bidder.id} is isolated and would hold a second instrument`)
  if (bidder.liquidation !== undefined)
    return reject('under-liquidation', `${bidder.id} is being liquidated itself (${bidder.liquidation.id})`)
  const health = healthOf(pool, account)
  const live = livePositions(health).map(({ instrument }) => instrument.id)
  if (!wanted.some((id) => live.includes(id)))
    return reject('stale-price', `nothing that was bid for has a fresh price and an open market`)
  if (isAtTarget(open.terms.buffer, health))
    return reject(
      'not-breached',
      `${account.id} is worth ${format(health.best)} at the best: all that ${open.id} restores, over a maintenance margin of ${format(health.maintenance)}`,
    )
  const sizing = sizingOf(pool, open, health)
  const quantities = quantitiesOf(sizing, health, data)
  if (quantities.every(isZero)) return reject('not-a-lot', 'so small a bid closes not even one lot')
  return fill(draft, { account, open, bidder, health, sizing, quantities })
}
