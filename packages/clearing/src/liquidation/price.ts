import {
  ceil,
  type Decimal,
  decimal,
  isPositive,
  max,
  multiply,
  one,
  subtract,
  sum,
  whole,
  zero,
} from '@novation/decimal'
import {
  type FillCost,
  fillCost,
  growth,
  meanGrowth,
  portfolioFillCost,
  premiumOf,
  rewardOf,
  type Taken,
  withinCaps,
} from '@novation/risk'
import { drawingsOf, lackedByAll, standingOf } from '../state/below-zero'
import type { Item } from '../state/items'
import { layersOf } from '../state/layers'
import type { Account, Health, Instrument, Pool } from '../state/pool'
import { capsOf } from '../state/purses'
import { notionalAt } from '../state/reference'
import type { Drawing, Liquidation } from '../state/values'
import { settlementPlaces } from '../state/worth'
import { signOf } from '../trading/leg'
import type { Hedge } from './after-fill'
import type { OnSale } from './sizing'

/** What is taken of each item that is on sale, in their order, and by whom, where that is known. */
export interface Deal {
  readonly account: Account
  readonly open: Liquidation
  readonly health: Health
  readonly sizing: OnSale
  readonly quantities: readonly Decimal[]
  /** What the account takes on instead, as a hedge. */
  readonly hedge?: Hedge | undefined
  readonly bidder?: Account
}

/** What a fill costs whom, beside closing at the mark. */
export interface Price {
  readonly cost: FillCost
  /** From the fund to the bidder. */
  readonly premium: Decimal
  readonly under: readonly Drawing[]
  /** From the fund to the bidder, out of the charge. */
  readonly reward: Decimal
  /** What is left of the keeper's tip. */
  readonly tip: Decimal
}

/** What all accounts of an owner hold of an instrument together. */
const heldBy = ({ owner }: Account, { id }: Instrument): Decimal =>
  sum([...owner.accounts].map(({ positions }) => positions.get(id)?.quantity ?? zero))

/** How much of what is taken is new risk to whoever bids: of a coin, and to somebody who holds nothing, all of it. */
const grownBy = (bidder: Account | undefined, { position }: Item, quantity: Decimal): Decimal => {
  if (bidder === undefined || position === undefined) return quantity
  const taken = multiply(quantity, decimal(String(signOf(position.quantity))))
  return growth(heldBy(bidder, position.instrument), taken)
}

const takenBy = ({ bidder, sizing: { sale, items }, quantities }: Deal): readonly Taken[] =>
  sale.flatMap((of, i) => {
    const [item, quantity = zero] = [items[i], quantities[i]]
    return item === undefined ? [] : [{ item, quantity, grows: grownBy(bidder, of, quantity) }]
  })

/** What is taken, at its prices: what `income` is counted by. */
export const notionalOf = ({ sizing: { items }, quantities, hedge }: Deal): Decimal =>
  sum([
    ...items.map(({ unitValue }, i) => multiply(quantities[i] ?? zero, unitValue)),
    ...(hedge === undefined ? [] : [notionalAt(hedge.instrument, hedge.quantity, hedge.mark)]),
  ])

/** What a bidder pays for the coins taken: each at its price, rounded up. */
export const costOfCoins = (pool: Pool, { sizing: { sale }, quantities }: Deal): Decimal =>
  sum(sale.map(({ coin }, i) => (coin === undefined ? zero : paidFor(pool, coin.price, quantities[i] ?? zero))))

/** ceil(n*price): what so much of a coin costs. */
export const paidFor = (pool: Pool, price: Decimal, quantity: Decimal): Decimal =>
  ceil(multiply(quantity, price), settlementPlaces(pool))

/** What the fund has for premiums: all but what it keeps for those below zero. */
const roomOf = (pool: Pool): Decimal => max(zero, subtract(layersOf(pool).fund, lackedByAll(pool)))

/** What of a premium the caps allow, and what of it counts under which: it stands where a loss of the account would. */
const premiumUnder = (pool: Pool, account: Account, wanted: Decimal): Pick<Price, 'premium' | 'under'> => {
  const caps = capsOf(pool)
  const [allowed] = withinCaps([standingOf(pool, account, wanted)], caps, settlementPlaces(pool))
  if (allowed === undefined || !isPositive(wanted)) return { premium: zero, under: [] }
  return { premium: allowed.amount, under: drawingsOf(pool, account, allowed, allowed.amount, caps) }
}

/** Of what stands under one requirement, by what the fill takes off that; nothing where it would add to it. */
const costOf = (deal: Deal): FillCost | undefined => {
  const { sizing, quantities, hedge } = deal
  if (sizing.after === undefined) return fillCost(sizing.offer, takenBy(deal))
  const { requirement } = sizing.after(quantities, hedge)
  const grows = hedge === undefined ? meanGrowth(takenBy(deal)) : whole(one)
  return portfolioFillCost(sizing.offer, { requirement, grows, notional: notionalOf(deal) })
}

/** What a fill costs the account and the fund, by one formula, solvent or not; nothing where it is no reduction. The pool must be judged. */
export const priceOf = (pool: Pool, deal: Deal): Price | undefined => {
  const { open, sizing } = deal
  const cost = costOf(deal)
  if (cost === undefined) return undefined
  const terms = { tip: open.tip, share: decimal(open.terms.keeperShare) }
  return {
    cost,
    ...premiumUnder(pool, deal.account, premiumOf(cost, roomOf(pool))),
    ...rewardOf(terms, cost.charge, sizing.offer.places),
  }
}
