import type { Command, CommandType } from '@novation/events'

/** One command, and at which second it is sent. */
export interface Line {
  readonly command: Command
  readonly second: number
}

const marks = { 'BTC-PERP': 40_000, 'ETH-PERP': 2_500, 'SOL-PERP': 100, 'XRP-PERP': 0.6 } as const
export const instruments = Object.entries(marks)

const tiers = [
  { upTo: '100000', initial: '0.05', maintenance: '0.03' },
  { initial: '0.1', maintenance: '0.05' },
]

/** The same numbers from 0 to 1 at all times. */
export const numbersFrom = (seed: number) => {
  let state = seed
  return (): number => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0
    return state / 2 ** 32
  }
}

let sent = 0
export const line = (type: CommandType, data: object, second = 0, actor = 'operator'): Line => {
  sent += 1
  return { command: { id: `c${sent}`, type, pool: 'main', actor, data } as Command, second }
}

export const prices = (part: number, second: number): readonly Line[] =>
  instruments.map(([instrument, price]) =>
    line('PublishPrice', { instrument, price: (price * part).toFixed(4) }, second),
  )

/** A house of so many traders with between an eighth and two thirds of what they trade behind them, half of them long. */
export const houseOf = (traders: number, fund: number): readonly Line[] => {
  const number = numbersFrom(7)
  const pair = (i: number): readonly Line[] => {
    const [instrument, price] = instruments[Math.floor(number() * instruments.length)] ?? instruments[0] ?? ['', 1]
    const sides = { buyer: `a${i}`, seller: `a${i + 1}` }
    const deal = { quantity: (1000 / price).toFixed(3), price: price.toFixed(4) }
    return [line('ClearTrade', { trade: `t${i}`, instrument, ...sides, ...deal })]
  }
  return [
    line('RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }),
    ...instruments.map(([instrument]) =>
      line('ListInstrument', {
        instrument,
        kind: 'perpetual',
        settlementAsset: 'USD',
        lot: '0.001',
        margin: { model: 'tiered', tiers },
      }),
    ),
    line('SetPoolParameters', { priceTolerance_s: 864_000, wear_s: 864_000, waterfall: { skinInTheGame: '1000' } }),
    line('FundInsurance', { asset: 'USD', amount: String(fund) }),
    ...prices(1, 0),
    line('OpenAccount', { account: 'backstop' }),
    line('Deposit', { account: 'backstop', asset: 'USD', amount: String(traders * 5) }),
    ...Array.from({ length: traders }, (_, i) => [
      line('OpenAccount', { account: `a${i}` }),
      line('Deposit', {
        account: `a${i}`,
        asset: 'USD',
        amount: (1000 / (1.5 + 8 * number() ** 2)).toFixed(2),
      }),
    ]).flat(),
    ...Array.from({ length: traders >> 1 }, (_, i) => pair(2 * i)).flat(),
  ]
}

/** A calm day: trades, deposits, withdrawals and ticks over the accounts of a house; another day has other trades. */
export const loadOf = (traders: number, count: number, day = 0): readonly Line[] => {
  const number = numbersFrom(11 + day)
  const who = (): string => `a${Math.floor(number() ** 2 * traders)}`
  return Array.from({ length: count }, (_, i) => {
    const [instrument = '', price = 1] = instruments[i % instruments.length] ?? []
    const near = (price * (1 + (number() - 0.5) * 0.0006)).toFixed(4)
    const deal = { quantity: (20 / price).toFixed(3), price: near }
    const trade = { trade: `l${day}-${i}`, instrument, buyer: who(), seller: who(), ...deal }
    if (i % 2 === 0) return line('ClearTrade', trade, 1)
    if (i % 8 === 1) return line('PublishPrice', { instrument, price: near }, 1)
    return line(i % 8 === 3 ? 'Withdraw' : 'Deposit', { account: who(), asset: 'USD', amount: '1.25' }, 1)
  })
}
