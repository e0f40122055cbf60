import { type Decimal, isNegative, isZero, one, type Ratio, sum, zero } from '@novation/decimal'
import { fractionQuantities } from '@novation/risk'
import { healthOf, isAtTarget } from '../state/health'
import type { Account, Pool } from '../state/pool'
import { priceOf } from './price'
import { livePositions, sizingOf } from './sizing'

/** What a bid for all that is for sale brings whoever makes it now. */
export interface Offer {
  /** What is taken over at the mark; the sign is the side that the bidder would hold. */
  readonly positions: readonly {
    readonly instrument: string
    readonly quantity: Decimal
    readonly mark: Decimal
    readonly isShort: boolean
  }[]
  /** Paid beside, in the settlement asset: out of the account's value, the fund's charge, and by the fund for the risk. */
  readonly paid: Decimal
  /** d: the share of its value that the account keeps. */
  readonly discount: Ratio
}

/**
 * The offer of an open liquidation at the pool's time, as a bid for a fraction of 1 would be filled to somebody who holds
 * nothing; nothing where no bid is taken now: all is restored that was to be, or nothing has a fresh price and an open
 * market. The pool must be judged.
 */
export const offerOf = (pool: Pool, account: Account): Offer | undefined => {
  const open = account.liquidation
  if (open === undefined) return undefined
  const health = healthOf(pool, account)
  if (livePositions(health).length === 0 || isAtTarget(open.terms.buffer, health)) return undefined
  const sizing = sizingOf(pool, open, health)
  const quantities = fractionQuantities(sizing, one)
  if (quantities.every(isZero)) return undefined
  const { cost, premium, reward } = priceOf(pool, { account, open, health, sizing, quantities })
  return {
    positions: livePositions(health).flatMap(({ instrument, quantity: held, mark }, i) => {
      const quantity = quantities[i] ?? zero
      return isZero(quantity) ? [] : [{ instrument: instrument.id, quantity, mark, isShort: isNegative(held) }]
    }),
    paid: sum([cost.pays, premium, reward]),
    discount: sizing.offer.discount,
  }
}
