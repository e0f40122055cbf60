import { usualModel } from '@novation/events'
import { calm, type Line } from './test-world'

const expiry = '2020-03-12T10:10:00Z'
const coin = { underlying: 'BTC' }

const market = (second: number, index: string): readonly Line[] => [
  [second, 'PublishPrice', { asset: 'BTC', price: index }],
  [second, 'PublishForward', { ...coin, expiry, price: index }],
  [second, 'PublishVolatility', { ...coin, expiry, points: [{ strike: '1000', volatility: '0.8' }] }],
]

const option = (instrument: string, strike: string, optionType: string): Line => [
  100,
  'ListInstrument',
  { instrument, kind: 'option', settlementAsset: 'USD', ...coin, expiry, strike, optionType },
]

/**
 * A maker who stands under one requirement sells calls and buys a put. Calls rise: what all of that has come to is made cash,
 * the maker is called, put up and bid for in part; the rest is settled with the expiry, and the maker has met the call.
 */
export const expiring: readonly Line[] = [
  ...calm,
  [100, 'SetPoolParameters', { twap_s: 60, tradeBand: '10' }],
  [100, 'RegisterAsset', { asset: 'BTC', decimals: 8 }],
  [100, 'SetRiskModel', { ...coin, ...usualModel }],
  ...market(100, '1000'),
  option('C', '1000', 'call'),
  option('P', '900', 'put'),
  [100, 'OpenAccount', { account: 'maker', margin: 'portfolio' }],
  [100, 'Deposit', { account: 'maker', asset: 'USD', amount: '1500' }],
  [101, 'ClearTrade', { trade: 't-c', instrument: 'C', buyer: 'bob', seller: 'maker', quantity: '5', price: '1.27' }],
  [102, 'ClearTrade', { trade: 't-p', instrument: 'P', buyer: 'maker', seller: 'carol', quantity: '1', price: '0.1' }],
  ...market(110, '1040'),
  [111, 'SettleVariation', {}],
  ...market(120, '1180'),
  [130, 'BidLiquidation', { liquidation: 'maker:1', bidder: 'kim', fraction: '0.2' }, 'keeper:kim'],
  ...[540, 600, 610].map((second): Line => [second, 'PublishPrice', { asset: 'BTC', price: '1180' }]),
]
