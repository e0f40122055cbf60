import { moved, traded } from './postings'
import type { EventSamples } from './samples'

/** What happens in the ordinary life of a pool. */
export const tradingSamples: EventSamples<
  | 'AssetRegistered'
  | 'AssetParametersSet'
  | 'InstrumentListed'
  | 'InstrumentParametersSet'
  | 'InstrumentStateSet'
  | 'InstrumentDelisting'
  | 'InstrumentExpired'
  | 'PoolParametersSet'
  | 'AccountOpened'
  | 'CollateralDeposited'
  | 'CollateralWithdrawn'
  | 'InsuranceFunded'
  | 'PriceTick'
  | 'PriceHeld'
  | 'TradeCleared'
  | 'TradeBusted'
  | 'PositionOpened'
  | 'PositionIncreased'
  | 'PositionReduced'
  | 'PositionClosed'
  | 'FundingPaid'
  | 'FundingSettled'
  | 'InstrumentSettled'
  | 'CommandRejected'
> = {
  AssetRegistered: {
    of: 'RegisterAsset',
    events: 1,
    data: { asset: 'USD', decimals: 2, haircut: '0', settlement: true },
    postings: [],
  },
  AssetParametersSet: { of: 'SetAssetParameters', events: 1, data: { asset: 'ETH', cap: '50000' }, postings: [] },
  InstrumentListed: {
    of: 'ListInstrument',
    events: 1,
    data: {
      instrument: 'BTC-0925',
      kind: 'future',
      settlementAsset: 'USD',
      multiplier: '1',
      lot: '0.001',
      margin: {
        model: 'tiered',
        tiers: [
          { upTo: '100000', initial: '0.05', maintenance: '0.03' },
          { initial: '0.1', maintenance: '0.06' },
        ],
        openInterestScaling: { lower: '10000000', upper: '50000000' },
      },
      gap: '0.4',
      expiry: '2020-09-25T08:00:00.000Z',
      liquidation: { fee: '0.01', auction: { fastSeconds: 900 } },
    },
    postings: [],
  },
  InstrumentParametersSet: {
    of: 'SetInstrumentParameters',
    events: 1,
    data: {
      instrument: 'BTC-PERP',
      margin: { model: 'tiered', tiers: [{ initial: '0.2', maintenance: '0.1' }] },
      from: '2020-03-12T11:00:00.000Z',
      liquidation: { fee: '0.02', auction: { fastSeconds: 900 } },
    },
    postings: [],
  },
  InstrumentStateSet: {
    of: 'SetInstrumentState',
    events: 1,
    data: { instrument: 'BTC-PERP', state: 'halted' },
    postings: [],
  },
  InstrumentDelisting: {
    of: 'DelistInstrument',
    events: 1,
    data: { instrument: 'BTC-PERP', at: '2020-03-13T12:00:00.000Z' },
    postings: [],
  },
  InstrumentExpired: { of: 'PassTime', data: { instrument: 'BTC-0925', fixing: '10705.5' }, postings: [] },
  PoolParametersSet: {
    of: 'SetPoolParameters',
    events: 1,
    data: {
      parameters: {
        liquidation: {
          buffer: '0.2',
          fee: '0.005',
          keeperTip: '1',
          keeperShare: '0.1',
          dust: '10',
          premium: '0.1',
          auction: {
            start: '0.02',
            cutoff: '0.2',
            fastSeconds: 600,
            slowSeconds: 3600,
            insolventSeconds: 600,
          },
        },
        waterfall: {
          skinInTheGame: '1000',
          deleveraging: 'pro-rata',
          ownerShare: '0.25',
          instrumentShare: '2',
          coinShare: '0.25',
          window_s: 2592000,
          recourse: true,
        },
        priceTolerance_s: 30,
        priceFuture_s: 2,
        callPeriod_s: 3600,
        lossWindow_s: 86400,
        size: { share: '0.2', floor: '10000' },
        wear_s: 900,
        dead_s: 1209600,
        notice_s: 172800,
        maturity_s: 21600,
        reduceBand: '0.02',
        tradeBand: '0.1',
        settlementBand: '0.03',
        deviation: '0.08',
        confirm_ms: 5000,
        funding: { cap: '0.01', interval_s: 28800 },
        idempotency_s: 604800,
      },
    },
    postings: [],
  },
  AccountOpened: {
    of: 'OpenAccount',
    events: 1,
    data: { account: 'alice', owner: 'customer 81c2', margin: 'cross' },
    postings: [],
  },
  CollateralDeposited: {
    of: 'Deposit',
    events: 1,
    data: { account: 'alice', asset: 'USD', amount: '1000' },
    postings: moved('custody', 'trader/alice', 'USD', '1000'),
  },
  CollateralWithdrawn: {
    of: 'Withdraw',
    events: 1,
    data: { account: 'alice', asset: 'USD', amount: '250' },
    postings: moved('trader/alice', 'custody', 'USD', '250'),
  },
  InsuranceFunded: {
    of: 'FundInsurance',
    events: 1,
    data: { asset: 'USD', amount: '50000', tranche: 'fund' },
    postings: moved('custody', 'insurance', 'USD', '50000'),
  },
  PriceTick: {
    of: 'PublishPrice',
    events: 1,
    data: {
      instrument: 'BTC-PERP',
      price: '7938.25',
      observedAt: '2020-03-12T09:59:59.250Z',
      sources: ['exchange-a', 'exchange-b', 'exchange-c'],
      confidence: '0.0004',
    },
    postings: [],
  },
  PriceHeld: {
    of: 'PublishPrice',
    events: 1,
    data: {
      instrument: 'BTC-PERP',
      price: '6100',
      mark: '7938.25',
      observedAt: '2020-03-12T10:43:02.000Z',
      since: '2020-03-12T10:43:01.000Z',
      sources: ['exchange-a'],
    },
    postings: [],
  },
  TradeCleared: {
    of: 'ClearTrade',
    events: 3,
    data: {
      trade: 't-17',
      instrument: 'BTC-PERP',
      buyer: 'alice',
      seller: 'bob',
      quantity: '1.5',
      price: '7938.25',
    },
    postings: [],
  },
  TradeBusted: {
    of: 'BustTrade',
    events: 1,
    data: {
      trade: 't-17',
      instrument: 'BTC-PERP',
      price: '7938.25',
      corrects: 41,
      sides: [
        { account: 'alice', quantity: '-1.5', held: '0', reversed: '0', realised: '0' },
        { account: 'bob', quantity: '1.5', held: '2', reversed: '-35.65', realised: '0', crowding: '0.25' },
      ],
    },
    postings: [
      ...traded('alice', 'BTC-PERP', '-1.5', '-11907.375'),
      ...traded('bob', 'BTC-PERP', '1.5', '11907.375'),
      ...moved('trader/bob', 'trader/bob/BTC-PERP', 'USD', '35.65'),
    ],
  },
  PositionOpened: {
    of: 'ClearTrade',
    data: { account: 'alice', instrument: 'BTC-PERP', quantity: '1.5', held: '1.5', price: '7938.25' },
    postings: traded('alice', 'BTC-PERP', '1.5', '11907.375'),
  },
  PositionIncreased: {
    of: 'ClearTrade',
    data: { account: 'alice', instrument: 'BTC-PERP', quantity: '0.5', held: '2', price: '7900' },
    postings: traded('alice', 'BTC-PERP', '0.5', '3950'),
  },
  PositionReduced: {
    of: 'ClearTrade',
    data: { account: 'alice', instrument: 'BTC-PERP', quantity: '-0.5', held: '1.5', price: '8000', realised: '35.65' },
    postings: [
      ...traded('alice', 'BTC-PERP', '-0.5', '-4000'),
      ...moved('trader/alice/BTC-PERP', 'trader/alice', 'USD', '35.65'),
    ],
  },
  PositionClosed: {
    of: 'ClearTrade',
    data: {
      account: 'alice',
      instrument: 'BTC-PERP',
      quantity: '-1.5',
      held: '0',
      price: '5000',
      realised: '-4393.03',
    },
    postings: [
      ...traded('alice', 'BTC-PERP', '-1.5', '-7500'),
      { account: 'trader/alice/BTC-PERP', asset: 'USD', amount: '4393.025' },
      { account: 'trader/alice', asset: 'USD', amount: '-4393.03' },
      { account: 'dust', asset: 'USD', amount: '0.005' },
    ],
  },
  FundingPaid: {
    of: 'PayFunding',
    events: 1,
    data: { instrument: 'BTC-PERP', rate: '-0.0001', mark: '7938.25', index: '-0.793825' },
    postings: [],
  },
  FundingSettled: {
    of: 'ClearTrade',
    data: { account: 'alice', instrument: 'BTC-PERP', amount: '1.19', index: '-0.793825' },
    postings: moved('funding/BTC-PERP', 'trader/alice', 'USD', '1.19'),
  },
  InstrumentSettled: {
    of: 'SettleInstrument',
    events: 1,
    data: {
      instrument: 'BTC-PERP',
      price: '3621',
      positions: [
        { account: 'alice', quantity: '1', realised: '-4317.25' },
        { account: 'bob', quantity: '-1', realised: '4317.25' },
      ],
    },
    postings: [
      ...traded('alice', 'BTC-PERP', '-1', '-3621'),
      ...moved('trader/alice', 'trader/alice/BTC-PERP', 'USD', '4317.25'),
      ...traded('bob', 'BTC-PERP', '1', '3621'),
      ...moved('trader/bob/BTC-PERP', 'trader/bob', 'USD', '4317.25'),
    ],
  },
  CommandRejected: {
    of: 'Withdraw',
    events: 1,
    data: { code: 'insufficient-margin', reason: 'alice would fall below its initial margin', command: 'c-Withdraw' },
    postings: [],
  },
}
