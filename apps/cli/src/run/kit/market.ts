import type { Pool } from '@novation/clearing'
import { type Command, type CommandData, type CommandType, formatTime, type Millis } from '@novation/events'
import { numbersFrom } from './numbers'

/** How one pool is set up, where it is not as every other. */
export interface Setting {
  readonly pool: string
  readonly accounts: number
  readonly deleveraging: 'queue' | 'pro-rata'
  /** The fund pays at most this part of one default. */
}

/** One command, and when the ledger meets it. */
export interface Asked {
  readonly command: Command
  readonly at: Millis
}

type Wish = { [K in CommandType]: readonly [actor: string, type: K, data: CommandData<K>] }[CommandType]

const tiers = [
  { upTo: '100000', initial: '0.05', maintenance: '0.03' },
  { initial: '0.1', maintenance: '0.05' },
]
const coins = { BTC: 40_000, ETH: 2_500 }
const perpetuals = { 'BTC-PERP': 40_000, 'ETH-PERP': 2_500, 'SOL-PERP': 100 }
const begin_ms = Date.parse('2024-01-01T00:00:00Z')
const hour_ms = 3_600_000

/** Prices swing by so much over a cycle of so many rounds: down fast, and slowly up again. */
const cycle = 150
const levelAt = (round: number): number => {
  const at = (round % cycle) / cycle
  return at < 0.6 ? 1 : at < 0.65 ? 1 - 9 * (at - 0.6) : 0.55 + (0.45 * (at - 0.65)) / 0.35
}

const listed = (instrument: string, more: object = {}): Wish => [
  'operator',
  'ListInstrument',
  {
    instrument,
    kind: 'perpetual',
    settlementAsset: 'USD',
    lot: '0.001',
    margin: {
      model: 'tiered',
      tiers,
      ...(instrument === 'ETH-PERP' ? { openInterestScaling: { lower: '1000000', upper: '90000000' } } : {}),
    },
    ...more,
  } as CommandData<'ListInstrument'>,
]

const setUp = ({ accounts, deleveraging }: Setting): readonly Wish[] => [
  ['operator', 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }],
  ['operator', 'RegisterAsset', { asset: 'BTC', decimals: 8, haircut: '0.1' }],
  ['operator', 'RegisterAsset', { asset: 'ETH', decimals: 6, haircut: '0.15' }],
  ...Object.keys(perpetuals).map((id) => listed(id)),
  [
    'operator',
    'SetPoolParameters',
    {
      priceTolerance_s: 86_400,
      wear_s: 86_400,
      backstop: 'backstop',
      deviation: '10',
      waterfall: { skinInTheGame: '2000', deleveraging },
    },
  ],
  ['operator', 'FundInsurance', { asset: 'USD', amount: String(accounts * 8) }],
  ['operator', 'FundInsurance', { asset: 'USD', amount: String(accounts * 2), tranche: 'skin-in-the-game' }],
  ['venue', 'OpenAccount', { account: 'backstop' }],
  ['venue', 'Deposit', { account: 'backstop', asset: 'USD', amount: String(accounts * 10) }],
]

const opened = (i: number): readonly Wish[] => [
  ['venue', 'OpenAccount', { account: `a${i}`, ...(i % 17 === 0 ? { margin: 'isolated' as const } : {}) }],
  ['venue', 'Deposit', { account: `a${i}`, asset: 'USD', amount: String(300 + ((i * 7919) % 4000)) }],
  ...(i % 3 === 0 ? [['venue', 'Deposit', { account: `a${i}`, asset: 'BTC', amount: '0.0125' }] as Wish] : []),
  ...(i % 5 === 0 ? [['venue', 'Deposit', { account: `a${i}`, asset: 'ETH', amount: '0.15' }] as Wish] : []),
]

/**
 * An endless market of one pool, the same for the same seed: several assets, swings in which a good part of it is
 * liquidated, bids, repeated trades, wishes that must be turned down, funding, futures that expire and are settled in bulk.
 */
