import {
  abs,
  atMost,
  type Decimal,
  decimal,
  floorRatio,
  format,
  greaterThan,
  isNegative,
  isPositive,
  isZero,
  multiply,
  one,
  type Ratio,
  whole,
  zero,
} from '@novation/decimal'
import type { CommandData, Posting } from '@novation/events'
import {
  type Breach,
  discount,
  fractionQuantities,
  insolventFill,
  insolventShare,
  restoringQuantity,
  type Slice,
  solventFill,
} from '@novation/risk'
import { isLots } from '../amounts'
import { acceptDraft, type Decide, type Decision, type Draft, draft, event, record, reject } from '../decision'
import { badPrices } from '../stale'
import { type Health, healthOf, settlementPlaces } from '../state/health'
import { mustRestart } from '../state/judge'
import { insurance, trader } from '../state/names'
import type { Account, Liquidation, Pool } from '../state/pool'
import { transfer } from '../state/postings'
import { isElsewhere } from '../trading/clear-trade'
import { settleFunding } from '../trading/funding'
import { legOf, novate, signOf } from '../trading/leg'
import { auctionOf } from './auction-terms'
import { drawForBid } from './draw'
import { endIfRestored } from './end'

/** A bid that stands: what it closes of each position, in the order of `health.positions`. */
interface Bid {
  readonly account: Account
  readonly open: Liquidation
  readonly bidder: Account
  readonly health: Health
  readonly quantities: readonly Decimal[]
}

/** The part kept from earlier fills; once equity has fallen to it, nothing is. */
const keptOf = (open: Liquidation, equity: Decimal): Decimal => (atMost(equity, open.kept) ? zero : open.kept)

const discountNow = (pool: Pool, open: Liquidation): Ratio =>
  open.stage === 'auction' ? discount(auctionOf(open.terms), pool.at - open.auctionFrom) : whole(zero)

const shareNow = (pool: Pool, open: Liquidation): Ratio =>
  open.stage === 'auction' ? insolventShare(auctionOf(open.terms), pool.at - open.auctionFrom) : whole(one)

const breachOf = (pool: Pool, open: Liquidation, { equity, positions }: Health): Breach => ({
  equity,
  kept: keptOf(open, equity),
  positions: positions.map(({ instrument, position, mark }) => ({
    terms: instrument.margin,
    held: abs(position.quantity),
    unitNotional: multiply(mark, instrument.multiplier),
    lot: instrument.lot,
  })),
  discount: discountNow(pool, open),
  fee: decimal(open.terms.fee),
  buffer: decimal(open.terms.buffer),
  dust: decimal(open.terms.dust),
  places: settlementPlaces(pool),
})

/** What a bid may close: cut to what restores the buffer, never more. */
const quantitiesOf = (breach: Breach, health: Health, data: CommandData<'BidLiquidation'>): readonly Decimal[] => {
  if (data.fraction !== undefined) return fractionQuantities(breach, whole(decimal(data.fraction)))
  return health.positions.map(({ instrument }, index) => {
    if (instrument.id !== data.instrument || data.quantity === undefined) return zero
    const most = restoringQuantity(breach, index)
    return greaterThan(decimal(data.quantity), most) ? most : decimal(data.quantity)
  })
}

const badSize = (
  pool: Pool,
  account: Account,
  { fraction, instrument: id, quantity }: CommandData<'BidLiquidation'>,
): Decision | undefined => {
  if (fraction !== undefined) {
    if (!isPositive(decimal(fraction)))
      return reject('not-positive', `the fraction must be above zero, not ${fraction}`)
    return greaterThan(decimal(fraction), one)
      ? reject('bad-parameter', `a fraction is at most 1, not ${fraction}`)
      : undefined
  }
  const instrument = pool.instruments.get(id ?? '')
  const position = account.positions.get(id ?? '')
  if (instrument === undefined || position === undefined)
    return reject('unknown-instrument', `${account.id} holds no ${id}`)
  if (!isPositive(decimal(quantity ?? '0')))
    return reject('not-positive', `the quantity must be above zero, not ${quantity}`)
  return isLots(instrument, decimal(quantity ?? '0')) || atMost(abs(position.quantity), decimal(quantity ?? '0'))
    ? undefined
    : reject('not-a-lot', `${quantity} is not a whole number of lots of ${instrument.id}`)
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

const fill = (pool: Pool, bid: Bid): Decision => {
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

/**
 * A bid on an account under liquidation: so much of its positions is closed at the mark against the bidder, who is paid
 * the share of the account's value that the auction has come to (risk 4.3). A bid for more than restores the buffer is cut.
 */
export const bidLiquidation: Decide<'BidLiquidation'> = (pool, data) => {
  const bidder = pool.accounts.get(data.bidder)
  if (bidder === undefined) return reject('unknown-account', `no account ${data.bidder} in this pool`)
  if (data.instrument !== undefined && !pool.instruments.has(data.instrument))
    return reject('unknown-instrument', `no instrument ${data.instrument} in this pool`)
  const account = pool.accounts.get(pool.liquidations.get(data.liquidation) ?? '')
  const open = account?.liquidation
  if (account === undefined || open === undefined)
    return reject('unknown-liquidation', `liquidation ${data.liquidation} is not open in this pool`)
  const bad = badSize(pool, account, data)
  if (bad !== undefined) return bad
  if (bidder.id === account.id) return reject('self-trade', `${bidder.id} cannot bid for itself`)
  const wanted = data.instrument === undefined ? [...account.positions.keys()] : [data.instrument]
  if (wanted.some((id) => isElsewhere(bidder, id)) || (bidder.margin === 'isolated' && wanted.length > 1))
    return reject('isolated-account', `${bidder.id} is isolated and would hold a second instrument`)
  if (bidder.liquidation !== undefined)
    return reject('under-liquidation', `${bidder.id} is being liquidated itself (${bidder.liquidation.id})`)
  const stale = badPrices(pool, account, bidder)
  if (stale !== undefined) return stale
  const health = healthOf(pool, account)
  if (health.status === 'healthy' || health.status === 'restricted')
    return reject(
      'not-breached',
      `${account.id} has equity ${format(health.equity)}, not below maintenance margin ${format(health.maintenance)}`,
    )
  if (open.stage === 'auction' && mustRestart(open, health))
    return reject(
      'auction-restarts',
      `the equity of ${account.id} has changed sign since the auction began; it begins anew`,
    )
  const quantities = quantitiesOf(breachOf(pool, open, health), health, data)
  if (quantities.every(isZero)) return reject('not-a-lot', 'so small a bid closes not even one lot')
  return fill(pool, { account, open, bidder, health, quantities })
}
