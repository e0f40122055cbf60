import type { SeenEvent } from '@novation/client'
import { exactly, isNegative, readable, size } from './amounts'
import { count } from './counts'
import { moment } from './times'

/** What an event says, by field. Whoever sees one account only is not told all of it. */
export type Data = Readonly<Record<string, unknown>>

/** What one is not told, and whom. */
const untold = '…'
const somebody = 'somebody else'

export const textOf = (data: Data, field: string): string => String(data[field] ?? '')

const text = (data: Data, field: string): string => textOf(data, field) || untold
const who = (data: Data, field: string): string => textOf(data, field) || somebody
const plain = (data: Data, field: string): string => text(data, field).replaceAll('-', ' ')

const told = (data: Data, field: string, say: (said: string) => string): string =>
  data[field] === undefined ? untold : say(textOf(data, field))
const amount = (data: Data, field: string): string => told(data, field, readable)
const exact = (data: Data, field: string): string => told(data, field, exactly)
const sized = (data: Data, field: string): string => told(data, field, (quantity) => exactly(size(quantity)))
const time = (data: Data, field: string): string => told(data, field, moment)
const accounts = (data: Data): string => told(data, 'accounts', (many) => count(Number(many), 'account'))
/** A key is known by how it begins. */
const key = (data: Data): string => told(data, 'key', (whole) => `${whole.slice(0, 20)}…`)

const listed = (data: Data, field: string, say: (one: Data) => string): string => {
  const items = (data[field] ?? []) as readonly Data[]
  return items.length === 0 ? untold : items.map(say).join(', ')
}

/** What has a price: an instrument or an asset. */
const priced = (data: Data): string => textOf(data, 'instrument') || text(data, 'asset')

const modelled = (data: Data): string => text((data.model ?? {}) as Data, 'underlying')

const traded = (data: Data): string =>
  `${who(data, 'account')} ${isNegative(textOf(data, 'quantity') || '0') ? 'sells' : 'buys'} ${sized(data, 'quantity')} ${text(data, 'instrument')} at ${exact(data, 'price')}`

const reduced = (data: Data): string => `${traded(data)} and realises ${amount(data, 'realised')}`

const turned = (data: Data): string => {
  if (data.over === true) return `the time of the auction of ${who(data, 'account')} is over`
  return data.solvent === true
    ? `${who(data, 'account')} is worth something again, ${amount(data, 'equity')}; its auction goes on`
    : `${who(data, 'account')} falls below zero in its auction, to ${amount(data, 'equity')}`
}

const states: Readonly<Record<string, string>> = {
  open: 'is open for trading',
  'reduce-only': 'takes nothing but reductions from now on',
  halted: 'is halted: nothing is traded in it',
}

const consents: Readonly<Record<string, string>> = {
  venue: 'leaves trades and withdrawals to the venue',
  withdrawals: 'has to sign for what leaves it',
  orders: 'has to sign for its trades and for what leaves it',
}

