import { type Decimal, isNegative, isZero, one, type Ratio, sum, zero } from '@novation/decimal'
import { isAtTarget } from '../state/duties'
import { hasLive, healthOf } from '../state/health'
import type { Account, Pool } from '../state/pool'
import { fractionOf } from './bid-size'
import { priceOf } from './price'
import { sizingOf } from './sizing'

/** What a bid for all that is for sale brings whoever makes it now. */
export interface Offer {
  /** What is taken over at the mark; the sign is the side that the bidder would hold. */
  readonly positions: readonly {
    readonly instrument: string
    readonly quantity: Decimal
    readonly mark: Decimal
    readonly isShort: boolean
  }[]
  /** Coins that are bought, each at its price. */
  readonly coins: readonly { readonly asset: string; readonly quantity: Decimal; readonly price: Decimal }[]
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
  if (!hasLive(health) || isAtTarget(open, health)) return undefined
  const sizing = sizingOf(pool, account, open, health)
  const quantities = fractionOf(sizing, one)
  if (quantities.every(isZero)) return undefined
  const price = priceOf(pool, { account, open, health, sizing, quantities })
  if (price === undefined) return undefined
  const { cost, premium, reward } = price
  return {
    positions: sizing.sale.flatMap(({ position }, i) => {
      const quantity = quantities[i] ?? zero
      if (position === undefined || isZero(quantity)) return []
      const { instrument, mark, quantity: held } = position
      return [{ instrument: instrument.id, quantity, mark, isShort: isNegative(held) }]
    }),
    coins: sizing.sale.flatMap(({ coin }, i) => {
      const quantity = quantities[i] ?? zero
      return coin === undefined || isZero(quantity) ? [] : [{ asset: coin.id, quantity, price: coin.price }]
    }),
    paid: sum([cost.pays, premium, reward]),
    discount: sizing.offer.discount,
  }
}
