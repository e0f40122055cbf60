import * as t from 'io-ts'
import { oneOf, open, tolerant } from './fields'
import { Consent, LiquidationChange, LiquidationTerms, MarginTerms, PoolParameters } from './terms'
import {
  Actor,
  AmountText,
  Count,
  Digest,
  DueId,
  Id,
  InstantText,
  Key,
  LiquidationId,
  Places,
  Reason,
  Remark,
  Seconds,
} from './text'

const amount = { account: Id, asset: Id, amount: AmountText }
/** `quantity` is the signed change, `held` what is held afterwards. */
/** What the account depends on whose price was missing: its worth was then taken at the best, or at the worst. */
const missing = { missing: t.readonlyArray(Id) }
/** How crowded the instrument was when the position grew, where its initial rate depends on that. */
const crowding = { crowding: AmountText }
const move = { account: Id, instrument: Id, quantity: AmountText, held: AmountText, price: AmountText }
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
/** Of an order, known by the digest of what its owner signed: how much of it is filled by now, and until when it can be. */
const fill = open('Fill', { account: Id, order: Id, digest: Digest, filled: AmountText, until: InstantText })
const bulk = { bulk: Id }
const binding = open('Binding', { actor: Actor, key: Key })
/** What may touch more accounts than one append holds. */
const bulkWork = oneOf('settlement', 'loss', 'deleveraging')