/** What happened, in a line: one for each type of event. */
export const sentences = {
  AssetRegistered: (data) => `${text(data, 'asset')} is registered`,
  AssetParametersSet: (data) => `how much of ${text(data, 'asset')} counts is set anew`,
  InstrumentListed: (data) => `${text(data, 'instrument')} is listed`,
  InstrumentParametersSet: (data) =>
    `the terms of ${text(data, 'instrument')} are changed${data.from === undefined ? '' : `: nobody is liquidated by more than before until ${time(data, 'from')}`}`,
  InstrumentStateSet: (data) =>
    `${text(data, 'instrument')} ${states[textOf(data, 'state')] ?? `is ${text(data, 'state')} now`}`,
  InstrumentDelisting: (data) =>
    `${text(data, 'instrument')} is to end at ${time(data, 'at')}, and takes nothing but reductions until then`,
  InstrumentExpired: (data) =>
    data.fixing === undefined
      ? `${text(data, 'instrument')} expires, and waits for a price to be settled at`
      : `${text(data, 'instrument')} expires, fixed at ${exact(data, 'fixing')}`,
  InstrumentSettled: (data) => `${text(data, 'instrument')} is settled at ${exact(data, 'price')}`,
  PoolParametersSet: () => 'parameters of the pool are set',
  AccountOpened: (data) => `${who(data, 'account')} is opened`,
  ConsentSet: (data) =>
    `${who(data, 'account')} ${consents[textOf(data, 'consent')] ?? `consents to ${text(data, 'consent')}`}, from ${time(data, 'from')} on`,
  OrderCancelled: (data) => `${who(data, 'account')} cancels its order ${text(data, 'order')}`,
  CollateralDeposited: (data) => `${who(data, 'account')} deposits ${amount(data, 'amount')} ${text(data, 'asset')}`,
  CollateralWithdrawn: (data) => `${who(data, 'account')} withdraws ${amount(data, 'amount')} ${text(data, 'asset')}`,
  InsuranceFunded: (data) =>
    `${amount(data, 'amount')} ${text(data, 'asset')} are put behind the ${plain(data, 'tranche')}`,
  PriceTick: (data) => `${priced(data)} is marked at ${exact(data, 'price')}`,
  PriceHeld: (data) =>
    `a price of ${exact(data, 'price')} for ${priced(data)} is far from ${exact(data, 'mark')}: it waits for another like it`,
  IndexSet: () => 'it is said whose quotes make an index',
  QuotesTaken: () => 'what sources have signed is taken',
  SourceEquivocated: (data) =>
    `${text(data, 'source')} has signed two truths of ${text(data, 'base')}, and counts no more${data.bond === undefined ? '' : `: its bond of ${amount(data, 'bond')} is the insurance fund's`}`,
  ObservationsTaken: () => 'sources tell what they see of a market beside its price',
  DepthObserved: (data) => `how deep the market of ${text(data, 'index')} is has changed`,
  SourceBonded: (data) =>
    `${text(data, 'source')} puts up ${amount(data, 'amount')} ${text(data, 'asset')} for what it signs`,
  BondReleased: (data) =>
    `${text(data, 'source')} has ${amount(data, 'amount')} ${text(data, 'asset')} of its bond back`,
  SourcesScored: (data) => `it is said how the sources of ${text(data, 'index')} did, and who counts half`,
  IndexTicked: (data) => `${text(data, 'index')} is at ${exact(data, 'price')}`,
  IndexHeld: (data) =>
    `${text(data, 'index')} would be at ${exact(data, 'candidate')}: that waits until it is confirmed, or within its band`,
  RiskModelSet: (data) => `options on ${modelled(data)} are margined by another model from now on`,
  ForwardTick: (data) => `${text(data, 'underlying')} for ${time(data, 'expiry')} is at ${exact(data, 'price')}`,
  ForwardHeld: (data) =>
    `a forward of ${exact(data, 'price')} for ${text(data, 'underlying')} is far from ${exact(data, 'last')}: it waits for another like it`,
  VolatilityTick: (data) => `the volatility of ${text(data, 'underlying')} for ${time(data, 'expiry')} is told`,
  CurveTick: (data) => `the discount factors of ${text(data, 'curve')} are told`,
  ExpiryFixed: (data) =>
    `what ends on ${text(data, 'underlying')} at ${time(data, 'expiry')} is settled at ${exact(data, 'price')}`,
  ExpirySettled: (data) =>
    `what ended on ${text(data, 'underlying')} at ${time(data, 'expiry')} is settled at ${exact(data, 'price')}`,
  VariationSettled: () => 'what positions have come to is paid in cash',
  TradeCleared: (data) =>
    `${who(data, 'buyer')} buys ${exact(data, 'quantity')} ${text(data, 'instrument')} from ${who(data, 'seller')} at ${exact(data, 'price')}`,
  TradeBusted: (data) =>
    `trade ${text(data, 'trade')} in ${text(data, 'instrument')} was a mistake: it is taken back at ${exact(data, 'price')}`,
  PositionOpened: traded,
  PositionIncreased: traded,
  PositionReduced: reduced,
  PositionClosed: reduced,
  FundingPaid: (data) => `funding of ${exact(data, 'rate')} is due on ${text(data, 'instrument')}`,
  FundingSettled: (data) =>
    `${who(data, 'account')} settles funding of ${amount(data, 'amount')} on ${text(data, 'instrument')}`,
  MarginCall: (data) => `${who(data, 'account')} is called for ${amount(data, 'amount')}`,
  MarginCallMet: (data) => `the call of ${who(data, 'account')} is met`,
  MarginCallMissed: (data) => `${who(data, 'account')} has missed its call of ${amount(data, 'amount')}`,
  DebitCalled: (data) =>
    `${who(data, 'account')} owes ${amount(data, 'amount')} and has coins: they are sold for it after ${time(data, 'deadline')}`,
  DebitMet: (data) => `${who(data, 'account')} owes nothing any more`,
  LiquidationStarted: (data) => `the auction of ${who(data, 'account')} begins, worth ${amount(data, 'equity')}`,
  AuctionTurned: turned,
  AuctionRestarted: (data) => `the auction of ${who(data, 'account')} begins anew`,
  Liquidated: (data) =>
    `${who(data, 'bidder')} takes ${listed(data, 'closed', (one) => `${sized(one, 'quantity')} ${text(one, 'instrument')}`)} of ${who(data, 'account')}`,
  CollateralSold: (data) =>
    `${who(data, 'bidder')} buys ${exact(data, 'quantity')} ${text(data, 'asset')} of ${who(data, 'account')} for ${amount(data, 'paid')}`,
  CollateralBought: (data) =>
    `the fund buys ${exact(data, 'quantity')} ${text(data, 'asset')} of ${who(data, 'account')} for ${amount(data, 'paid')}`,
  LiquidationEnded: (data) => `the liquidation of ${who(data, 'account')} ends: ${plain(data, 'reason')}`,
  InsuranceDrawn: (data) => `the ${plain(data, 'layer')} pays ${amount(data, 'amount')} for ${who(data, 'defaulter')}`,
  OwnerSetOff: (data) =>
    `${amount(data, 'amount')} go from ${who(data, 'from')} to ${who(data, 'to')} of the same owner`,
  Deleveraged: (data) =>
    `${sized(data, 'quantity')} ${text(data, 'instrument')} of ${who(data, 'account')} are closed at the mark against ${who(data, 'counterparty')}`,
  LossSocialized: (data) => `a loss of ${amount(data, 'loss')} falls on those in profit`,
  PoolFrozen: (data) => `the pool is frozen: ${amount(data, 'shortfall')} may be missing`,
  PoolThawed: () => 'the pool is open again',
  BulkStarted: (data) => `a ${plain(data, 'what')} over ${accounts(data)} begins, in parts`,
  BulkEnded: (data) => `a ${plain(data, 'what')} over ${accounts(data)} is done`,
  TimePassed: (data) => `time has come for ${listed(data, 'due', (one) => `${plain(one, 'what')} ${text(one, 'id')}`)}`,
  IdentityAdopted: (data) =>
    `commands have to be signed from now on, by ${listed(data, 'keys', (one) => text(one, 'actor'))} first`,
  DomainRenewed: () => 'the pool has a new domain: what was signed for the old one counts no more',
  KeyRegistered: (data) => `the key ${key(data)} is registered for ${text(data, 'actor')}`,
  KeyRevoked: (data) => `the key ${key(data)} is revoked: ${plain(data, 'reason')}`,
  CommandRejected: (data) => `a command is turned down, ${text(data, 'code')}: ${text(data, 'reason')}`,
} as const satisfies Partial<Readonly<Record<SeenEvent['type'], (data: Data) => string>>>
