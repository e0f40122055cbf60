import {
  abs,
  type Decimal,
  decimal,
  floorRatio,
  format,
  isNegative,
  isZero,
  lessThan,
  multiply,
  zero,
} from '@novation/decimal'
import { insolventFill, type Slice, solventFill } from '@novation/risk'
import { accepted, type Decision, type Draft, reject } from '../decision'
import { lacksMargin } from '../lacking'
import { healthOf } from '../state/health'
import type { Account, Health, Pool } from '../state/pool'
import { transfer } from '../state/postings'
import type { Liquidation } from '../state/values'
import { settlementPlaces } from '../state/worth'
import { tooLarge } from '../too-large'
import { crowdingAfter } from '../trading/crowding'
import { settleFunding } from '../trading/funding'
import { legOf, novate, signOf } from '../trading/leg'
import { discountNow, keptOf, shareNow } from './auction-terms'
import { livePositions } from './bid-size'
import { drawForBid } from './draw'
import { endIfOver } from './end'

/** A bid that stands: what it closes of each position that can be dealt in, in their order in `health`. */
export interface Bid {
  readonly account: Account
  readonly open: Liquidation
  readonly bidder: Account
  readonly health: Health
  readonly quantities: readonly Decimal[]
}

const slicesOf = ({ health, quantities }: Bid): readonly Slice[] =>
  livePositions(health).map(({ instrument, quantity, mark, maintenance }, i) => {
    const closed = quantities[i] ?? zero
    return {
      closed,
      held: abs(quantity),
      margin: maintenance,
      notional: multiply(closed, multiply(mark, instrument.multiplier)),
    }
  })

/** What a bid costs whom, beside closing at the mark. */
interface Price {
  readonly payment: Decimal
  readonly charge: Decimal
  readonly reward: Decimal
  readonly kept: Decimal
}

const priceOf = (pool: Pool, { open, health, ...bid }: Bid): Price => {
  if (isNegative(health.best)) return { payment: zero, charge: zero, reward: zero, kept: zero }
  return solventFill({
    slices: slicesOf({ open, health, ...bid }),
    totalMargin: health.maintenance,
    equity: health.best,
    kept: keptOf(open, health.best),
    discount: discountNow(pool, open, health),
    fee: decimal(open.terms.fee),
    keeperTip: decimal(open.terms.keeperTip),
    keeperShare: decimal(open.terms.keeperShare),
    places: settlementPlaces(pool),
  })
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
  !isNegative(bid.health.best) ||
  drawForBid(
    draft,
    bid.account,
    bid.bidder,
    insolventFill({
      slices: slicesOf(bid),
      totalMargin: bid.health.maintenance,
      equity: bid.health.best,
      share: shareNow(draft.pool, bid.open),
      places: settlementPlaces(draft.pool),
    }),
  )

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
