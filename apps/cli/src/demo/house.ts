import type { CommandData, CommandType } from '@novation/events'
import type { Day, Listed } from './day'

/** A command that has no id and no time yet. */
export interface Wish {
  readonly actor: string
  readonly type: CommandType
  readonly data: CommandData<CommandType>
}

export const wish = <K extends CommandType>(actor: string, type: K, data: CommandData<K>): Wish => ({
  actor,
  type,
  data,
})

export const asset = 'USD'

/** Who makes the market: the other side of everybody's trade. */
export const makers = ['maker-1', 'maker-2', 'maker-3', 'maker-4'] as const

/** Who bids in auctions, from which part of an account's value on, and how carefully. */
export const keepers = [
  { account: 'keeper-1', offer: 0.04, reserve: '1.5' },
  { account: 'keeper-2', offer: 0.1, reserve: '2' },
  { account: 'keeper-3', offer: 0.2, reserve: '3' },
] as const

export const backstopAccount = 'backstop'

const tiers = [
  { upTo: '1000000', initial: '0.05', maintenance: '0.025' },
  { upTo: '10000000', initial: '0.1', maintenance: '0.05' },
  { initial: '0.2', maintenance: '0.1' },
]

/** Capital by what an account of the demo risks on average, so that any number of accounts sees the same day. */
interface Capital {
  readonly maker: number
  readonly keeper: number
  readonly backstop: number
  readonly fund: number
  readonly tranche: number
}

const capitalFor = (traders: number): Capital => ({
  maker: 2_600 * traders,
  keeper: 600 * traders,
  backstop: 400 * traders,
  fund: 1_500 * traders,
  tranche: 90 * traders,
})

const money = (amount: number): string => amount.toFixed(2)

/** Which index is the price of an instrument; none where prices are told. */
export type IndexOf = (instrument: string) => string | undefined

/** What ends is settled at its index over so many bars before that, and is given four times as long to come to it. */
const settlementOf = (bar_s: number) => ({
  twap_s: Math.max(1, Math.round(30 * bar_s)),
  longest_s: Math.max(1, Math.round(120 * bar_s)),
})

const listing = (indexOf: IndexOf, bar_s: number, { instrument, lot }: Listed, expiry?: string): Wish => {
  const index = indexOf(instrument)
  return wish('operator', 'ListInstrument', {
    instrument,
    kind: expiry === undefined ? 'perpetual' : 'future',
    settlementAsset: asset,
    lot,
    margin: { model: 'tiered', tiers },
    ...(expiry === undefined ? {} : { expiry }),
    ...(index === undefined ? {} : { index }),
    ...(index === undefined || expiry === undefined ? {} : { settlement: settlementOf(bar_s) }),
  })
}

const listings = (
  { market: { lead, second, third, future }, bar_s }: Day,
  expiry: string,
  indexOf: IndexOf,
): readonly Wish[] => [
  ...[lead, second, third].map((perpetual) => listing(indexOf, bar_s, perpetual)),
  listing(indexOf, bar_s, future, expiry),
]

/** Time runs as the bars do: an auction of bars an hour apart takes hours. */
const parameters = ({ bar_s }: Day): Wish => {
  const bars = (count: number): number => Math.max(1, Math.round(count * bar_s))
  return wish('operator', 'SetPoolParameters', {
    liquidation: {
      buffer: '0.2',
      fee: '0.003',
      keeperTip: '5',
      keeperShare: '0.2',
      auction: { fastSeconds: bars(3), slowSeconds: bars(6), insolventSeconds: bars(4) },
    },
    waterfall: { skinInTheGame: '100' },
    priceTolerance_s: bars(3),
    wear_s: bars(30),
    callPeriod_s: bars(30),
    lossWindow_s: bars(45),
    backstop: backstopAccount,
  })
}

const opening = (account: string, amount: number): readonly Wish[] => [
  wish('venue', 'OpenAccount', { account }),
  wish('venue', 'Deposit', { account, asset, amount: money(amount) }),
]

/** What makes the prices of a house, where sources sign them, and of what. */
export interface Indexed {
  readonly indices: readonly Wish[]
  readonly indexOf: IndexOf
}

const told: Indexed = { indices: [], indexOf: () => undefined }

/** Everything before the first price: the pool's terms, its prefunded layers, and the professionals. */
export const openHouse = (
  day: Day,
  traders: number,
  expiry: string,
  { indices, indexOf }: Indexed = told,
): readonly Wish[] => {
  const capital = capitalFor(traders)
  return [
    wish('operator', 'RegisterAsset', { asset, decimals: 6, settlement: true }),
    parameters(day),
    ...indices,
    ...listings(day, expiry, indexOf),
    wish('operator', 'FundInsurance', { asset, amount: money(capital.fund) }),
    wish('operator', 'FundInsurance', { asset, amount: money(capital.tranche), tranche: 'skin-in-the-game' }),
    ...makers.flatMap((account) => opening(account, capital.maker)),
    ...keepers.flatMap(({ account }) => opening(account, capital.keeper)),
    ...opening(backstopAccount, capital.backstop),
  ]
}
