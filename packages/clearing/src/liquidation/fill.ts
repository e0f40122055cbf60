import { abs, type Decimal, decimal, floorRatio, format, isNegative, isZero, multiply, zero } from '@novation/decimal'
import type { Posting } from '@novation/events'
import { insolventFill, type Slice, solventFill } from '@novation/risk'
import { acceptDraft, type Decision, type Draft, draft, event, record, reject } from '../decision'
import { type Health, healthOf, settlementPlaces } from '../state/health'
import { insurance, trader } from '../state/names'
import type { Account, Liquidation, Pool } from '../state/pool'
import { transfer } from '../state/postings'
import { settleFunding } from '../trading/funding'
import { legOf, novate, signOf } from '../trading/leg'
import { discountNow, keptOf, shareNow } from './auction-terms'
import { drawForBid } from './draw'
import { endIfRestored } from './end'

/** A bid that stands: what it closes of each position, in the order of `health.positions`. */
export interface Bid {
  readonly account: Account
  readonly open: Liquidation
  readonly bidder: Account
  readonly health: Health
  readonly quantities: readonly Decimal[]
}

const slicesOf = ({ health, quantities }: Bid): readonly Slice[] =>
  health.positions.map(({ instrument, position, mark, maintenance }, i) => {
    const closed = quantities[i] ?? zero
    return {
      closed,
      held: abs(position.quantity),
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
  if (isNegative(health.equity)) return { payment: zero, charge: zero, reward: zero, kept: zero }
  return solventFill({
    slices: slicesOf({ open, health, ...bid }),
    totalMargin: health.maintenance,
    equity: health.equity,
    kept: keptOf(open, health.equity),
    discount: discountNow(pool, open),
    fee: decimal(open.terms.fee),
    keeperTip: decimal(open.terms.keeperTip),
    keeperShare: decimal(open.terms.keeperShare),
    places: settlementPlaces(pool),
  })
}

/** The defaulter's side of the fill: each close-out against the house at the mark, and what it pays for being relieved. */
const closeOut = (pool: Pool, bid: Bid): Draft => {
  const { account, open, bidder, health, quantities } = bid
  const asset = pool.settlementAsset ?? ''
  const { payment, charge, reward, kept } = priceOf(pool, bid)
  const so = record(draft(pool), ...settleFunding(pool, account), ...settleFunding(pool, bidder))
  const closing = so.pool.accounts.get(account.id) ?? account
  const legs = health.positions.flatMap(({ instrument, position, mark }, i) => {
    const quantity = multiply(quantities[i] ?? zero, decimal(String(-signOf(position.quantity))))
    return isZero(quantity)
      ? []
      : [{ instrument, mark, quantity, leg: legOf(so.pool, closing, instrument, quantity, mark) }]
  })
  const postings: readonly Posting[] = [
    ...legs.flatMap(({ leg }) => leg.postings),
    ...transfer(trader(account.id), trader(bidder.id), asset, payment),
    ...transfer(trader(account.id), insurance, asset, charge),
    ...transfer(insurance, trader(bidder.id), asset, reward),
  ]
  return record(
    so,
    event(
      'Liquidated',
      {
        liquidation: open.id,
        account: account.id,
        bidder: bidder.id,
        solvent: !isNegative(health.equity),
        equity: format(health.equity),
        maintenanceMargin: format(health.maintenance),
        discount: format(floorRatio(discountNow(pool, open), 18)),
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
      postings,
    ),
  )
}

/** The bidder's side: the same quantities at the same marks, so the house is flat again. */
const takeOver = (so: Draft, { bidder, health, quantities }: Bid): Draft =>
  health.positions.reduce((state, { instrument, position, mark }, i) => {
    const taken = quantities[i] ?? zero
    if (isZero(taken)) return state
    const quantity = multiply(taken, decimal(String(signOf(position.quantity))))
    return record(state, ...novate(state.pool, bidder.id, instrument, quantity, mark))
  }, so)

/** Both sides at the mark, and what else is paid: or why not, where a layer or the bidder's own margin cannot bear it. */
export const fill = (pool: Pool, bid: Bid): Decision => {
  const paid = isNegative(bid.health.equity)
    ? drawForBid(
        closeOut(pool, bid),
        bid.account,
        bid.bidder,
        insolventFill({
          slices: slicesOf(bid),
          totalMargin: bid.health.maintenance,
          equity: bid.health.equity,
          share: shareNow(pool, bid.open),
          places: settlementPlaces(pool),
        }),
      )
    : closeOut(pool, bid)
  if (paid === undefined)
    return reject(
      'insufficient-fund',
      'the fund and the operator hold less than this bid would be paid; deleveraging comes next',
    )
  const taken = takeOver(paid, bid)
  const after = healthOf(taken.pool, taken.pool.accounts.get(bid.bidder.id) ?? bid.bidder)
  if (after.status !== 'healthy')
    return reject(
      'insufficient-margin',
      `${bid.bidder.id} would have equity ${format(after.equity)} against initial margin ${format(after.initial)}`,
    )
  return acceptDraft(endIfRestored(taken, bid.account.id))
}
