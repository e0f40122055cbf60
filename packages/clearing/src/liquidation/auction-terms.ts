import { atMost, type Decimal, decimal, one, type Ratio, whole, zero } from '@novation/decimal'
import type { LiquidationTerms, Millis } from '@novation/events'
import { type Auction, auctionLength_ms, discount, insolventShare } from '@novation/risk'
import { isBreached } from '../state/health'
import type { Health, Pool } from '../state/pool'
import type { Liquidation } from '../state/values'

/** The auction's terms, read into decimals. */
export const auctionOf = ({ auction }: LiquidationTerms): Auction => ({
  ...auction,
  start: decimal(auction.start),
  cutoff: decimal(auction.cutoff),
})

/** When an auction that begins at `from` ends. */
export const auctionEnds = (terms: LiquidationTerms, from: Millis, solvent: boolean): Millis =>
  from + auctionLength_ms(auctionOf(terms), solvent)

/** The part kept from earlier fills; once equity has fallen to it, nothing is. */
export const keptOf = (open: Liquidation, equity: Decimal): Decimal => (atMost(equity, open.kept) ? zero : open.kept)

/**
 * The share of its value that the account keeps now: all that it keeps at the start of an auction while it stands at its
 * maintenance margin, whatever the time; of one below that, none once the auction is over.
 */
export const discountNow = (pool: Pool, open: Liquidation, health: Health): Ratio => {
  if (!isBreached(health)) return whole(decimal(open.terms.auction.start))
  return open.stage === 'auction' ? discount(auctionOf(open.terms), pool.at - open.auctionFrom) : whole(zero)
}

/** The share of its maintenance margin that a bidder for an insolvent account is paid now; all once the auction is over. */
export const shareNow = (pool: Pool, open: Liquidation): Ratio =>
  open.stage === 'auction' ? insolventShare(auctionOf(open.terms), pool.at - open.auctionFrom) : whole(one)
