import type { CommandData, CommandType } from '../commands'
import { modelSample } from './model'

export const anna = 'ed25519:HUvsXhk3yVDTzIVgf2Rf8XHXGfmU15wIZLRy-H1IiBw'
const ben = 'ed25519:lxPbv74J6jHaP-TXUh-ajgK4iFYBViHFMt2noeMO-Ks'
export const venue = 'ed25519:Y-4quHHDthaMlExYWeaGEKaMfXCT6WLp_Z5rR97idFY'

/** A command of each type as its usual sender would write it, on the morning of 12 March 2020. */
export const commandSamples: {
  readonly [K in CommandType]: { readonly actor: string; readonly data: CommandData<K> }
} = {
  RegisterAsset: { actor: 'operator', data: { asset: 'USD', decimals: 2, haircut: '0', settlement: true } },
  SetAssetParameters: { actor: 'operator', data: { asset: 'ETH', cap: '50000' } },
  ListInstrument: {
    actor: 'operator',
    data: {
      instrument: 'BTC-PERP',
      kind: 'perpetual',
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
      liquidation: { fee: '0.01', auction: { fastSeconds: 900 } },
    },
  },
  SetInstrumentParameters: {
    actor: 'operator',
    data: {
      instrument: 'BTC-PERP',
      margin: { model: 'tiered', tiers: [{ initial: '0.2', maintenance: '0.1' }] },
      liquidation: { fee: '0.02' },
    },
  },
  SetInstrumentState: { actor: 'operator', data: { instrument: 'BTC-PERP', state: 'halted' } },
  DelistInstrument: { actor: 'operator', data: { instrument: 'BTC-PERP', at: '2020-03-13T12:00:00Z' } },
  SetPoolParameters: {
    actor: 'operator',
    data: {
      liquidation: { buffer: '0.2', auction: { start: '0.02', cutoff: '0.2' } },
      waterfall: { skinInTheGame: '1000', deleveraging: 'pro-rata' },
      priceTolerance_s: 30,
      idempotency_s: 604800,
    },
  },
  OpenAccount: { actor: 'venue', data: { account: 'alice', owner: 'customer 81c2', margin: 'cross' } },
  Deposit: { actor: 'venue', data: { account: 'alice', asset: 'USD', amount: '1000.00' } },
  Withdraw: { actor: 'venue', data: { account: 'alice', asset: 'USD', amount: '250' } },
  FundInsurance: { actor: 'operator', data: { asset: 'USD', amount: '50000', tranche: 'fund' } },
  PublishPrice: {
    actor: 'oracle',
    data: {
      instrument: 'BTC-PERP',
      price: '7938.25',
      observedAt: '2020-03-12T09:59:59.250Z',
      sources: ['exchange-a', 'exchange-b', 'exchange-c'],
      confidence: '0.0004',
    },
  },
  SetIndex: {
    actor: 'operator',
    data: {
      index: 'BTC-USD',
      base: 'BTC',
      currency: 'USD',
      places: 2,
      sources: [
        { source: 'exchange-a', weight: 2 },
        { source: 'exchange-b', weight: 2 },
        { source: 'exchange-c', weight: 2 },
        { source: 'exchange-d', weight: 1, currency: 'USDT' },
        { source: 'exchange-e', weight: 1, currency: 'USDT' },
      ],
      quorum: 6,
      conversions: { USDT: 'USDT-USD' },
      band: { index: 'ETH-USD', low: '10', high: '60' },
      tolerance_ms: 60_000,
      deviation: '0.05',
    },
  },
  SetRiskModel: { actor: 'operator', data: modelSample },
  PublishForward: {
    actor: 'oracle',
    data: {
      underlying: 'BTC',
      expiry: '2020-06-26T08:00:00Z',
      price: '7985.5',
      observedAt: '2020-03-12T09:59:59Z',
      sources: ['exchange-a'],
    },
  },
  PublishVolatility: {
    actor: 'oracle',
    data: {
      underlying: 'BTC',
      expiry: '2020-06-26T08:00:00Z',
      svi: { a: '0.02', b: '0.15', rho: '-0.4', m: '0.05', sigma: '0.3' },
      observedAt: '2020-03-12T09:59:59Z',
    },
  },
  PublishCurve: {
    actor: 'oracle',
    data: {
      curve: 'USD',
      points: [
        { days: 30, discount: '0.9988' },
        { days: 365, discount: '0.984' },
      ],
    },
  },
  PublishQuotes: {
    actor: 'oracle',
    data: {
      quotes: [
        {
          source: 'exchange-a',
          base: 'BTC',
          currency: 'USD',
          at: '2020-03-12T09:59:59.250Z',
          price: '7938.25',
          confidence: '0.5',
          volume: '15328.12345678',
          key: venue,
          signature: `${'A'.repeat(85)}Q`,
        },
        {
          source: 'exchange-z',
          base: 'BTC',
          currency: 'USD',
          at: '2020-03-12T09:59:59.250Z',
          price: '1',
          signature: `${'B'.repeat(85)}Q`,
        },
      ],
    },
  },
  PublishObservations: {
    actor: 'oracle',
    data: {
      observations: [
        {
          source: 'exchange-a',
          base: 'BTC',
          currency: 'USD',
          at: '2020-03-12T09:59:59.250Z',
          kind: 'depth',
          levels: [
            { bps: 10, bid: '12.5', ask: '11' },
            { bps: 50, bid: '80.25', ask: '77' },
          ],
          key: venue,
          signature: `${'A'.repeat(85)}Q`,
        },
        {
          source: 'exchange-a',
          base: 'BTC',
          currency: 'USD',
          at: '2020-03-12T09:59:59.250Z',
          kind: 'mid',
          bid: '7938',
          ask: '7938.5',
          signature: `${'B'.repeat(85)}Q`,
        },
        {
          source: 'exchange-a',
          base: 'BTC',
          currency: 'USD',
          at: '2020-03-12T09:59:59.250Z',
          kind: 'latency',
          ms: 35,
          signature: `${'C'.repeat(85)}Q`,
        },
      ],
    },
  },
  ReportEquivocation: {
    actor: 'keeper:kate',
    data: {
      a: {
        source: 'exchange-a',
        base: 'BTC',
        currency: 'USD',
        at: '2020-03-12T09:59:59.250Z',
        price: '7938.25',
        key: venue,
        signature: `${'A'.repeat(85)}Q`,
      },
      b: {
        source: 'exchange-a',
        base: 'BTC',
        currency: 'USD',
        at: '2020-03-12T09:59:59.250Z',
        price: '7838.25',
        signature: `${'B'.repeat(85)}Q`,
      },
    },
  },
  BondSource: { actor: 'operator', data: { source: 'exchange-a', asset: 'USD', amount: '100000' } },
  ReleaseBond: { actor: 'operator', data: { source: 'exchange-a', asset: 'USD', amount: '100000' } },
  ClearTrade: {
    actor: 'venue:north',
    data: {
      trade: 't-17',
      instrument: 'BTC-PERP',
      buyer: 'alice',
      seller: 'bob',
      quantity: '1.5',
      price: '7938.25',
    },
  },
  BustTrade: { actor: 'operator', data: { trade: 't-17' } },
  BidLiquidation: { actor: 'keeper:backstop', data: { liquidation: 'alice:1', bidder: 'backstop', fraction: '0.25' } },
  CallMargin: { actor: 'margin', data: { account: 'alice' } },
  CloseCall: { actor: 'margin', data: { account: 'alice' } },
  CallDebit: { actor: 'margin', data: { account: 'alice' } },
  CloseDebit: { actor: 'margin', data: { account: 'alice' } },
  StartLiquidation: { actor: 'liquidator', data: { account: 'alice' } },
  EndLiquidation: { actor: 'liquidator', data: { liquidation: 'alice:1' } },
  Deleverage: { actor: 'liquidator', data: { liquidation: 'alice:1' } },
  CloseOut: { actor: 'liquidator', data: { liquidation: 'alice:1' } },
  CoverLoss: { actor: 'insurance', data: {} },
  PassTime: { actor: 'clock', data: {} },
  PayFunding: { actor: 'oracle', data: { instrument: 'BTC-PERP', rate: '-0.0001' } },
  SettleInstrument: { actor: 'operator', data: { instrument: 'BTC-PERP', price: '3621' } },
  SettleExpiry: { actor: 'clock', data: { underlying: 'BTC', expiry: '2020-06-26T08:00:00Z' } },
  SettleVariation: { actor: 'operator', data: { instruments: ['BTC-26JUN20-8000-C'] } },
  SetConsent: { actor: 'trader:alice', data: { account: 'alice', consent: 'withdrawals' } },
  CancelOrder: { actor: 'trader:alice', data: { account: 'alice', order: 'o-77' } },
  AdoptIdentity: {
    actor: 'operator:anna',
    data: {
      domain: '3f9a1c5e7b2d4860a1c3e5f709182b3d',
      keys: [
        { actor: 'operator:anna', key: anna },
        { actor: 'operator:ben', key: ben },
      ],
    },
  },
  RenewDomain: { actor: 'operator:anna', data: { domain: '90aa17c2d4e6f8b1a3c5e7092b4d6f81' } },
  RegisterKey: { actor: 'operator:anna', data: { actor: 'venue', key: venue } },
  RevokeKey: {
    actor: 'operator:ben',
    data: { key: venue, actor: 'venue', reason: 'compromised', since: '2020-03-12T09:00:00Z' },
  },
}