/** What each event says, version 1 of every schema. */
export const eventData = {
  AssetRegistered: open(
    'AssetRegistered',
    { asset: Id, decimals: Places, haircut: AmountText, settlement: t.boolean },
    { cap: AmountText, coinShare: AmountText },
  ),
  AssetParametersSet: open('AssetParametersSet', { asset: Id }, { cap: AmountText, coinShare: AmountText }),
  InstrumentListed: open(
    'InstrumentListed',
    {
      instrument: Id,
      kind: oneOf('perpetual', 'future'),
      settlementAsset: Id,
      multiplier: AmountText,
      lot: AmountText,
      margin: tolerant(MarginTerms),
      gap: AmountText,
    },
    { underlying: Id, expiry: InstantText, liquidation: tolerant(LiquidationChange) },
  ),
  InstrumentStateSet: open('InstrumentStateSet', {
    instrument: Id,
    state: oneOf('open', 'reduce-only', 'halted'),
  }),
  /** Only reductions are taken from now on, and at that time it expires. */
  InstrumentDelisting: open('InstrumentDelisting', { instrument: Id, at: InstantText }),
  /** `fixing` is the price it is settled at; without one an operator names it. */
  InstrumentExpired: open('InstrumentExpired', { instrument: Id }, { fixing: AmountText }),
  PoolParametersSet: open('PoolParametersSet', { parameters: tolerant(PoolParameters) }),
  AccountOpened: open(
    'AccountOpened',
    { account: Id, margin: oneOf('cross', 'isolated') },
    { owner: Remark, consent: Consent },
  ),
  /** What is looser than before holds only from then on: whoever owns the account can still object. */
  ConsentSet: open('ConsentSet', { account: Id, consent: Consent, from: InstantText }),
  OrderCancelled: open('OrderCancelled', { account: Id, order: Id }),
  CollateralDeposited: open('CollateralDeposited', amount),
  CollateralWithdrawn: open('CollateralWithdrawn', amount),
  InsuranceFunded: open('InsuranceFunded', {
    asset: Id,
    amount: AmountText,
    tranche: oneOf('fund', 'skin-in-the-game'),
  }),
  PriceTick: open(
    'PriceTick',
    { price: AmountText, observedAt: InstantText },
    { instrument: Id, asset: Id, sources: t.readonlyArray(Remark), confidence: AmountText },
  ),
  TradeCleared: open(
    'TradeCleared',
    {
      trade: Id,
      instrument: Id,
      buyer: Id,
      seller: Id,
      quantity: AmountText,
      price: AmountText,
    },
    { fills: t.readonlyArray(fill) },
  ),
  PositionOpened: open('PositionOpened', move, crowding),
  PositionIncreased: open('PositionIncreased', move, crowding),
  PositionReduced: open('PositionReduced', { ...move, realised: AmountText }),
  PositionClosed: open('PositionClosed', { ...move, realised: AmountText }),
  FundingPaid: open('FundingPaid', { instrument: Id, rate: AmountText, mark: AmountText, index: AmountText }),
  FundingSettled: open('FundingSettled', { account: Id, instrument: Id, amount: AmountText, index: AmountText }),
  /** `equity` is the worth at the best; `amount` is what is lacking at the worst. */
  MarginCall: open(
    'MarginCall',
    { ...health, initialMargin: AmountText, amount: AmountText, deadline: InstantText },
    missing,
  ),
  /** `equity` is the worth at the worst. */
  MarginCallMet: open('MarginCallMet', { account: Id, equity: AmountText, initialMargin: AmountText }, missing),
  MarginCallMissed: open('MarginCallMissed', { account: Id, amount: AmountText, deadline: InstantText }),
  /** `equity` is the worth at the best. */
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
      /** Its coins and their top prices in this cycle and the last. */
      coins: t.readonlyArray(open('CoinAtStart', { asset: Id, amount: AmountText, high: AmountText })),
      ...missing,
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
  InstrumentSettled: open(
    'InstrumentSettled',
    {
      instrument: Id,
      price: AmountText,
      positions: t.readonlyArray(
        open('Settled', { account: Id, quantity: AmountText, realised: AmountText }, { funding: AmountText }),
      ),
    },
    bulk,
  ),
  BulkStarted: open(
    'BulkStarted',
    { bulk: Id, what: bulkWork, accounts: Count },
    {
      liquidation: LiquidationId,
      instrument: Id,
      price: AmountText,
      totals: open('Totals', { loss: AmountText, profits: AmountText, uncovered: AmountText }),
    },
  ),
  BulkEnded: open('BulkEnded', { bulk: Id, what: bulkWork, accounts: Count }, { instrument: Id }),
  PoolFrozen: open('PoolFrozen', { shortfall: AmountText, resources: AmountText }),
  PoolThawed: open('PoolThawed', { shortfall: AmountText, resources: AmountText }),
  TimePassed: open('TimePassed', {
    due: t.readonlyArray(
      open('Due', { what: oneOf('margin-call', 'auction', 'expiry', 'loss', 'wear', 'dead'), id: DueId }),
    ),
  }),
  /** With the delays that hold from now on, so that history never depends on a default. */
  IdentityAdopted: open('IdentityAdopted', {
    domain: Id,
    keys: t.readonlyArray(binding),
    development: t.boolean,
    commandLife_s: Seconds,
    keyDelay_s: Seconds,
    recoveryDelay_s: Seconds,
  }),
  DomainRenewed: open('DomainRenewed', { domain: Id }),
  /** `by` are the keys, active then, that signed it. */
  KeyRegistered: open('KeyRegistered', {
    actor: Actor,
    key: Key,
    activeFrom: InstantText,
    by: t.readonlyArray(Key),
  }),
  /** `bindings` is all that fell: that of the key, and what it had registered. */
  KeyRevoked: open('KeyRevoked', {
    key: Key,
    reason: oneOf('retired', 'compromised', 'lost'),
    bindings: t.readonlyArray(binding),
  }),
  CommandRejected: open('CommandRejected', { code: Id, reason: Reason, command: Id }),
} as const

export type EventType = keyof typeof eventData
export type EventData<K extends EventType> = t.TypeOf<(typeof eventData)[K]>

export const isEventType = (name: string): name is EventType => Object.hasOwn(eventData, name)

/** Every type of event there is, by name. */
export const eventTypes = (Object.keys(eventData) as EventType[]).sort()
