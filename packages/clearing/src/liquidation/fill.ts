import { decimal, floorRatio, format, isNegative, isZero, lessThan, multiply, zero } from '@novation/decimal'
import { accepted, type Decision, type Draft, reject } from '../decision'
import { lacksMargin } from '../lacking'
import { healthOf } from '../state/health'
import type { Account } from '../state/pool'
import { transfer } from '../state/postings'
import { tooLarge } from '../too-large'
import { crowdingAfter } from '../trading/crowding'
import { settleFunding } from '../trading/funding'
import { legOf, novate, signOf } from '../trading/leg'
import { discountNow } from './auction-terms'
import { livePositions } from './bid-size'
import { drawForBid } from './draw'
import { endIfOver } from './end'
import { layersPay, priceOf, type Slicing } from './price'

/** A bid that stands. */
export interface Bid extends Slicing {
  readonly account: Account
  readonly bidder: Account
}

/** The defaulter's side of the fill: each close-out against the house at the mark, and what it pays for being relieved. */
const closeOut = (draft: Draft, bid: Bid): void => {
  const { pool } = draft
  const { account, open, bidder, health, quantities } = bid
  const asset = pool.settlementAsset ?? ''
  const { payment, charge, reward, kept } = priceOf(pool, bid)
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
      discount: format(floorRatio(discountNow(pool, open, health), 18)),
      closed: legs.map(({ instrument, mark, quantity, leg }) => ({
        instrument: instrument.id,
        quantity: format(quantity),
        held: format(leg.held),
        price: format(mark),
        realised: format(leg.realised),
      })),
      payment: format(payment),
      charge: format(charge),
      reward: format(reward),
      kept: format(kept),
    },
    [
      ...legs.flatMap(({ leg }) => leg.moves),
      ...transfer(account, bidder, asset, payment),
      ...transfer(account, pool.insurance, asset, charge),
      ...transfer(pool.insurance, bidder, asset, reward),
    ],
  )
}

/** What the layers pay where the account is insolvent; whether they can. */
const payFromLayers = (draft: Draft, bid: Bid): boolean =>
  !isNegative(bid.health.best) || drawForBid(draft, bid.account, bid.bidder, layersPay(draft.pool, bid))

/** The bidder's side: the same quantities at the same marks, so the house is flat again. */
const takeOver = (draft: Draft, { bidder, health, quantities }: Bid): void => {
  for (const [i, { instrument, quantity: held, mark }] of livePositions(health).entries()) {
    const taken = quantities[i] ?? zero
    if (isZero(taken)) continue
    const quantity = multiply(taken, decimal(String(signOf(held))))
    novate(draft, bidder, instrument, quantity, mark, crowdingAfter(instrument, [{ account: bidder, quantity }]))
  }
}

/** Both sides at the mark, and what else is paid: or why not, where a layer or the bidder's own margin cannot bear it. */
export const fill = (draft: Draft, bid: Bid): Decision => {
  closeOut(draft, bid)
  if (!payFromLayers(draft, bid))
    return reject(
      'insufficient-fund',
      'the fund and the operator hold less than this bid would be paid; deleveraging comes next',
    )
  takeOver(draft, bid)
  const after = healthOf(draft.pool, bid.bidder)
  if (lessThan(after.worst, after.initial)) return lacksMargin(bid.bidder, after)
  const large = tooLarge(draft.pool, bid.bidder)
  if (large !== undefined) return large
  endIfOver(draft, bid.account)
  return accepted
}
