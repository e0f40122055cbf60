import * as t from 'io-ts'
import { bulk, defaultEvents } from './default-events'
import { oneOf, open, tolerant } from './fields'
import { IndexSettlement, oracleEvents } from './oracle'
import { riskEvents } from './risk'
import { Consent, LiquidationChange, MarginTerms, PoolParameters } from './terms'
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
/** How crowded the instrument was when the position grew, where its initial rate depends on that. */
const crowding = { crowding: AmountText }
/** `quantity` is the signed change, `held` what is held afterwards. */
const move = { account: Id, instrument: Id, quantity: AmountText, held: AmountText, price: AmountText }
/** Of an order, known by the digest of what its owner signed: how much of it is filled by now, and until when it can be. */
const fill = open('Fill', { account: Id, order: Id, digest: Digest, filled: AmountText, until: InstantText })
const binding = open('Binding', { actor: Actor, key: Key })
/** What may touch more accounts than one append holds. */
const bulkWork = oneOf('settlement', 'loss', 'deleveraging', 'expiry', 'variation')

/** What each event says, version 1 of every schema. */
export const eventData = {
  AssetRegistered: open(
    'AssetRegistered',
    { asset: Id, decimals: Places, haircut: AmountText, settlement: t.boolean },
    { cap: AmountText, coinShare: AmountText, index: Id },
  ),
  /** A higher haircut counts for what new risk needs at once, and for what an account is liquidated below `from` then on. */
  AssetParametersSet: open(
    'AssetParametersSet',
    { asset: Id },
    { haircut: AmountText, from: InstantText, cap: AmountText, coinShare: AmountText },
  ),
  /** An option is margined by the model of its underlying, anything else by its own table. With a `marginFloor` it may cost nothing, or less: then that is what notional is of at the least. */
  InstrumentListed: open(
    'InstrumentListed',
    {
      instrument: Id,
      kind: oneOf('perpetual', 'future', 'option'),
      settlementAsset: Id,
      multiplier: AmountText,
      lot: AmountText,
      gap: AmountText,
    },
    {
      margin: tolerant(MarginTerms),
      underlying: Id,
      expiry: InstantText,
      strike: AmountText,
      optionType: oneOf('call', 'put'),
      liquidation: tolerant(LiquidationChange),
      marginFloor: AmountText,
      index: Id,
      settlement: tolerant(IndexSettlement),
    },
  ),
  /** Complete as it stands now. Initial rates count at once; what is higher of maintenance than before, `from` then on. */
  InstrumentParametersSet: open(
    'InstrumentParametersSet',
    { instrument: Id },
    { margin: tolerant(MarginTerms), from: InstantText, liquidation: tolerant(LiquidationChange) },
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
    { account: Id, margin: oneOf('cross', 'isolated', 'portfolio') },
    { owner: Remark, consent: Consent },
  ),
  /** What is looser than before holds only from then on: whoever owns the account can still object. */
  ConsentSet: open('ConsentSet', { account: Id, consent: Consent, from: InstantText }),
  OrderCancelled: open('OrderCancelled', { account: Id, order: Id }, { until: InstantText }),
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
    {
      instrument: Id,
      asset: Id,
      sources: t.readonlyArray(Remark),
      confidence: AmountText,
      index: Id,
      slow: AmountText,
    },
  ),
  /**
   * A price too far from the mark to be believed at once: it moves worst and best alone, until another like it comes so much
   * later than `since`, when the first of these was observed.
   */
  PriceHeld: open(
    'PriceHeld',
    { price: AmountText, mark: AmountText, observedAt: InstantText, since: InstantText },
    { instrument: Id, asset: Id, sources: t.readonlyArray(Remark), confidence: AmountText, index: Id },
  ),
  ...oracleEvents,
  ...riskEvents,
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
  /**
   * A trade was taken back, at its price: `corrects` is the revision at which it was cleared. Of each side, the signed change of
   * what it holds, and what it holds afterwards; `reversed` is what the trade had realised for it, the other way, `realised` what
   * a position realises of which nothing is left.
   */
  TradeBusted: open('TradeBusted', {
    trade: Id,
    instrument: Id,
    price: AmountText,
    corrects: Count,
    sides: t.readonlyArray(
      open(
        'BustedSide',
        { account: Id, quantity: AmountText, held: AmountText, reversed: AmountText, realised: AmountText },
        crowding,
      ),
    ),
  }),
  PositionOpened: open('PositionOpened', move, crowding),
  PositionIncreased: open('PositionIncreased', move, crowding),
  PositionReduced: open('PositionReduced', { ...move, realised: AmountText }),
  PositionClosed: open('PositionClosed', { ...move, realised: AmountText }),
  FundingPaid: open('FundingPaid', { instrument: Id, rate: AmountText, mark: AmountText, index: AmountText }),
  FundingSettled: open('FundingSettled', { account: Id, instrument: Id, amount: AmountText, index: AmountText }),
  ...defaultEvents,
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
      underlying: Id,
      expiry: InstantText,
      instruments: t.readonlyArray(Id),
      price: AmountText,
      totals: open('Totals', { loss: AmountText, profits: AmountText, uncovered: AmountText }),
    },
  ),
  BulkEnded: open(
    'BulkEnded',
    { bulk: Id, what: bulkWork, accounts: Count },
    { instrument: Id, underlying: Id, expiry: InstantText },
  ),
  PoolFrozen: open('PoolFrozen', { shortfall: AmountText, resources: AmountText }),
  PoolThawed: open('PoolThawed', { shortfall: AmountText, resources: AmountText }),
  TimePassed: open('TimePassed', {
    due: t.readonlyArray(
      open('Due', {
        what: oneOf(
          'margin-call',
          'debit',
          'auction',
          'expiry',
          'loss',
          'wear',
          'dead',
          'fixing',
          'terms',
          'caps',
          'expiry-fixing',
        ),
        id: DueId,
      }),
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
