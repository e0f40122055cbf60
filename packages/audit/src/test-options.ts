import { usualModel } from '@novation/events'
import { calm, type Line } from './test-world'

export const expiry = '2020-04-30T08:00:00Z'
export const coin = { underlying: 'BTC' }

/** A maker who stands under one requirement sells an option to bob. */
export const optioned: readonly Line[] = [
  ...calm,
  [100, 'RegisterAsset', { asset: 'BTC', decimals: 8 }],
  [100, 'SetRiskModel', { ...coin, ...usualModel }],
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
