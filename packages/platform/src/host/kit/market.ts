import type { Command, CommandData, CommandType, LedgerEvent, Millis } from '@novation/events'
import { parseTime } from '@novation/events'
import { advance, type Mesh } from '../mesh'

export const begins: Millis = parseTime('2020-03-12T10:00:00Z')

/** What somebody sends, so many seconds after the beginning. */
export interface Sent {
  readonly command: Command
  readonly at: Millis
}

/** Numbered by what it says, so that the same wish twice is the same command. */
export const wish = <K extends CommandType>(type: K, data: CommandData<K>, seconds = 0, id?: string): Sent => ({
  command: {
    id: id ?? `${type}-${Object.values(data).join('-')}-${seconds}`.replace(/[^A-Za-z0-9._:-]/g, '').slice(0, 64),
    type,
    pool: 'main',
    actor: 'operator',
    data,
  } as Command,
  at: begins + seconds * 1000,
})

export const price = (value: string, seconds: number, instrument = 'BTC-PERP'): Sent =>
  wish('PublishPrice', { instrument, price: value }, seconds)

/** Prices that stay fresh for as long as a scenario takes. */
export const lastingPrices = wish('SetPoolParameters', { priceTolerance_s: 1_000_000, wear_s: 1_000_000 })

/** Within so many seconds of its last price an instrument is worn out, so that an operator may settle it. */
export const wornOut_s = 1_300

export const instrument = (name: string): Sent =>
  wish('ListInstrument', {
    instrument: name,
    kind: 'perpetual',
    settlementAsset: 'USD',
    margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] },
  })

/** Accounts with so much cash each, in a market of two instruments at 100. */
export const market = (cash: Readonly<Record<string, string>>): readonly Sent[] => [
  wish('RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }),
  instrument('BTC-PERP'),
  instrument('ETH-PERP'),
  wish('SetPoolParameters', { backstop: 'backstop', deviation: '10' }),
  ...Object.entries(cash).flatMap(([account, amount]) => [
    wish('OpenAccount', { account }),
    wish('Deposit', { account, asset: 'USD', amount }),
  ]),
  price('100', 0),
  price('100', 0, 'ETH-PERP'),
]

export const trade = (buyer: string, seller: string, quantity: string, instrument = 'BTC-PERP'): Sent =>
  wish('ClearTrade', { trade: `${buyer}-${seller}-${instrument}`, instrument, buyer, seller, quantity, price: '100' })

/** Sends one after the other; the mesh afterwards, and what happened from the `from`-th on. */
export const sendAll = (mesh: Mesh, sent: readonly Sent[], maxSettle = 1_000) => {
  const events = sent.flatMap(({ command, at }) => advance(mesh, command, at, maxSettle).events)
  return { mesh, events }
}

/** What happened, and on whose behalf: `MarginCall alice`. */
export const told = (events: readonly LedgerEvent[]): readonly string[] =>
  events.map(({ type, data, metadata }) => {
    const { account, code } = data as { account?: string; code?: string }
    return [type, account ?? code ?? metadata.actor].join(' ')
  })
