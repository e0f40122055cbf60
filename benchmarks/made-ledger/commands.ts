import { type Command, type CommandData, type CommandType, formatTime, type Millis } from '@novation/events'

export interface Timed {
  readonly command: Command
  readonly at: Millis
}

/** Mulberry32: a small generator whose sequence is the same everywhere. */
const randomOf = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const tiers = [
  { upTo: '1000000', initial: '0.05', maintenance: '0.03' },
  { initial: '0.1', maintenance: '0.05' },
]

const begin_ms = Date.parse('2024-01-01T00:00:00Z')
const instruments = { 'BTC-PERP': 40_000, 'ETH-PERP': 2_500 } as const
type Instrument = keyof typeof instruments

/** An endless sequence of what a venue, an oracle and an operator ask. Times are half a second apart. */
export function* commandsOf(accounts: number, seed: number): Generator<Timed> {
  const random = randomOf(seed)
  const pick = (count: number): number => Math.floor(random() * count)
  let n = 0
  const ask = <K extends CommandType>(actor: string, type: K, data: CommandData<K>): Timed => {
    n += 1
    const at = begin_ms + n * 500
    return { at, command: { id: `c-${n}`, type, pool: 'main', at: formatTime(at), actor, data } as unknown as Command }
  }

  yield ask('operator', 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true })
  for (const instrument of Object.keys(instruments))
    yield ask('operator', 'ListInstrument', {
      instrument,
      kind: 'perpetual',
      settlementAsset: 'USD',
      lot: '0.001',
      margin: { model: 'tiered', tiers },
    })
  yield ask('operator', 'FundInsurance', { asset: 'USD', amount: '1000000' })
  for (let i = 0; i < accounts; i += 1) {
    yield ask('venue', 'OpenAccount', { account: `a${i}` })
    yield ask('venue', 'Deposit', { account: `a${i}`, asset: 'USD', amount: '10000000' })
  }

  const prices: Record<Instrument, number> = { ...instruments }
  const publish = (instrument: Instrument): Timed => {
    const drift =
      1 + (random() - 0.5) * 0.001 + ((instruments[instrument] - prices[instrument]) / instruments[instrument]) * 0.001
    prices[instrument] *= drift
    return ask('oracle', 'PublishPrice', { instrument, price: prices[instrument].toFixed(2) })
  }
  const trade = (instrument: Instrument): Timed => {
    const buyer = pick(accounts)
    const seller = (buyer + 1 + pick(accounts - 1)) % accounts
    return ask('venue', 'ClearTrade', {
      trade: `t-${n}`,
      instrument,
      buyer: `a${buyer}`,
      seller: `a${seller}`,
      quantity: ((1 + pick(2000)) / 1000).toFixed(3),
      price: (prices[instrument] * (1 + (random() - 0.5) * 0.0004)).toFixed(2),
    })
  }

  for (let round = 0; ; round += 1) {
    yield publish('BTC-PERP')
    yield publish('ETH-PERP')
    for (let i = 0; i < 10; i += 1) yield trade(random() < 0.7 ? 'BTC-PERP' : 'ETH-PERP')
    if (round % 50 === 0) yield ask('oracle', 'PayFunding', { instrument: 'BTC-PERP', rate: '0.00001' })
    if (round % 5 === 0) yield ask('venue', 'Deposit', { account: `a${pick(accounts)}`, asset: 'USD', amount: '100' })
    if (round % 10 === 0) yield ask('venue', 'Withdraw', { account: `a${pick(accounts)}`, asset: 'USD', amount: '50' })
  }
}
