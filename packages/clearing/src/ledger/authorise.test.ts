import { type CommandType, commandData, isCommandType } from '@novation/events'
import { alike } from '@novation/risk/kit'
import {
  as,
  assetParameters,
  bid,
  bust,
  callDebit,
  callMargin,
  closeCall,
  closeDebit,
  closeOut,
  commandOf,
  coverLoss,
  deleverage,
  delist,
  deposit,
  endLiquidation,
  fund,
  funding,
  given,
  instrumentParameters,
  list,
  marketWorld,
  open,
  parameters,
  passTime,
  price,
  refused,
  registerAsset,
  setState,
  settle,
  startLiquidation,
  trade,
  type Wish,
  withdraw,
} from '../kit'
import { adopt, cancelOrder, registerKey, renewDomain, revokeKey, setConsent } from '../kit/identity'
import { curve, forward, riskModel, settleExpiry, settleVariation, volatility } from '../kit/options'
import { bond, publish, quote, release, report, setIndex } from '../kit/oracle'
import { forbidden } from './authorise'

const said = quote({ source: 's1', base: 'BTC', currency: 'USD', at: '2020-03-12T10:00:00.000Z', price: '100' })

const samples: { readonly [K in CommandType]: Wish } = {
  SetAssetParameters: assetParameters('USD', {}),
  RegisterAsset: registerAsset('ETH', 18),
  ListInstrument: list('ETH-PERP'),
  SetInstrumentParameters: instrumentParameters('BTC-PERP', {}),
  SetInstrumentState: setState('BTC-PERP', 'halted'),
  DelistInstrument: delist('BTC-PERP', '2020-03-14T00:00:00Z'),
  SetPoolParameters: parameters({}),
  OpenAccount: open('alice'),
  Deposit: deposit('alice', '1 USD'),
  Withdraw: withdraw('alice', '1 USD'),
  FundInsurance: fund('1 USD'),
  BustTrade: bust('t-1'),
  SetIndex: setIndex({ index: 'BTC-USD', quorum: 3, sources: alike(4) }),
  PublishQuotes: publish(),
  PublishObservations: { type: 'PublishObservations', data: { observations: [] } },
  ReportEquivocation: report(said, said),
  BondSource: bond('s1', '1 USD'),
  ReleaseBond: release('s1', '1 USD'),
  PublishPrice: price('BTC-PERP', '1'),
  SetRiskModel: riskModel('BTC'),
  PublishForward: forward('1'),
  PublishVolatility: volatility('1'),
  PublishCurve: curve([]),
  SettleExpiry: settleExpiry(),
  SettleVariation: settleVariation(),
  ClearTrade: trade({ trade: 't', instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity: '1', price: '1' }),
  BidLiquidation: bid('alice:1', 'bob', '1'),
  CallMargin: callMargin('alice'),
  CloseCall: closeCall('alice'),
  CallDebit: callDebit('alice'),
  CloseDebit: closeDebit('alice'),
  StartLiquidation: startLiquidation('alice'),
  EndLiquidation: endLiquidation('alice:1'),
  Deleverage: deleverage('alice:1'),
  CloseOut: closeOut('alice:1'),
  CoverLoss: coverLoss,
  PassTime: passTime,
  PayFunding: funding('BTC-PERP', '0.1'),
  SettleInstrument: { type: 'SettleInstrument', data: { instrument: 'BTC-PERP' } },
  SetConsent: setConsent('alice', 'withdrawals'),
  CancelOrder: cancelOrder('alice', 'o-1'),
  AdoptIdentity: adopt('A operator:anna'),
  RenewDomain: renewDomain('d1'),
  RegisterKey: registerKey('K trader:alice'),
  RevokeKey: revokeKey('K'),
}

const venue: readonly CommandType[] = [
  'OpenAccount',
  'Deposit',
  'Withdraw',
  'ClearTrade',
  'BidLiquidation',
  'RevokeKey',
  'ReportEquivocation',
]
const oracle: readonly CommandType[] = [
  'PublishPrice',
  'PublishQuotes',
  'PublishObservations',
  'PublishForward',
  'PublishVolatility',
  'PublishCurve',
  'PayFunding',
  'SettleInstrument',
  'RevokeKey',
  'ReportEquivocation',
]

