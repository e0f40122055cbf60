import type { SeenEvent } from '@novation/client'
import { exactly, isNegative, readable, size } from './amounts'

/** The name of a type in words: `MarginCallMet` is `margin call met`. */
export const words = (type: string): string => type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()

type Data = Readonly<Record<string, unknown>>

const text = (data: Data, field: string): string => String(data[field] ?? '')
const amount = (data: Data, field: string): string => readable(text(data, field))

const traded = (data: Data): string =>
  `${isNegative(text(data, 'quantity')) ? 'sells' : 'buys'} ${exactly(size(text(data, 'quantity')))} ${text(data, 'instrument')} at ${exactly(text(data, 'price'))}`

const closed = (data: Data): string => {
  const items = (data.closed ?? []) as readonly Readonly<Record<string, string>>[]
  return items.map(({ instrument, quantity = '0' }) => `${exactly(size(quantity))} ${instrument}`).join(', ')
}

const due = (data: Data): string => {
  const items = (data.due ?? []) as readonly Readonly<Record<string, string>>[]
  return items.map(({ what = '', id }) => `${what.replace('-', ' ')} ${id}`).join(', ')
}

/** What happened, in a line. A type that has no sentence of its own is named, with whom it is about. */
const sentences: Readonly<Record<string, (data: Data) => string>> = {
  PriceTick: (data) =>
    `${text(data, 'instrument') || text(data, 'asset')} is marked at ${exactly(text(data, 'price'))}`,
  AccountOpened: (data) => `${text(data, 'account')} is opened`,
  CollateralDeposited: (data) => `${text(data, 'account')} deposits ${amount(data, 'amount')} ${text(data, 'asset')}`,
  CollateralWithdrawn: (data) => `${text(data, 'account')} withdraws ${amount(data, 'amount')} ${text(data, 'asset')}`,
  InsuranceFunded: (data) =>
    `${amount(data, 'amount')} ${text(data, 'asset')} are put behind the ${text(data, 'tranche').replaceAll('-', ' ')}`,
  TradeCleared: (data) =>
    `${text(data, 'buyer')} buys ${exactly(text(data, 'quantity'))} ${text(data, 'instrument')} from ${text(data, 'seller')} at ${exactly(text(data, 'price'))}`,
  PositionOpened: (data) => `${text(data, 'account')} ${traded(data)}`,
  PositionIncreased: (data) => `${text(data, 'account')} ${traded(data)}`,
  PositionReduced: (data) => `${text(data, 'account')} ${traded(data)} and realises ${amount(data, 'realised')}`,
  PositionClosed: (data) => `${text(data, 'account')} ${traded(data)} and realises ${amount(data, 'realised')}`,
  FundingPaid: (data) => `funding of ${exactly(text(data, 'rate'))} is due on ${text(data, 'instrument')}`,
  FundingSettled: (data) =>
    `${text(data, 'account')} settles funding of ${amount(data, 'amount')} on ${text(data, 'instrument')}`,
  MarginCall: (data) => `${text(data, 'account')} is called for ${amount(data, 'amount')}`,
  MarginCallMet: (data) => `the call of ${text(data, 'account')} is met`,
  MarginCallMissed: (data) => `${text(data, 'account')} has missed its call of ${amount(data, 'amount')}`,
  LiquidationStarted: (data) => `the auction of ${text(data, 'account')} begins, worth ${amount(data, 'equity')}`,
  AuctionTurned: (data) =>
    data.over === true
      ? `the time of the auction of ${text(data, 'account')} is over`
      : data.solvent === true
        ? `${text(data, 'account')} is worth something again, ${amount(data, 'equity')}; its auction goes on`
        : `${text(data, 'account')} falls below zero in its auction, to ${amount(data, 'equity')}`,
  AuctionRestarted: (data) => `the auction of ${text(data, 'account')} begins anew`,
  OwnerSetOff: (data) =>
    `${amount(data, 'amount')} go from ${text(data, 'from')} to ${text(data, 'to')} of the same owner`,
  InstrumentListed: (data) => `${text(data, 'instrument')} is listed`,
  AssetRegistered: (data) => `${text(data, 'asset')} is registered`,
  PoolParametersSet: () => 'parameters of the pool are set',
  Liquidated: (data) => `${text(data, 'bidder')} takes ${closed(data)} of ${text(data, 'account')}`,
  CollateralSold: (data) =>
    `${text(data, 'bidder')} buys ${exactly(text(data, 'quantity'))} ${text(data, 'asset')} of ${text(data, 'account')} for ${amount(data, 'paid')}`,
  LiquidationEnded: (data) => `the liquidation of ${text(data, 'account')} ends: ${text(data, 'reason')}`,
  Deleveraged: (data) =>
    `${exactly(size(text(data, 'quantity')))} ${text(data, 'instrument')} of ${text(data, 'account')} are closed at the mark against ${text(data, 'counterparty')}`,
  InsuranceDrawn: (data) =>
    `the ${text(data, 'layer').replaceAll('-', ' ')} pays ${amount(data, 'amount')} for ${text(data, 'defaulter')}`,
  CollateralBought: (data) =>
    `the fund buys ${exactly(text(data, 'quantity'))} ${text(data, 'asset')} of ${text(data, 'account')} for ${amount(data, 'paid')}`,
  LossSocialized: (data) => `a loss of ${amount(data, 'loss')} falls on those in profit`,
  InstrumentSettled: (data) => `${text(data, 'instrument')} is settled at ${exactly(text(data, 'price'))}`,
  PoolFrozen: (data) => `the pool is frozen: ${amount(data, 'shortfall')} may be missing`,
  PoolThawed: () => 'the pool is open again',
  TimePassed: (data) => `time has come for ${due(data)}`,
  CommandRejected: (data) => `a command is turned down, ${text(data, 'code')}: ${text(data, 'reason')}`,
}

export const happened = ({ type, data }: Pick<SeenEvent, 'type' | 'data'>): string => {
  const fields = data as Data
  const sentence = sentences[type]?.(fields)
  if (sentence !== undefined) return sentence
  const whom = ['account', 'instrument', 'asset'].map((field) => text(fields, field)).find((name) => name !== '')
  return whom === undefined ? words(type) : `${words(type)}: ${whom}`
}
