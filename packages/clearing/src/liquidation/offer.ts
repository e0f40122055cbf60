import { add, type Decimal, isNegative, isZero, one, type Ratio, whole, zero } from '@novation/decimal'
import { fractionQuantities } from '@novation/risk'
import { healthOf, isAtTarget } from '../state/health'
import type { Account, Pool } from '../state/pool'
import { discountNow } from './auction-terms'
import { breachOf, livePositions } from './bid-size'
import { layersPay, priceOf } from './price'

/** What a bid for all that is for sale brings whoever makes it now. */
export interface Offer {
  /** What is taken over at the mark; the sign is the side that the bidder would hold. */
  readonly positions: readonly {
    readonly instrument: string
    readonly quantity: Decimal
    readonly mark: Decimal
    readonly isShort: boolean
  }[]
  /** Paid beside, in the settlement asset: of the account's value and the fund's charge, or by the prefunded layers. */
  readonly paid: Decimal
  /** d(t): the share of its value that the account keeps; of an insolvent one, nothing. */
  readonly discount: Ratio
}

/**
 * The offer of an open liquidation at the pool's time (risk 4.3), as a bid for a fraction of 1 would be filled; nothing
 * where no bid is taken now: all is restored that was to be, or nothing has a fresh price and an open market.
 */
export const offerOf = (pool: Pool, account: Account): Offer | undefined => {
  const open = account.liquidation
  if (open === undefined) return undefined
  const health = healthOf(pool, account)
  if (livePositions(health).length === 0 || isAtTarget(open.terms.buffer, health)) return undefined
  const quantities = fractionQuantities(breachOf(pool, open, health), whole(one))
  if (quantities.every(isZero)) return undefined
  const slicing = { open, health, quantities }
  const { payment, reward } = priceOf(pool, slicing)
  const isInsolvent = isNegative(health.best)
  return {
    positions: livePositions(health).flatMap(({ instrument, quantity: held, mark }, i) => {
      const quantity = quantities[i] ?? zero
      return isZero(quantity) ? [] : [{ instrument: instrument.id, quantity, mark, isShort: isNegative(held) }]
    }),
    paid: isInsolvent ? layersPay(pool, slicing).toBidder : add(payment, reward),
    discount: isInsolvent ? whole(zero) : discountNow(pool, open, health),
  }
}
