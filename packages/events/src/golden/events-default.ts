import { moved, traded } from './postings'
import type { EventSamples } from './samples'

const health = { account: 'alice', equity: '301.5', maintenanceMargin: '357.22' }
const insolvent = { account: 'alice', equity: '-120.5', maintenanceMargin: '270' }

/** What happens when an account cannot meet its margin, down to the last layer of the waterfall. */
export const defaultSamples: EventSamples<
  | 'MarginCall'
  | 'MarginCallMet'
  | 'MarginCallMissed'
  | 'LiquidationStarted'
  | 'AuctionTurned'
  | 'AuctionRestarted'
  | 'Liquidated'
  | 'CollateralBought'
  | 'CollateralSold'
  | 'DebitCalled'
  | 'DebitMet'
  | 'LiquidationEnded'
  | 'InsuranceDrawn'
  | 'OwnerSetOff'
  | 'Deleveraged'
  | 'LossSocialized'
  | 'BulkStarted'
  | 'BulkEnded'
  | 'PoolFrozen'
  | 'PoolThawed'
  | 'TimePassed'
> = {
  MarginCall: {
    of: 'CallMargin',
    events: 1,
    data: {
      account: 'alice',
      equity: '540.12',
      maintenanceMargin: '357.22',
      initialMargin: '595.37',
      amount: '55.25',
      deadline: '2020-03-12T11:00:00.000Z',
    },
    postings: [],
  },
  MarginCallMet: {
    of: 'CloseCall',
    events: 1,
    data: { account: 'alice', equity: '600', initialMargin: '595.37' },
    postings: [],
  },
  MarginCallMissed: {
    of: 'CloseCall',
    events: 1,
    data: { account: 'alice', amount: '55.25', deadline: '2020-03-12T11:00:00.000Z' },
    postings: [],
  },
  LiquidationStarted: {
    of: 'StartLiquidation',
    events: 1,
    data: {
      ...health,
      liquidation: 'alice:1',
      solvent: true,
      ends: '2020-03-12T11:10:00.000Z',
      terms: {
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
      positions: [
        {
          instrument: 'BTC-PERP',
          quantity: '1.5',
          mark: '7938.25',
          maintenanceMargin: '357.22',
          bankruptcyPrice: '7737.25',
        },
      ],
    },
    postings: [],
  },
  AuctionTurned: {
    of: 'PublishPrice',
    data: { ...insolvent, liquidation: 'alice:1', solvent: false, over: false },
    postings: [],
  },
  AuctionRestarted: {
    of: 'BidLiquidation',
    data: { ...insolvent, liquidation: 'alice:1', solvent: false, ends: '2020-03-12T11:20:00.000Z' },
    postings: [],
  },
  Liquidated: {
    of: 'BidLiquidation',
    events: 1,
    data: {
      ...health,
      liquidation: 'alice:1',
      bidder: 'backstop',
      solvent: true,
      discount: '0.02',
      closed: [{ instrument: 'BTC-PERP', quantity: '-0.5', held: '1', price: '7938.25', realised: '-60.5' }],
      payment: '98.49',
      charge: '2.01',
      reward: '1.2',
      tipLeft: '0',
      keptShare: '0.125',
    },
    postings: [
      ...traded('alice', 'BTC-PERP', '-0.5', '-3969.125'),
      ...moved('trader/alice', 'trader/alice/BTC-PERP', 'USD', '60.5'),
      ...traded('backstop', 'BTC-PERP', '0.5', '3969.125'),
      ...moved('trader/alice', 'trader/backstop', 'USD', '98.49'),
      ...moved('trader/alice', 'insurance', 'USD', '2.01'),
      ...moved('insurance', 'trader/backstop', 'USD', '1.2'),
    ],
  },
  DebitCalled: {
    of: 'CallDebit',
    data: { account: 'alice', amount: '120.5', deadline: '2020-03-12T11:20:00.000Z' },
    postings: [],
  },
  DebitMet: { of: 'CloseDebit', data: { account: 'alice' }, postings: [] },
  CollateralSold: {
    of: 'BidLiquidation',
    data: {
      liquidation: 'alice:1',
      account: 'alice',
      bidder: 'backstop',
      asset: 'ETH',
      quantity: '1.5',
      price: '180.25',
      paid: '270.38',
    },
    postings: [
      ...moved('trader/alice', 'trader/backstop', 'ETH', '1.5'),
      ...moved('trader/backstop', 'trader/alice', 'USD', '270.38'),
    ],
  },
  LiquidationEnded: {
    of: 'EndLiquidation',
    events: 1,
    data: { account: 'alice', equity: '430', maintenanceMargin: '357.22', liquidation: 'alice:1', reason: 'restored' },
    postings: [],
  },
  InsuranceDrawn: {
    of: 'Deleverage',
    events: 2,
    data: {
      layer: 'fund',
      defaulter: 'alice',
      to: 'alice',
      purpose: 'deleverage',
      amount: '120.5',
      liquidation: 'alice:1',
    },
    postings: moved('insurance', 'trader/alice', 'USD', '120.5'),
  },
  CollateralBought: {
    of: 'CoverLoss',
    data: {
      account: 'alice',
      asset: 'ETH',
      quantity: '0.5',
      price: '180.25',
      paid: '90.12',
      under: [{ what: 'coin', id: 'ETH', amount: '90.12', cap: '5000' }],
    },
    postings: [
      ...moved('trader/alice', 'insurance', 'ETH', '0.5'),
      ...moved('insurance', 'trader/alice', 'USD', '90.12'),
    ],
  },
  OwnerSetOff: {
    of: 'CoverLoss',
    events: 2,
    data: { owner: 'ann', from: 'carol', to: 'alice', amount: '80.25' },
    postings: moved('trader/carol', 'trader/alice', 'USD', '80.25'),
  },
  Deleveraged: {
    of: 'Deleverage',
    data: {
      liquidation: 'alice:1',
      account: 'alice',
      counterparty: 'carol',
      instrument: 'BTC-PERP',
      quantity: '1',
      price: '5000',
      class: 1,
      rank: 1,
      share: '80.34',
      realised: '-2938.25',
      counterpartyRealised: '2938.25',
      accountHeld: '0',
      counterpartyHeld: '-2',
    },
    postings: [
      ...traded('alice', 'BTC-PERP', '-1', '-5000'),
      ...traded('carol', 'BTC-PERP', '1', '5000'),
      ...moved('trader/alice', 'trader/alice/BTC-PERP', 'USD', '2938.25'),
      ...moved('trader/carol/BTC-PERP', 'trader/carol', 'USD', '2938.25'),
      ...moved('trader/alice', 'trader/carol', 'USD', '80.34'),
    ],
  },
  LossSocialized: {
    of: 'CoverLoss',
    events: 1,
    data: {
      loss: '300',
      profits: '1000',
      taken: [
        { account: 'carol', amount: '200.01', instrument: 'BTC-PERP' },
        { account: 'dave', amount: '99.99' },
      ],
      given: [{ account: 'alice', amount: '300' }],
      uncovered: '0',
    },
    postings: [
      { account: 'trader/carol', asset: 'USD', amount: '-200.01' },
      { account: 'trader/dave', asset: 'USD', amount: '-99.99' },
      { account: 'trader/alice', asset: 'USD', amount: '300' },
    ],
  },
  BulkStarted: {
    of: 'CoverLoss',
    events: 42,
    data: {
      bulk: 'loss:812',
      what: 'loss',
      accounts: 20000,
      totals: { loss: '300', profits: '1000', uncovered: '0' },
    },
    postings: [],
  },
  BulkEnded: {
    of: 'SettleInstrument',
    data: { bulk: 'settle:940', what: 'settlement', accounts: 20000, instrument: 'BTC-PERP' },
    postings: [],
  },
  PoolFrozen: { of: 'PublishPrice', data: { shortfall: '51000', resources: '50000' }, postings: [] },
  PoolThawed: { of: 'FundInsurance', data: { shortfall: '51000', resources: '60000' }, postings: [] },
  TimePassed: {
    of: 'PassTime',
    events: 1,
    data: {
      due: [
        { what: 'margin-call', id: 'a' },
        { what: 'auction', id: 'alice:1' },
      ],
    },
    postings: [],
  },
}
