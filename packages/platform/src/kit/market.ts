import type { Sent } from './alone'

/** What lists BTC-PERP: a tenth of its value to open a position, a twentieth to keep it. */
export const btcPerp = {
  instrument: 'BTC-PERP',
  kind: 'perpetual',
  settlementAsset: 'USD',
  lot: '0.001',
  margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] },
}

export const tick = (price: string): Sent => ['PublishPrice', { instrument: 'BTC-PERP', price }]

/**
 * A market in which each of these has 1000, and alice has bought one BTC-PERP from bob at 5000: she must have a tenth of its
 * value to open it and a twentieth to keep it. An auction goes through each of its stages in a second.
 */
export const marketOf = (...accounts: readonly string[]): readonly Sent[] => [
  ['RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }],
  ['ListInstrument', btcPerp],
  [
    'SetPoolParameters',
    {
      liquidation: { auction: { fastSeconds: 1, slowSeconds: 1, insolventSeconds: 1 } },
      lossWindow_s: 5,
      settlementBand: '1',
      backstop: 'backstop',
      deviation: '10',
    },
  ],
  ...accounts.flatMap((account): readonly Sent[] => [
    ['OpenAccount', { account }],
    ['Deposit', { account, asset: 'USD', amount: '1000' }],
  ]),
  tick('5000'),
  ['ClearTrade', { trade: 't1', instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity: '1', price: '5000' }],
]
