import {
  add,
  atLeast,
  type Decimal,
  decimal,
  floorRatio,
  format,
  isNegative,
  isPositive,
  isZero,
  lessThan,
  multiply,
  negate,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import { keptAfter } from '@novation/risk'
import { accepted, type Decision, type Draft, reject } from '../decision'
import { lacksMargin } from '../lacking'
import type { HeldCoin } from '../state/collateral'
import { healthOf } from '../state/health'
import { collateralOf } from '../state/holders'
import type { Account, Valued } from '../state/pool'
import { transfer } from '../state/postings'
import { tooLarge } from '../too-large'
import { crowdingAfter } from '../trading/crowding'
import { settleFunding } from '../trading/funding'
import { legOf, novate, signOf } from '../trading/leg'
import { draw } from './draw'
import { endIfOver } from './end'
import { costOfCoins, type Deal, notionalOf, type Price, paidFor, priceOf } from './price'

/** A bid that stands. */
export interface Bid extends Deal {
  readonly bidder: Account
}

const takenPositions = ({ sizing: { sale }, quantities }: Bid): readonly (Valued & { readonly taken: Decimal })[] =>
  sale.flatMap(({ position }, i) => {
    const taken = quantities[i] ?? zero
    return position === undefined || isZero(taken) ? [] : [{ ...position, taken }]
  })

const takenCoins = ({ sizing: { sale }, quantities }: Bid): readonly (HeldCoin & { readonly taken: Decimal })[] =>
  sale.flatMap(({ coin }, i) => {
    const taken = quantities[i] ?? zero
    return coin === undefined || isZero(taken) ? [] : [{ ...coin, taken }]
  })

/** The defaulter's side of the fill: each close-out against the house at the mark, and what it pays for being relieved. */
const closeOut = (draft: Draft, bid: Bid, { cost, reward, tip }: Price): void => {
  const { pool } = draft
  const { account, open, bidder, health, sizing } = bid
  const asset = pool.settlementAsset ?? ''
  const { pays, charge } = cost
  settleFunding(draft, account)
  settleFunding(draft, bidder)
  const legs = takenPositions(bid).map(({ instrument, quantity: held, mark, taken }) => {
    const quantity = multiply(taken, decimal(String(-signOf(held))))
    return { instrument, mark, quantity, leg: legOf(draft, account, instrument, quantity, mark) }
  })
  if (bid.hedge !== undefined) {
    const { instrument, mark, quantity } = bid.hedge
    legs.push({ instrument, mark, quantity, leg: legOf(draft, account, instrument, quantity, mark) })
  }
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
      keptShare: format(keptAfter(sizing.offer, cost, subtract(health.marked, add(pays, charge)))),
    },
    [
      ...legs.flatMap(({ leg }) => leg.moves),
      ...transfer(account, bidder, asset, pays),
      ...transfer(account, pool.insurance, asset, charge),
      ...transfer(pool.insurance, bidder, asset, reward),
    ],
  )
}

/** Coins change hands for cash. */
const sellCoins = (draft: Draft, bid: Bid): void => {
  const { pool } = draft
  const { account, bidder, open } = bid
  for (const { id, price, taken } of takenCoins(bid)) {
    const paid = paidFor(pool, price, taken)
    draft.record(
      'CollateralSold',
      {
        liquidation: open.id,
        account: account.id,
        bidder: bidder.id,
        asset: id,
        quantity: format(taken),
        price: format(price),
        paid: format(paid),
      },
      [...transfer(account, bidder, id, taken), ...transfer(bidder, account, pool.settlementAsset ?? '', paid)],
    )
  }
}

/** The bidder's side: the same quantities at the same marks, so the house is flat again. */
const takeOver = (draft: Draft, bid: Bid): void => {
  const { bidder, hedge } = bid
  if (hedge !== undefined) {
    const quantity = negate(hedge.quantity)
    const crowding = crowdingAfter(hedge.instrument, [{ account: bidder, quantity }])
    novate(draft, bidder, hedge.instrument, quantity, hedge.mark, crowding)
  }
  for (const { instrument, quantity: held, mark, taken } of takenPositions(bid)) {
    const quantity = multiply(taken, decimal(String(signOf(held))))
    novate(draft, bidder, instrument, quantity, mark, crowdingAfter(instrument, [{ account: bidder, quantity }]))
  }
}

/** Whether the bidder is paid less, per notional, than the bid asks for. */
const tooLittle = (bid: Bid, { cost, premium, reward }: Price, income: string | undefined): Decision | undefined => {
  if (income === undefined) return undefined
  const paid = sum([cost.pays, premium, reward])
  return atLeast(paid, multiply(decimal(income), notionalOf(bid)))
    ? undefined
    : reject('beyond-limit', `it would bring ${format(paid)}, less than ${income} of ${format(notionalOf(bid))}`)
}

/** Coins are paid for in cash that the bidder has. */
const lacksCash = (draft: Draft, bid: Bid): Decision | undefined => {
  const { pool } = draft
  const cost = costOfCoins(pool, bid)
  const cash = collateralOf(bid.bidder, pool.settlementAsset ?? '')
  return isPositive(cost) && isNegative(cash)
    ? reject(
        'insufficient-margin',
        `${bid.bidder.id} would be left with ${format(cash)} in cash, having paid for coins`,
      )
    : undefined
}

/**
 * Both sides at the mark, and what else is paid; or why not, where the bidder's own margin cannot bear it. Nothing is paid
 * for the hole itself: what an account owes once it is flat goes down the waterfall, whoever has bid for it.
 */
export const fill = (draft: Draft, bid: Bid, income?: string): Decision => {
  const { account, bidder } = bid
  const price = priceOf(draft.pool, bid)
  if (price === undefined)
    return reject('not-reducing', `${account.id} would have to hold more for what is left than it has to now`)
  const little = tooLittle(bid, price, income)
  if (little !== undefined) return little
  closeOut(draft, bid, price)
  sellCoins(draft, bid)
  draw(draft, 'fund', 'auction', account, bidder, price.premium, price.under)
  takeOver(draft, bid)
  const poor = lacksCash(draft, bid)
  if (poor !== undefined) return poor
  const after = healthOf(draft.pool, bidder)
  if (lessThan(after.worst, after.initial)) return lacksMargin(bidder, after)
  const large = tooLarge(draft.pool, bidder)
  if (large !== undefined) return large
  endIfOver(draft, account)
  return accepted
}
