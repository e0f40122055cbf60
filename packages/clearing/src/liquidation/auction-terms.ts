import { decimal } from '@novation/decimal'
import type { LiquidationTerms, Millis } from '@novation/events'
import { type Auction, auctionLength_ms } from '@novation/risk'

/** The auction's terms, read into decimals. */
export const auctionOf = ({ auction }: LiquidationTerms): Auction => ({
  ...auction,
  start: decimal(auction.start),
  cutoff: decimal(auction.cutoff),
})

/** When an auction that begins at `from` ends. */
export const auctionEnds = (terms: LiquidationTerms, from: Millis, solvent: boolean): Millis =>
  from + auctionLength_ms(auctionOf(terms), solvent)
