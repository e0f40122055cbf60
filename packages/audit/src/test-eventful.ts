import { calm, type Line } from './test-world'

const tick = (second: number, price: string, instrument = 'BTC-PERP'): Line => [
  second,
  'PublishPrice',
  { instrument, price },
  'oracle',
]

const trade = (second: number, buyer: string, seller: string, quantity: string, price: string, more = {}): Line => [
  second,
  'ClearTrade',
  { trade: `t-${buyer}-${second}`, instrument: 'BTC-PERP', buyer, seller, quantity, price, ...more },
  'venue',
]

const deposit = (second: number, account: string, asset: string, amount: string): Line => [
  second,
  'Deposit',
  { account, asset, amount },
  'venue',
]

const opened = (second: number, account: string, amount: string, margin = 'cross'): readonly Line[] => [
  [second, 'OpenAccount', { account, margin }, 'venue'],
  deposit(second, account, 'USD', amount),
]

/** The market stands still, and is open: the time of whoever is called runs. */
const quiet = (from: number, to: number, price: string): readonly Line[] =>
  Array.from({ length: Math.ceil((to - from) / 110) }, (_, i) => tick(from + i * 110, price))

/**
 * A day and a half in which about everything happens: collateral in another asset, a second instrument with a multiplier
 * that is settled, positions reduced and closed, a margin call that is met and one that is missed, an auction that is
 * filled by a bid, a debt that the fund does not cover, so that it is taken from profits, a pool that freezes and thaws.
 */
export const eventful: readonly Line[] = [
  ...calm,
  [11, 'RegisterAsset', { asset: 'ETH', decimals: 8, haircut: '0.2' }],
  [12, 'PublishPrice', { asset: 'ETH', price: '200' }, 'oracle'],
  deposit(13, 'kim', 'ETH', '5'),
  [13, 'FundInsurance', { asset: 'ETH', amount: '2' }],
  [
    14,
    'ListInstrument',
    {
      instrument: 'ETH-0320',
      kind: 'future',
      settlementAsset: 'USD',
      multiplier: '0.1',
      lot: '0.01',
      expiry: '2020-03-20T08:00:00.000Z',
      margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] },
      liquidation: { fee: '0.01' },
    },
  ],
  ...opened(15, 'dora', '800', 'isolated'),
  ...opened(16, 'eve', '3000'),
  tick(17, '200', 'ETH-0320'),
  trade(18, 'eve', 'kim', '50', '201', { instrument: 'ETH-0320' }),
  trade(19, 'dora', 'bob', '5', '1000'),
  trade(20, 'bob', 'carol', '2', '1002'),
  [21, 'Withdraw', { account: 'carol', asset: 'USD', amount: '100' }, 'venue'],
  [22, 'Withdraw', { account: 'carol', asset: 'USD', amount: '100000' }, 'venue'],
  tick(30, '940'),
  deposit(40, 'alice', 'USD', '60'),
  [50, 'SetPoolParameters', { callPeriod_s: 1800, waterfall: { skinInTheGame: '60' } }],
  tick(60, '930'),
  tick(70, '925'),
  [80, 'PublishPrice', { asset: 'ETH', price: '180' }, 'oracle'],
  tick(90, '210', 'ETH-0320'),
  trade(100, 'kim', 'eve', '20', '210', { instrument: 'ETH-0320' }),
  [110, 'PayFunding', { instrument: 'ETH-0320', rate: '-0.002' }, 'oracle'],
  ...quiet(170, 4000, '925'),
  tick(4000, '920'),
  tick(4010, '880'),
  [4015, 'PublishPrice', { asset: 'ETH', price: '190' }, 'oracle'],
  tick(4016, '212', 'ETH-0320'),
  [4020, 'BidLiquidation', { liquidation: 'alice:1', bidder: 'kim', fraction: '0.2' }, 'keeper:kim'],
  tick(4100, '750'),
  [4180, 'PublishPrice', { asset: 'ETH', price: '185' }, 'oracle'],
  tick(4181, '211', 'ETH-0320'),
  tick(4190, '750'),
  [4200, 'BidLiquidation', { liquidation: 'dora:1', bidder: 'kim', fraction: '1' }, 'keeper:kim'],
  tick(4300, '750'),
  tick(4900, '745'),
  [90_000, 'PublishPrice', { asset: 'ETH', price: '170' }, 'oracle'],
  tick(90_000, '760'),
  [90_100, 'SettleInstrument', { instrument: 'ETH-0320', price: '205' }],
  tick(90_200, '790'),
  [90_205, 'PublishPrice', { asset: 'ETH', price: '172' }, 'oracle'],
  trade(90_210, 'kim', 'carol', '1', '790'),
  trade(90_215, 'eve', 'bob', '5', '790'),
  [91_500, 'SettleInstrument', { instrument: 'BTC-PERP', price: '100' }],
  [91_600, 'OpenAccount', { account: 'frank' }, 'venue'],
]
