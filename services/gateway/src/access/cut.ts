import { isDueFor } from '@novation/audit'
import type { EventData, EventType, LedgerEvent } from '@novation/events'

/** What of an event's data is told to whom only his own account is shown; nothing where it is not for him. */
type Cut<K extends EventType> = (data: EventData<K>, own: string) => object | undefined

const whole = <D extends object>(data: D): D => data
const nothing = (): undefined => undefined
/** It names one account and nobody else. */
const ofOne = <D extends { readonly account: string }>(data: D, own: string): D | undefined =>
  data.account === own ? data : undefined

/** `undefined` where nothing of a list is his. */
const some = <T>(items: readonly T[]): readonly T[] | undefined => (items.length === 0 ? undefined : items)

const senders = ['trader', 'keeper'] as const

/** Whether an actor is whose account it is. */
const isOwn = (actor: string, own: string): boolean => senders.some((role) => actor === `${role}:${own}`)

/** Of each type, what names him alone. One that is new says nothing until somebody has thought about it: the compiler asks. */
const cuts: { readonly [K in EventType]: Cut<K> } = {
  AssetRegistered: whole,
  AssetParametersSet: whole,
  InstrumentListed: whole,
  InstrumentParametersSet: whole,
  InstrumentStateSet: whole,
  InstrumentDelisting: whole,
  InstrumentExpired: whole,
  PoolParametersSet: whole,
  PriceTick: whole,
  PriceHeld: whole,
  IndexSet: whole,
  QuotesTaken: whole,
  SourceEquivocated: whole,
  ObservationsTaken: whole,
  DepthObserved: whole,
  SourceBonded: whole,
  BondReleased: whole,
  SourcesScored: whole,
  IndexTicked: whole,
  IndexHeld: whole,
  RiskModelSet: whole,
  ForwardTick: whole,
  ForwardHeld: whole,
  VolatilityTick: whole,
  CurveTick: whole,
  ExpiryFixed: whole,
  FundingPaid: whole,
  PoolFrozen: whole,
  PoolThawed: whole,
  InsuranceFunded: nothing,
  BulkStarted: nothing,
  BulkEnded: nothing,
  AccountOpened: ofOne,
  CollateralDeposited: ofOne,
  CollateralWithdrawn: ofOne,
  PositionOpened: ofOne,
  PositionIncreased: ofOne,
  PositionReduced: ofOne,
  PositionClosed: ofOne,
  FundingSettled: ofOne,
  MarginCall: ofOne,
  MarginCallMet: ofOne,
  MarginCallMissed: ofOne,
  DebitCalled: ofOne,
  DebitMet: ofOne,
  LiquidationStarted: ofOne,
  AuctionTurned: ofOne,
  AuctionRestarted: ofOne,
  LiquidationEnded: ofOne,
  ConsentSet: ofOne,
  OrderCancelled: ofOne,
  TradeCleared: ({ buyer, seller, fills = [], ...trade }, own) => {
    const sides = { ...(buyer === own ? { buyer } : {}), ...(seller === own ? { seller } : {}) }
    const filled = some(fills.filter(({ account }) => account === own))
    return Object.keys(sides).length === 0 ? undefined : { ...trade, ...sides, ...(filled && { fills: filled }) }
  },
  TradeBusted: ({ sides, ...trade }, own) => {
    const mine = some(sides.filter(({ account }) => account === own))
    return mine && { ...trade, sides: mine }
  },
  Liquidated: ({ bidder, ...data }, own) => {
    if (data.account === own) return data
    const { liquidation, payment, reward, closed } = data
    const taken = closed.map(({ instrument, quantity, price }) => ({ instrument, quantity, price }))
    return bidder === own ? { liquidation, bidder, closed: taken, payment, reward } : undefined
  },
  CollateralSold: ({ account, bidder, ...data }, own) => {
    const sides = { ...(account === own ? { account } : {}), ...(bidder === own ? { bidder } : {}) }
    return Object.keys(sides).length === 0 ? undefined : { ...data, ...sides }
  },
  // Under whose cap it is counted says who it was.
  InsuranceDrawn: ({ defaulter, to, under, ...data }, own) => {
    const sides = {
      ...(defaulter === own ? { defaulter, ...(under && { under }) } : {}),
      ...(to === own ? { to } : {}),
    }
    return Object.keys(sides).length === 0 ? undefined : { ...data, ...sides }
  },
  CollateralBought: ofOne,
  OwnerSetOff: ({ from, to, amount }, own) => {
    const sides = { ...(from === own ? { from } : {}), ...(to === own ? { to } : {}) }
    return Object.keys(sides).length === 0 ? undefined : { amount, ...sides }
  },
  Deleveraged: (data, own) => {
    const { liquidation, instrument, quantity, price } = data
    if (data.account === own)
      return {
        liquidation,
        account: own,
        instrument,
        quantity,
        price,
        realised: data.realised,
        accountHeld: data.accountHeld,
      }
    if (data.counterparty !== own) return undefined
    const { counterparty, counterpartyRealised, counterpartyHeld, share, rank } = data
    return {
      instrument,
      quantity,
      price,
      counterparty,
      counterpartyRealised,
      counterpartyHeld,
      share,
      class: data.class,
      rank,
    }
  },
  LossSocialized: ({ taken, given, ...totals }, own) => {
    const [lost, got] = [taken, given].map((shares) => some(shares.filter(({ account }) => account === own)))
    return lost === undefined && got === undefined
      ? undefined
      : { ...totals, ...(lost && { taken: lost }), ...(got && { given: got }) }
  },
  InstrumentSettled: ({ instrument, price, positions }, own) => {
    const closed = some(positions.filter(({ account }) => account === own))
    return closed && { instrument, price, positions: closed }
  },
  ExpirySettled: ({ underlying, expiry, price, positions }, own) => {
    const closed = some(positions.filter(({ account }) => account === own))
    return closed && { underlying, expiry, price, positions: closed }
  },
  VariationSettled: ({ positions }, own) => {
    const paid = some(positions.filter(({ account }) => account === own))
    return paid && { positions: paid }
  },
  TimePassed: ({ due }, own) => {
    const mine = some(due.filter((item) => isDueFor(item, own)))
    return mine && { due: mine }
  },
  DomainRenewed: whole,
  IdentityAdopted: ({ keys, ...data }, own) => ({ ...data, keys: keys.filter(({ actor }) => isOwn(actor, own)) }),
  KeyRegistered: (data, own) => (isOwn(data.actor, own) ? data : undefined),
  KeyRevoked: ({ bindings, ...data }, own) => {
    const fell = some(bindings.filter(({ actor }) => isOwn(actor, own)))
    return fell && { ...data, bindings: fell }
  },
  // Its reason may say how others stand.
  CommandRejected: ({ code, command }) => ({ code, command }),
}

/** An event as far as it is one account's: its own postings, and what names it alone. It proves no hash. */
export interface CutEvent {
  readonly id: string
  readonly type: EventType
  readonly pool: string
  readonly revision: number
  readonly at: string
  readonly data: object
  readonly postings: LedgerEvent['postings']
  readonly cut: true
}

/** What is told of an event to who sees one account only; nothing where it is not about that. */
export const cutFor = (event: LedgerEvent, own: string): CutEvent | undefined => {
  const { id, type, pool, revision, at, postings, metadata } = event
  if (type === 'CommandRejected' && !isOwn(metadata.actor, own)) return undefined
  const data = (cuts[type] as Cut<EventType>)(event.data as never, own)
  if (data === undefined) return undefined
  const book = `trader/${own}`
  const mine = postings.filter(({ account }) => account === book || account.startsWith(`${book}/`))
  return { id, type, pool, revision, at, data, postings: mine, cut: true }
}
