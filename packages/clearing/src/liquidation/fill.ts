import {
  add,
  decimal,
  floorRatio,
  format,
  isNegative,
  isZero,
  lessThan,
  multiply,
  subtract,
  zero,
} from '@novation/decimal'
import { keptAfter } from '@novation/risk'
import { accepted, type Decision, type Draft } from '../decision'
import { lacksMargin } from '../lacking'
import { healthOf } from '../state/health'
import type { Account } from '../state/pool'
import { transfer } from '../state/postings'
import { tooLarge } from '../too-large'
import { crowdingAfter } from '../trading/crowding'
import { settleFunding } from '../trading/funding'
import { legOf, novate, signOf } from '../trading/leg'
import { draw } from './draw'
import { endIfOver } from './end'
import { type Deal, type Price, priceOf } from './price'
import { livePositions } from './sizing'

/** A bid that stands. */
export interface Bid extends Deal {
  readonly bidder: Account
}

/** The defaulter's side of the fill: each close-out against the house at the mark, and what it pays for being relieved. */
const closeOut = (draft: Draft, bid: Bid, { cost, reward, tip }: Price): void => {
  const { pool } = draft
  const { account, open, bidder, health, sizing, quantities } = bid
  const asset = pool.settlementAsset ?? ''
  const { pays, charge } = cost
  settleFunding(draft, account)
  settleFunding(draft, bidder)
  const legs = livePositions(health).flatMap(({ instrument, quantity: held, mark }, i) => {
    const quantity = multiply(quantities[i] ?? zero, decimal(String(-signOf(held))))
    return isZero(quantity)
      ? []
      : [{ instrument, mark, quantity, leg: legOf(draft, account, instrument, quantity, mark) }]
  })
  draft.record(
    'Liquidated',
    {
      liquidation: open.id,
      account: account.id,
      bidder: bidder.id,
      solvent: !isNegative(health.best),
      equity: format(health.best),
      maintenanceMargin: format(health.maintenance),
      discount: format(floorRatio(sizing.offer.discount, 18)),
      closed: legs.map(({ instrument, mark, quantity, leg }) => ({
        instrument: instrument.id,
        quantity: format(quantity),
        held: format(leg.held),
        price: format(mark),
        realised: format(leg.realised),
      })),
      payment: format(pays),
      charge: format(charge),
      reward: format(reward),
      tipLeft: format(tip),
      keptShare: format(keptAfter(sizing.offer, cost, subtract(health.best, add(pays, charge)))),
    },
    [
      ...legs.flatMap(({ leg }) => leg.moves),
      ...transfer(account, bidder, asset, pays),
      ...transfer(account, pool.insurance, asset, charge),
      ...transfer(pool.insurance, bidder, asset, reward),
    ],
  )
}

/** The bidder's side: the same quantities at the same marks, so the house is flat again. */
const takeOver = (draft: Draft, { bidder, health, quantities }: Bid): void => {
  for (const [i, { instrument, quantity: held, mark }] of livePositions(health).entries()) {
    const taken = quantities[i] ?? zero
    if (isZero(taken)) continue
    const quantity = multiply(taken, decimal(String(signOf(held))))
    novate(draft, bidder, instrument, quantity, mark, crowdingAfter(instrument, [{ account: bidder, quantity }]))
  }
}

/**
 * Both sides at the mark, and what else is paid; or why not, where the bidder's own margin cannot bear it. Nothing is paid
 * for the hole itself: what an account owes once it is flat goes down the waterfall, whoever has bid for it.
 */
export const fill = (draft: Draft, bid: Bid): Decision => {
  const { account, bidder } = bid
  const price = priceOf(draft.pool, bid)
  closeOut(draft, bid, price)
  draw(draft, 'fund', 'auction', account, bidder, price.premium)
  takeOver(draft, bid)
  const after = healthOf(draft.pool, bidder)
  if (lessThan(after.worst, after.initial)) return lacksMargin(bidder, after)
  const large = tooLarge(draft.pool, bidder)
  if (large !== undefined) return large
  endIfOver(draft, account)
  return accepted
}
