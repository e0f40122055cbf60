import * as t from 'io-ts'
import { closed, oneOf } from './fields'
import { IndexSettlement, oracleCommands } from './oracle'
import { riskCommands } from './risk'
import { Consent, LiquidationChange, MarginTerms, PoolParametersChange } from './terms'
import { Actor, DecimalText, Id, Key, LiquidationId, Places, PoolName, Remark, SignatureText, TimeText } from './text'

const amountOf = { account: Id, asset: Id, amount: DecimalText }

const wanted = {
  order: Id,
  account: Id,
  instrument: Id,
  side: oneOf('buy', 'sell'),
  quantity: DecimalText,
  limit: DecimalText,
  until: TimeText,
}

/** What an owner wants: to buy or sell so much, at `limit` or better, until then. */
export const UnsignedOrder = closed('Order', wanted)
export type UnsignedOrder = t.TypeOf<typeof UnsignedOrder>

/** The same, and who has signed it (protocol 30). */
export const Order = closed('Order', { ...wanted, key: Key, signature: SignatureText })
export type Order = t.TypeOf<typeof Order>

/** What each command carries. Shapes only: whether it may happen is the ledger's to decide. */
export const commandData = {
  RegisterAsset: closed(
    'RegisterAsset',
    { asset: Id, decimals: Places },
    { haircut: DecimalText, settlement: t.boolean, cap: DecimalText, coinShare: DecimalText, index: Id },
  ),
  SetAssetParameters: closed(
    'SetAssetParameters',
    { asset: Id },
    { haircut: DecimalText, cap: DecimalText, coinShare: DecimalText },
  ),
  ListInstrument: closed(
    'ListInstrument',
    {
      instrument: Id,
      kind: oneOf('perpetual', 'future', 'option', 'swap'),
      settlementAsset: Id,
    },
    {
      margin: MarginTerms,
      multiplier: DecimalText,
      lot: DecimalText,
      gap: DecimalText,
      signed: t.boolean,
      marginFloor: DecimalText,
      underlying: Id,
      expiry: TimeText,
      strike: DecimalText,
      optionType: oneOf('call', 'put'),
      liquidation: LiquidationChange,
      index: Id,
      settlement: IndexSettlement,
    },
  ),
  SetInstrumentParameters: closed(
    'SetInstrumentParameters',
    { instrument: Id },
    { margin: MarginTerms, liquidation: LiquidationChange },
  ),
  SetInstrumentState: closed('SetInstrumentState', { instrument: Id, state: oneOf('open', 'reduce-only', 'halted') }),
  DelistInstrument: closed('DelistInstrument', { instrument: Id, at: TimeText }),
  SetPoolParameters: PoolParametersChange,
  OpenAccount: closed(
    'OpenAccount',
    { account: Id },
    { owner: Remark, margin: oneOf('cross', 'isolated', 'portfolio'), consent: Consent },
  ),
  SetConsent: closed('SetConsent', { account: Id, consent: Consent }),
  CancelOrder: closed('CancelOrder', { account: Id, order: Id }, { until: TimeText }),
  Deposit: closed('Deposit', amountOf),
  Withdraw: closed('Withdraw', amountOf),
  FundInsurance: closed(
    'FundInsurance',
    { asset: Id, amount: DecimalText },
    { tranche: oneOf('fund', 'skin-in-the-game') },
  ),
  PublishPrice: closed(
    'PublishPrice',
    { price: DecimalText },
    {
      instrument: Id,
      asset: Id,
      observedAt: TimeText,
      sources: t.readonlyArray(Remark),
      confidence: DecimalText,
    },
  ),
  ...oracleCommands,
  ...riskCommands,
  ClearTrade: closed(
    'ClearTrade',
    {
      trade: Id,
      instrument: Id,
      buyer: Id,
      seller: Id,
      quantity: DecimalText,
      price: DecimalText,
    },
    { orders: t.readonlyArray(Order) },
  ),
  BustTrade: closed('BustTrade', { trade: Id }),
  BidLiquidation: closed(
    'BidLiquidation',
    { liquidation: LiquidationId, bidder: Id },
    {
      fraction: DecimalText,
      instrument: Id,
      asset: Id,
      hedge: Id,
      quantity: DecimalText,
      income: DecimalText,
      until: TimeText,
    },
  ),
  CallMargin: closed('CallMargin', { account: Id }),
  CloseCall: closed('CloseCall', { account: Id }),
  CallDebit: closed('CallDebit', { account: Id }),
  CloseDebit: closed('CloseDebit', { account: Id }),
  StartLiquidation: closed('StartLiquidation', { account: Id }, { cause: oneOf('breach', 'call', 'debit') }),
  EndLiquidation: closed('EndLiquidation', { liquidation: LiquidationId }),
  Deleverage: closed('Deleverage', { liquidation: LiquidationId }),
  CloseOut: closed('CloseOut', { liquidation: LiquidationId }),
  CoverLoss: closed('CoverLoss', {}),
  PassTime: closed('PassTime', {}),
  PayFunding: closed('PayFunding', { instrument: Id, rate: DecimalText }),
  SettleInstrument: closed('SettleInstrument', { instrument: Id }, { price: DecimalText }),
  AdoptIdentity: closed(
    'AdoptIdentity',
    { domain: Id, keys: t.readonlyArray(closed('KeyOf', { actor: Actor, key: Key })) },
    { development: t.boolean },
  ),
  RenewDomain: closed('RenewDomain', { domain: Id }),
  RegisterKey: closed('RegisterKey', { actor: Actor, key: Key }),
  RevokeKey: closed(
    'RevokeKey',
    { key: Key, reason: oneOf('retired', 'compromised', 'lost') },
    { actor: Actor, since: TimeText },
  ),
} as const

export type CommandType = keyof typeof commandData
export type CommandData<K extends CommandType> = t.TypeOf<(typeof commandData)[K]>

/** Whose key says so, and the proof of it. */
export const Signature = closed('Signature', { key: Key, signature: SignatureText })
export type Signature = t.TypeOf<typeof Signature>

export const CommandEnvelope = closed(
  'Command',
  { id: Id, type: t.string, pool: PoolName, data: t.unknown },
  {
    at: TimeText,
    until: TimeText,
    actor: Actor,
    correlationId: Id,
    causationId: Id,
    signatures: t.readonlyArray(Signature),
  },
)

/**
 * One wish. `at` is the sender's time, `until` when it is not wanted any more; what caused it is named by a service, left
 * out by everybody else. `signatures` stand in order of key, each key once.
 */
export interface CommandOf<K extends CommandType> {
  readonly id: string
  readonly type: K
  readonly pool: string
  readonly actor: string
  readonly at?: string
  readonly until?: string
  readonly correlationId?: string
  readonly causationId?: string
  readonly signatures?: readonly Signature[]
  readonly data: CommandData<K>
}

export type Command = { [K in CommandType]: CommandOf<K> }[CommandType]

export const isCommandType = (name: string): name is CommandType => Object.hasOwn(commandData, name)
