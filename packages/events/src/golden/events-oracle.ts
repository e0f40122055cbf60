import type { EventSamples } from './samples'

const terms = {
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
  freshness_ms: 30_000,
  tolerance_ms: 60_000,
  deviation: '0.05',
  confirm_ms: 3000,
  confirmMost_ms: 300_000,
  conversionSpread: '0.01',
  slow_ms: 15_000,
  off: '0.005',
  offSpreads: '5',
  offShare: '0.01',
  epoch_ms: 3_600_000,
}

const quoted = { source: 'exchange-a', base: 'BTC', currency: 'USD', at: '2020-03-12T09:59:59.250Z', price: '7938.25' }

/** Where prices come from. */
export const oracleSamples: EventSamples<
  | 'IndexSet'
  | 'QuotesTaken'
  | 'SourceEquivocated'
  | 'ObservationsTaken'
  | 'DepthObserved'
  | 'SourceBonded'
  | 'BondReleased'
  | 'SourcesScored'
  | 'IndexTicked'
  | 'IndexHeld'
> = {
  IndexSet: { of: 'SetIndex', events: 1, data: { terms }, postings: [] },
  QuotesTaken: {
    of: 'PublishQuotes',
    events: 2,
    data: {
      taken: [{ ...quoted, confidence: '0.5', volume: '15328.12345678' }],
      ignored: [{ source: 'exchange-z', base: 'BTC', why: 'unknown-source' }],
    },
    postings: [],
  },
  SourceEquivocated: {
    of: 'PublishQuotes',
    data: { source: 'exchange-a', base: 'BTC', at: '2020-03-12T09:59:59.250Z' },
    postings: [],
  },
  ObservationsTaken: {
    of: 'PublishObservations',
    events: 2,
    data: {
      taken: [
        {
          source: 'exchange-a',
          base: 'BTC',
          currency: 'USD',
          at: '2020-03-12T09:59:59.250Z',
          kind: 'depth',
          levels: [{ bps: 10, bid: '12.5', ask: '11' }],
        },
        {
          source: 'exchange-b',
          base: 'BTC',
          currency: 'USD',
          at: '2020-03-12T09:59:59.250Z',
          kind: 'mid',
          bid: '7938',
          ask: '7938.5',
        },
        {
          source: 'exchange-c',
          base: 'BTC',
          currency: 'USD',
          at: '2020-03-12T09:59:59.250Z',
          kind: 'latency',
          ms: 35,
        },
      ],
      ignored: [{ source: 'exchange-z', base: 'BTC', kind: 'depth', why: 'unknown-source' }],
    },
    postings: [],
  },
  DepthObserved: {
    of: 'PublishObservations',
    data: { index: 'BTC-USD', levels: [{ bps: 10, bid: '37.5', ask: '33' }] },
    postings: [],
  },
  SourceBonded: {
    of: 'BondSource',
    events: 1,
    data: { source: 'exchange-a', asset: 'USD', amount: '100000' },
    postings: [
      { account: 'custody', asset: 'USD', amount: '-100000' },
      { account: 'source/exchange-a', asset: 'USD', amount: '100000' },
    ],
  },
  BondReleased: {
    of: 'ReleaseBond',
    events: 1,
    data: { source: 'exchange-a', asset: 'USD', amount: '100000' },
    postings: [
      { account: 'source/exchange-a', asset: 'USD', amount: '-100000' },
      { account: 'custody', asset: 'USD', amount: '100000' },
    ],
  },
  SourcesScored: {
    of: 'PublishQuotes',
    data: { index: 'BTC-USD', tally: [{ source: 'exchange-a', rounds: 3600, off: 3 }], halved: ['exchange-e'] },
    postings: [],
  },
  IndexTicked: {
    of: 'PublishQuotes',
    data: {
      index: 'BTC-USD',
      price: '7938.25',
      slow: '7941.1875',
      observedAt: '2020-03-12T09:59:59.250Z',
      confidence: '0.5',
      sources: ['exchange-a', 'exchange-b', 'exchange-c'],
      off: [],
    },
    postings: [],
  },
  IndexHeld: {
    of: 'PublishQuotes',
    data: {
      index: 'BTC-USD',
      candidate: '6500',
      observedAt: '2020-03-12T09:59:59.250Z',
      why: 'deviation',
      last: '7938.25',
    },
    postings: [],
  },
}
