import { modelSample } from './model'
import type { EventSamples } from './samples'

const expiry = { underlying: 'BTC', expiry: '2020-06-26T08:00:00.000Z' }
const observedAt = '2020-03-12T09:59:59.000Z'

/** What options are marked and margined by, and how they end. */
export const riskSamples: EventSamples<
  | 'RiskModelSet'
  | 'ForwardTick'
  | 'ForwardHeld'
  | 'VolatilityTick'
  | 'CurveTick'
  | 'ExpiryFixed'
  | 'ExpirySettled'
  | 'VariationSettled'
> = {
  RiskModelSet: { of: 'SetRiskModel', events: 1, data: { model: modelSample }, postings: [] },
  ForwardTick: {
    of: 'PublishForward',
    events: 1,
    data: { ...expiry, price: '7985.5', index: '7938.25', observedAt, sources: ['exchange-a'] },
    postings: [],
  },
  ForwardHeld: {
    of: 'PublishForward',
    events: 1,
    data: { ...expiry, price: '9985.5', last: '7985.5', index: '7938.25', observedAt, since: observedAt },
    postings: [],
  },
  VolatilityTick: {
    of: 'PublishVolatility',
    events: 1,
    data: { ...expiry, observedAt, svi: { a: '0.02', b: '0.15', rho: '-0.4', m: '0.05', sigma: '0.3' } },
    postings: [],
  },
  CurveTick: {
    of: 'PublishCurve',
    events: 1,
    data: {
      curve: 'USD',
      points: [
        { days: 30, discount: '0.9988' },
        { days: 365, discount: '0.984' },
      ],
      observedAt,
    },
    postings: [],
  },
  ExpiryFixed: { of: 'PassTime', data: { ...expiry, price: '8125.12345678' }, postings: [] },
  ExpirySettled: {
    of: 'SettleExpiry',
    events: 1,
    data: {
      ...expiry,
      price: '8125.12345678',
      positions: [
        { account: 'alice', instrument: 'BTC-26JUN20-8000-C', quantity: '2', realised: '-1049.76' },
        { account: 'bob', instrument: 'BTC-26JUN20-8000-C', quantity: '-2', realised: '1049.75' },
      ],
    },
    postings: [
      { account: 'trader/alice/BTC-26JUN20-8000-C', asset: 'BTC-26JUN20-8000-C', amount: '-2' },
      { account: 'trader/alice/BTC-26JUN20-8000-C', asset: 'USD', amount: '1300' },
      { account: 'trader/alice', asset: 'USD', amount: '-1049.76' },
      { account: 'dust', asset: 'USD', amount: '0.00691356' },
      { account: 'trader/bob/BTC-26JUN20-8000-C', asset: 'BTC-26JUN20-8000-C', amount: '2' },
      { account: 'trader/bob/BTC-26JUN20-8000-C', asset: 'USD', amount: '-1300' },
      { account: 'trader/bob', asset: 'USD', amount: '1049.75' },
      { account: 'dust', asset: 'USD', amount: '0.00308644' },
    ],
  },
  VariationSettled: {
    of: 'SettleVariation',
    events: 1,
    data: {
      positions: [
        { account: 'alice', instrument: 'BTC-26JUN20-8000-C', amount: '-120.5' },
        { account: 'bob', instrument: 'BTC-26JUN20-8000-C', amount: '120.5' },
      ],
    },
    postings: [
      { account: 'trader/alice/BTC-26JUN20-8000-C', asset: 'USD', amount: '120.5' },
      { account: 'trader/alice', asset: 'USD', amount: '-120.5' },
      { account: 'trader/bob/BTC-26JUN20-8000-C', asset: 'USD', amount: '-120.5' },
      { account: 'trader/bob', asset: 'USD', amount: '120.5' },
    ],
  },
}
