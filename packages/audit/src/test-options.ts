import { calm, type Line } from './test-world'

/** How options on BTC are margined here. */
const model = {
  spot: { range: '0.16', steps: 4, tails: ['0.34', '0.67', '1.5', '2'], tailFactor: '0.77' },
  volatility: { up: '0.5', down: '0.3', least: '0.4', floorDays: '1', shortPower: '0.3', longPower: '0.13' },
  discount: {
    longBase: '0.95',
    longRate: '1',
    longAdd: '0.08',
    shortBase: '1.04',
    shortRate: '0.5',
    shortAdd: '0.08',
  },
  basis: { up: '1.045', down: '0.955', add: '0.5', multiply: '2' },
  skew: { cBase: '-0.05', cap: '0.15', minKStar: '0.01', width: '4', static: '0.6', scale: '-0.1' },
  contingency: {
    linear: { maintenance: '0.015', initial: '0.005' },
    nakedOption: { maintenance: '0.003', initial: '0.002' },
  },
}

export const expiry = '2020-04-30T08:00:00Z'
export const coin = { underlying: 'BTC' }

/** A maker who stands under one requirement sells an option to bob. */
export const optioned: readonly Line[] = [
  ...calm,
  [100, 'RegisterAsset', { asset: 'BTC', decimals: 8 }],
  [100, 'SetRiskModel', { ...coin, ...model }],
  [100, 'PublishPrice', { asset: 'BTC', price: '1000' }],
  [100, 'PublishForward', { ...coin, expiry, price: '1000' }],
  [100, 'PublishVolatility', { ...coin, expiry, points: [{ strike: '1000', volatility: '0.8' }] }],
  [
    100,
    'ListInstrument',
    { instrument: 'C', kind: 'option', settlementAsset: 'USD', ...coin, expiry, strike: '1000', optionType: 'call' },
  ],
  [100, 'OpenAccount', { account: 'maker', margin: 'portfolio' }],
  [100, 'Deposit', { account: 'maker', asset: 'USD', amount: '10000' }],
  [101, 'ClearTrade', { trade: 't-c', instrument: 'C', buyer: 'bob', seller: 'maker', quantity: '1', price: '117' }],
]
