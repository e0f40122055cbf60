import { ceil, type Decimal, decimal, max, multiply, subtract, sum, zero } from '@novation/decimal'
import { type FillCost, fillCost, growth, premiumOf, rewardOf, type Sizing, type Taken } from '@novation/risk'
import { deficitOf } from '../state/deficit'
import { healthOf } from '../state/health'
import { layersOf } from '../state/layers'
import type { Account, Health, Instrument, Pool } from '../state/pool'
import type { Liquidation } from '../state/values'
import { settlementPlaces } from '../state/worth'
import { signOf } from '../trading/leg'
import { livePositions } from './sizing'

/** What is taken of each position that can be dealt in, in their order in `health`, and by whom, where that is known. */
export interface Deal {
  readonly account: Account
  readonly open: Liquidation
  readonly health: Health
  readonly sizing: Sizing
  readonly quantities: readonly Decimal[]
  readonly bidder?: Account
}

/** What a fill costs whom, beside closing at the mark. */
export interface Price {
  readonly cost: FillCost
  /** From the fund to the bidder. */
  readonly premium: Decimal
  /** From the fund to the bidder, out of the charge. */
  readonly reward: Decimal
  /** What is left of the keeper's tip. */
  readonly tip: Decimal
}

/** What all accounts of an owner hold of an instrument together. */
const heldBy = ({ owner }: Account, { id }: Instrument): Decimal =>
  sum([...owner.accounts].map(({ positions }) => positions.get(id)?.quantity ?? zero))

/** What is taken, and how much of it is new risk to whoever bids: all of it to somebody who holds nothing. */
const takenBy = ({ bidder, health, sizing: { items }, quantities }: Deal): readonly Taken[] =>
  livePositions(health).flatMap(({ instrument, quantity: held }, i) => {
    const [item, quantity = zero] = [items[i], quantities[i]]
    if (item === undefined) return []
    const taken = multiply(quantity, decimal(String(signOf(held))))
    return [{ item, quantity, grows: growth(bidder === undefined ? zero : heldBy(bidder, instrument), taken) }]
  })

/** What the fund has for premiums: all but what it keeps for those below zero. */
const roomOf = (pool: Pool): Decimal => {
  const places = settlementPlaces(pool)
  const debts = [...pool.standing.bankrupt].map((id) => {
    const account = pool.accounts.get(id)
    return account === undefined ? zero : ceil(deficitOf(healthOf(pool, account)), places)
  })
  return max(zero, subtract(layersOf(pool).fund, sum(debts)))
}

/** What a fill costs the account and the fund, by one formula, solvent or not. The pool must be judged. */
export const priceOf = (pool: Pool, deal: Deal): Price => {
  const { open, sizing } = deal
  const cost = fillCost(sizing.offer, takenBy(deal))
  const terms = { tip: open.tip, share: decimal(open.terms.keeperShare) }
  return {
    cost,
    premium: premiumOf(cost, roomOf(pool)),
    ...rewardOf(terms, cost.charge, sizing.offer.places),
  }
}
