import type { Command } from '@novation/events'
import { friend, raiders, type Traded, truth } from './acts'
import { coinShare, fund, ownerShare, sizeShare } from './bound'

type Wish = readonly [Command['type'], object]

/** Shares of the price of what may cost nothing are of so much at the least. */
const floor = 50

export const gap = 0.3

const margin = { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] } as const

/** What a share of a price is a share of. */
export const refOf = (market: Traded, price: number): number =>
  market === 'SPREAD' ? Math.max(Math.abs(price), floor) : price

/** What was there before the attacker came: a house with a fund, two markets, a coin, and strangers with enough for what they hold. */
export const opening: readonly Wish[] = [
  ['RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }],
  ['RegisterAsset', { asset: 'COIN', decimals: 4, haircut: '0.2' }],
  [
    'SetPoolParameters',
    {
      // Whatever is said of a price is believed at once, and lasts: an attacker has the best of times.
      deviation: '1000000',
      priceTolerance_s: 7_200,
      wear_s: 72_000,
      size: { share: String(sizeShare), floor: '5000' },
      waterfall: { ownerShare: String(ownerShare), coinShare: String(coinShare), skinInTheGame: '0' },
    },
  ],
  [
    'ListInstrument',
    { instrument: 'BTC-PERP', settlementAsset: 'USD', kind: 'perpetual', lot: '0.01', gap: String(gap), margin },
  ],
  [
    'ListInstrument',
    {
      ...{ instrument: 'SPREAD', settlementAsset: 'USD', kind: 'perpetual', lot: '0.01', gap: String(gap), margin },
      ...{ signed: true, marginFloor: String(floor) },
    },
  ],
  ['FundInsurance', { asset: 'USD', amount: String(fund) }],
  ...raiders.map((account) => ['OpenAccount', { account, owner: 'x' }] as const),
  ...[friend, 'long', 'short'].map((account) => ['OpenAccount', { account }] as const),
  ...['long', 'short'].map((account) => ['Deposit', { account, asset: 'USD', amount: '500000' }] as const),
]

/** Strangers hold some of everything, dealt at what it really costs. */
export const strangersTrade: readonly Wish[] = Object.entries(truth).map(([instrument, price]) => [
  'ClearTrade',
  { trade: `s-${instrument}`, instrument, buyer: 'long', seller: 'short', quantity: '100', price: String(price) },
])
