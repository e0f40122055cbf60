import { type Command, formatTime, usualModel } from '@novation/events'
import { friend, raiders, series, type Traded, truth } from './acts'
import { coinShare, fund, ownerShare, sizeShare } from './bound'

type Wish = readonly [Command['type'], object]

/** Shares of the price of what may cost nothing are of so much at the least. */
const floor = 50

export const gap = 0.3

export const begin = Date.parse('2020-03-12T10:00:00Z')

/** Options end while a raid may still go on, or when the truth has come out. */
export const expiry_ms = begin + 2 * 86_400_000
export const strike = '100'
export const coin = { underlying: 'BTC', expiry: formatTime(expiry_ms) }

/** What options follow, how they are margined, and two of them. */
export const optionsListed: readonly Wish[] = [
  ['SetPoolParameters', { forwardTolerance_s: 7_200, volatilityTolerance_s: 7_200 }],
  ['SetRiskModel', { underlying: 'BTC', ...usualModel }],
  ...series.map(
    (instrument): Wish => [
      'ListInstrument',
      {
        instrument,
        kind: 'option',
        settlementAsset: 'USD',
        ...coin,
        lot: '0.01',
        strike,
        optionType: instrument.toLowerCase(),
      },
    ],
  ),
]

const margin = { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] } as const

/** What a share of a price is a share of. */
export const refOf = (market: Traded, price: number): number =>
  market === 'SPREAD' ? Math.max(Math.abs(price), floor) : price

/** One of the attacker's accounts stands under one requirement, where there are options. */
const portfolioOf = (account: string) => (account === 'x2' ? { margin: 'portfolio' } : {})

/** What was there before the attacker came: a house with a fund, two markets, a coin, and strangers with enough for what they hold. */
export const openingFor = (options: boolean): readonly Wish[] => [
  ['RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }],
  ...(options ? [['RegisterAsset', { asset: 'BTC', decimals: 8 }] satisfies Wish] : []),
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
    {
      ...{ instrument: 'BTC-PERP', settlementAsset: 'USD', kind: 'perpetual', lot: '0.01', gap: String(gap), margin },
      ...(options ? { underlying: 'BTC' } : {}),
    },
  ],
  [
    'ListInstrument',
    {
      ...{ instrument: 'SPREAD', settlementAsset: 'USD', kind: 'perpetual', lot: '0.01', gap: String(gap), margin },
      ...{ signed: true, marginFloor: String(floor) },
    },
  ],
  ['FundInsurance', { asset: 'USD', amount: String(fund) }],
  ...raiders.map(
    (account) => ['OpenAccount', { account, owner: 'x', ...(options ? portfolioOf(account) : {}) }] as const,
  ),
  ...[friend, 'long', 'short'].map((account) => ['OpenAccount', { account }] as const),
  ...['long', 'short'].map((account) => ['Deposit', { account, asset: 'USD', amount: '500000' }] as const),
]

/** Strangers hold some of everything, dealt at what it really costs. */
export const strangersTrade: readonly Wish[] = Object.entries(truth).map(([instrument, price]) => [
  'ClearTrade',
  { trade: `s-${instrument}`, instrument, buyer: 'long', seller: 'short', quantity: '100', price: String(price) },
])