export function* marketOf(setting: Setting, seed: number, pool: () => Pool): Generator<Asked> {
  const number = numbersFrom(seed)
  const below = (count: number): number => Math.floor(number() * count)
  const who = (): string => `a${Math.floor(number() ** 2 * setting.accounts)}`
  let n = 0
  let at = begin_ms
  const ask = ([actor, type, data]: Wish): Asked => {
    n += 1
    at += 250
    const command = { id: `c-${n}`, type, pool: setting.pool, at: formatTime(at), actor, data } as Command
    return { at, command }
  }
  for (const wish of setUp(setting)) yield ask(wish)

  const priceOf = (base: number, round: number): string =>
    (base * levelAt(round) * (1 + (number() - 0.5) * 0.004)).toFixed(4)
  function* prices(round: number, future: string): Generator<Asked> {
    for (const [asset, base] of Object.entries(coins))
      yield ask(['oracle', 'PublishPrice', { asset, price: priceOf(base, round) }])
    for (const [instrument, base] of Object.entries(perpetuals))
      yield ask(['oracle', 'PublishPrice', { instrument, price: priceOf(base, round) }])
    yield ask(['oracle', 'PublishPrice', { instrument: future, price: priceOf(100, round) }])
  }
  const trade = (id: string, instrument: string, base: number, round: number): Wish => [
    'venue',
    'ClearTrade',
    {
      trade: id,
      instrument,
      buyer: who(),
      seller: who(),
      quantity: ((1 + below(4000)) / 1000 / (base / 1000)).toFixed(3),
      price: priceOf(base, round),
    },
  ]

  for (let round = 0; ; round += 1) {
    const season = Math.floor(round / cycle)
    const future = `SOL-${season}`
    if (round % cycle === 0) {
      const expiry = formatTime(at + 9 * hour_ms)
      yield ask(listed(future, { kind: 'future', expiry }))
    }
    yield* prices(round, future)
    if (round === 0) for (let i = 0; i < setting.accounts; i += 1) for (const wish of opened(i)) yield ask(wish)
    // Whoever holds a future settles it in bulk, and everybody may hold one.
    const traded = round % cycle < 20 ? 30 : 10
    for (let i = 0; i < traded; i += 1) {
      const [instrument = '', base = 1] =
        [...Object.entries(perpetuals), [future, 100] as const][round % cycle < 20 ? 3 : below(4)] ?? []
      yield ask(trade(`t-${n}`, instrument, base, round))
    }
    if (round % 7 === 0) yield ask(trade(`t-${Math.max(0, n - below(500))}`, 'SOL-PERP', 100, round))
    yield ask(['venue', 'Deposit', { account: who(), asset: 'USD', amount: (10 + below(900)).toFixed(2) }])
    yield ask(['venue', 'Withdraw', { account: who(), asset: 'USD', amount: (below(80000) / 100 + 0.01).toFixed(2) }])
    if (round % 9 === 0) yield ask(['venue', 'Withdraw', { account: who(), asset: 'BTC', amount: '0.002' }])
    for (const liquidation of [...pool().liquidations.keys()].sort().slice(0, 3)) {
      const bidder = who()
      const fraction = ['0.1', '0.5', '1'][below(3)] ?? '1'
      yield ask([`keeper:${bidder}`, 'BidLiquidation', { liquidation, bidder, fraction }])
    }
    if (round % 20 === 0) yield ask(['oracle', 'PayFunding', { instrument: 'BTC-PERP', rate: '0.0002' }])
    if (round % 33 === 0) yield ask(['oracle', 'PayFunding', { instrument: 'SOL-PERP', rate: '-0.0005' }])
    if (round % 50 === 0) yield ask(['operator', 'FundInsurance', { asset: 'USD', amount: '1000' }])
    // An hour passes now and then, so that auctions end and futures expire.
    if (round % 16 === 15) at += hour_ms
    if (round % cycle === cycle - 1) {
      yield* prices(round, future)
      yield ask(['operator', 'SettleInstrument', { instrument: future, price: priceOf(100, round) }])
    }
  }
}
