import * as t from 'io-ts'
import { oneOf, open, tolerant } from './fields'
import { LiquidationTerms } from './terms'
import { AmountText, Count, Id, InstantText, LiquidationId, Remark } from './text'

/** What the account depends on whose price was missing, of an option what that is marked by: its worth was then taken at the best, or at the worst. */
const missing = { missing: t.readonlyArray(Remark) }
/** Where a model margins what it holds: at which revision each of what that takes was told last; and what is the worst for each underlying of a portfolio. */
const modelled = {
  inputs: t.readonlyArray(open('Input', { input: Remark, revision: Count })),
  binding: t.readonlyArray(open('Binding', { underlying: Id, row: Remark })),
}
const health = { account: Id, equity: AmountText, maintenanceMargin: AmountText }
const share = open('Share', { account: Id, amount: AmountText })
/** Of the profit made in one instrument, or of all of it where none is named. */
const takenShare = open('TakenShare', { account: Id, amount: AmountText }, { instrument: Id })
/** What of a payment counts under the cap of an owner, an instrument or a coin, and how high that is in this window. */
const drawing = open('Drawing', {
  what: oneOf('owner', 'instrument', 'coin'),
  id: Id,
  amount: AmountText,
  cap: AmountText,
})
/** Of what is done in parts: of which work. */
export const bulk = { bulk: Id }

/** What each event says of margin calls, liquidations and losses. */
export const defaultEvents = {
  /** `equity` is the worth at the best; `amount` is what is lacking at the worst. */
  MarginCall: open(
    'MarginCall',
    { ...health, initialMargin: AmountText, amount: AmountText, deadline: InstantText },
    { ...missing, ...modelled },
  ),
  /** `equity` is the worth at the worst. */
  MarginCallMet: open('MarginCallMet', { account: Id, equity: AmountText, initialMargin: AmountText }, missing),
  MarginCallMissed: open('MarginCallMissed', { account: Id, amount: AmountText, deadline: InstantText }),
  /** An account owes cash and has coins: so much is to come in until the deadline, or coins are sold for it. */
  DebitCalled: open('DebitCalled', { account: Id, amount: AmountText, deadline: InstantText }),
  DebitMet: open('DebitMet', { account: Id }),
  /** `equity` is the worth at the best; `cause` where it is not that this is below maintenance margin. */
  LiquidationStarted: open(
    'LiquidationStarted',
    {
      ...health,
      liquidation: LiquidationId,
      solvent: t.boolean,
      ends: InstantText,
      terms: tolerant(LiquidationTerms),
      positions: t.readonlyArray(
        open('PositionAtStart', {
          instrument: Id,
          quantity: AmountText,
          mark: AmountText,
          maintenanceMargin: AmountText,
          bankruptcyPrice: AmountText,
        }),
      ),
    },
    {
      cause: oneOf('call', 'debit'),
      /** Its coins and their top prices in this cycle and the last. */
      coins: t.readonlyArray(open('CoinAtStart', { asset: Id, amount: AmountText, high: AmountText })),
      ...missing,
      ...modelled,
    },
  ),
  /**
   * What an auction has come to has changed otherwise than by time: the account is below zero or no longer, and no longer
   * over is an auction in which less has been dealt in than was thought. `equity` is the worth at the best.
   */
  AuctionTurned: open('AuctionTurned', { ...health, liquidation: LiquidationId, solvent: t.boolean, over: t.boolean }),
  AuctionRestarted: open('AuctionRestarted', {
    ...health,
    liquidation: LiquidationId,
    solvent: t.boolean,
    ends: InstantText,
  }),
  Liquidated: open('Liquidated', {
    ...health,
    liquidation: LiquidationId,
    bidder: Id,
    solvent: t.boolean,
    discount: AmountText,
    closed: t.readonlyArray(
      open('ClosedPosition', {
        instrument: Id,
        quantity: AmountText,
        held: AmountText,
        price: AmountText,
        realised: AmountText,
      }),
    ),
    payment: AmountText,
    charge: AmountText,
    reward: AmountText,
    tipLeft: AmountText,
    keptShare: AmountText,
  }),
  /** A coin of an account under liquidation goes to who bids, at its price; `paid` is rounded up. */
  CollateralSold: open('CollateralSold', {
    liquidation: LiquidationId,
    account: Id,
    bidder: Id,
    asset: Id,
    quantity: AmountText,
    price: AmountText,
    paid: AmountText,
  }),
  /** `equity` is the worth at the worst. */
  LiquidationEnded: open(
    'LiquidationEnded',
    {
      ...health,
      liquidation: LiquidationId,
      reason: oneOf('restored', 'closed', 'deleveraged', 'closed-out', 'unpriced'),
    },
    missing,
  ),
  InsuranceDrawn: open(
    'InsuranceDrawn',
    {
      layer: oneOf('fund', 'skin-in-the-game'),
      defaulter: Id,
      to: Id,
      purpose: oneOf('auction', 'deleverage', 'write-off'),
      amount: AmountText,
    },
    { liquidation: LiquidationId, under: t.readonlyArray(drawing) },
  ),
  /** The fund takes a coin of somebody who owes, for so much of the debt; `price` is its own. */
  CollateralBought: open('CollateralBought', {
    account: Id,
    asset: Id,
    quantity: AmountText,
    price: AmountText,
    paid: AmountText,
    under: t.readonlyArray(drawing),
  }),
  /** One account of an owner paid what another one owed. */
  OwnerSetOff: open('OwnerSetOff', { owner: Id, from: Id, to: Id, amount: AmountText }),
  /** `share` is what the counterparty receives of what the account was worth; of class 0 is who stands below its own line. */
  Deleveraged: open('Deleveraged', {
    liquidation: LiquidationId,
    account: Id,
    counterparty: Id,
    instrument: Id,
    quantity: AmountText,
    price: AmountText,
    class: Count,
    rank: Count,
    share: AmountText,
    realised: AmountText,
    counterpartyRealised: AmountText,
    accountHeld: AmountText,
    counterpartyHeld: AmountText,
  }),
  LossSocialized: open(
    'LossSocialized',
    {
      loss: AmountText,
      profits: AmountText,
      taken: t.readonlyArray(takenShare),
      given: t.readonlyArray(share),
      uncovered: AmountText,
    },
    bulk,
  ),
} as const