/** The protocol's table, "Who may send what". */
const may: Readonly<Record<string, readonly CommandType[]>> = {
  operator: [
    'AdoptIdentity',
    'RenewDomain',
    'RegisterKey',
    'RegisterAsset',
    'SetAssetParameters',
    'ListInstrument',
    'SetInstrumentParameters',
    'SetInstrumentState',
    'DelistInstrument',
    'SetPoolParameters',
    'SetIndex',
    'BondSource',
    'ReleaseBond',
    'FundInsurance',
    'SettleExpiry',
    'SettleVariation',
    'SetRiskModel',
    'BustTrade',
    ...venue,
    ...oracle,
  ],
  'operator:anna': [
    'AdoptIdentity',
    'RenewDomain',
    'RegisterKey',
    'RegisterAsset',
    'SetAssetParameters',
    'ListInstrument',
    'SetInstrumentParameters',
    'SetInstrumentState',
    'DelistInstrument',
    'SetPoolParameters',
    'SetIndex',
    'BondSource',
    'ReleaseBond',
    'FundInsurance',
    'SettleExpiry',
    'SettleVariation',
    'SetRiskModel',
    'BustTrade',
    ...venue,
    ...oracle,
  ],
  venue,
  'venue:x': venue,
  oracle,
  'oracle:x': oracle,
  'source:x': ['PublishQuotes', 'PublishObservations', 'RevokeKey', 'ReportEquivocation'],
  'trader:bob': ['BidLiquidation', 'RevokeKey', 'ReportEquivocation'],
  'keeper:bob': ['BidLiquidation', 'RevokeKey', 'ReportEquivocation'],
  'trader:alice': ['Withdraw', 'SetConsent', 'CancelOrder', 'RegisterKey', 'RevokeKey', 'ReportEquivocation'],
  'keeper:alice': ['Withdraw', 'SetConsent', 'CancelOrder', 'RegisterKey', 'RevokeKey', 'ReportEquivocation'],
  trader: ['RevokeKey', 'ReportEquivocation'],
  keeper: ['RevokeKey', 'ReportEquivocation'],
  margin: ['CallMargin', 'CloseCall', 'CallDebit', 'CloseDebit', 'RevokeKey', 'ReportEquivocation'],
  liquidator: ['StartLiquidation', 'EndLiquidation', 'Deleverage', 'CloseOut', 'RevokeKey', 'ReportEquivocation'],
  insurance: ['CoverLoss', 'RevokeKey', 'ReportEquivocation'],
  clock: ['PassTime', 'SettleInstrument', 'SettleExpiry', 'SettleVariation', 'RevokeKey', 'ReportEquivocation'],
  service: [],
  nobody: [],
  constructor: [],
  tostring: [],
  proto: [],
}

const types = Object.keys(commandData).filter(isCommandType)

describe.each(Object.entries(may))('%s', (actor, allowed) => {
  it.each(types.map((type) => [allowed.includes(type) ? 'may' : 'may not', type] as const))(
    '%s send %s',
    (verdict, type) => {
      const why = forbidden(commandOf(marketWorld, as(actor, samples[type])))
      expect(why === undefined).toBe(verdict === 'may')
    },
  )
})

describe('a command from somebody who may not send it', () => {
  it('is refused, and binds no id', () =>
    given()
      .when(
        { ...as('trader:bob', deposit('bob', '1 USD')), id: 'x' },
        { ...as('trader:bob', bid('alice:1', 'bob', '1')), id: 'x' },
      )
      .then(({ asked }) => expect(asked.map(({ processed }) => processed.tag)).toEqual(['refused', 'decided'])))

  it('is refused whatever else is wrong with it', () =>
    given()
      .when(as('margin', deposit('nobody', '-1 XXX')))
      .then(refused('not-permitted')))

  it.each(['trader:bob', 'keeper:bob'])('%s bids as itself only', (actor) => {
    given()
      .when(as(actor, bid('alice:1', 'carol', '1')))
      .then(refused('not-permitted'))
    given()
      .when(as(actor, bid('alice:1', 'bob', '1')))
      .then(({ asked }) => expect(asked[0]?.processed.tag).toBe('decided'))
  })
})

describe('an oracle', () =>
  it('settles at what an index has come to, and names no price', () =>
    expect(forbidden(commandOf(marketWorld, as('oracle', settle('BTC-PERP', '100'))))).toBeDefined()))
