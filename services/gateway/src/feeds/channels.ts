import { type EventFilter, fits } from '@novation/audit'
import { type EventType, type LedgerEvent, reading } from '@novation/events'
import type { Grant } from '../access/grant'
import { listForm } from '../http/shared'
import type { SeenBy } from '../reads/read'

/** Which events each channel of events is made of; `events` is all of them. */
const logs = {
  events: undefined,
  calls: ['MarginCall', 'MarginCallMet', 'MarginCallMissed', 'DebitCalled', 'DebitMet'],
  liquidations: [
    'LiquidationStarted',
    'AuctionTurned',
    'Liquidated',
    'CollateralSold',
    'LiquidationEnded',
    'Deleveraged',
  ],
  losses: ['InsuranceDrawn', 'CollateralBought', 'Deleveraged', 'LossSocialized', 'PoolFrozen', 'PoolThawed'],
  parameters: [
    'PoolParametersSet',
    'AssetRegistered',
    'AssetParametersSet',
    'InstrumentListed',
    'InstrumentParametersSet',
    'InstrumentStateSet',
    'InstrumentDelisting',
    'InstrumentExpired',
    'RiskModelSet',
  ],
  rejections: ['CommandRejected'],
} as const satisfies Readonly<Record<string, readonly EventType[] | undefined>>

export type LogName = keyof typeof logs
export const logNames = Object.keys(logs) as readonly LogName[]

/** What tells how something stands: first all of it, then what changes. Of one account it is `accounts/alice`, of a job `jobs/ID`. */
const states = {
  summary: 'public',
  prices: 'public',
  auctions: 'all',
  waterfall: 'public',
  system: 'public',
  accounts: 'owner',
  jobs: 'audit',
} as const satisfies Readonly<Record<string, SeenBy>>

export type StateName = keyof typeof states
export const stateNames = Object.keys(states) as readonly StateName[]

/** What can be followed, by the word that names it. */
export type Channel =
  | { readonly word: string; readonly log: LogName }
  | { readonly word: string; readonly state: StateName; readonly of: string | undefined }

/** Those that are of one of many, and what that one is called. */
const ones: Readonly<Partial<Record<StateName, string>>> = { accounts: 'account', jobs: 'job' }

const isWordOf = <N extends string>(names: readonly N[], word: string): word is N =>
  (names as readonly string[]).includes(word)

/** Reads one word; undefined where it names no channel. */
export const readChannel = (word: string): Channel | undefined => {
  if (isWordOf(logNames, word)) return { word, log: word }
  const [, name = '', of] = /^([a-z]+)(?:\/([A-Za-z0-9._:-]{1,64}))?$/.exec(word) ?? []
  const isOfOne = of !== undefined
  return isWordOf(stateNames, name) && isOfOne === Object.hasOwn(ones, name) ? { word, state: name, of } : undefined
}

/** Every channel as it is told to people. */
export const channelWords: readonly string[] = [
  ...logNames,
  ...stateNames.map((name) => (ones[name] === undefined ? name : `${name}/{${ones[name]}}`)),
]

/** So many a connection. */
export const channelsLimit = 64

/** Several with commas between, each once. */
export const Channels = reading(
  `of ${channelWords.join(', ')}, commas between, at most ${channelsLimit}`,
  (text): readonly Channel[] | undefined => {
    const words = text.split(',')
    const channels = words.flatMap((word) => readChannel(word) ?? [])
    const isSet = new Set(words).size === words.length
    return channels.length === words.length && isSet && words.length <= channelsLimit ? channels : undefined
  },
  { ...listForm(channelWords), uniqueItems: true },
)

/** Whether somebody may follow it: who sees only his own account is told of channels of events his own, cut. */
export const isSeen = (
  channel: Channel,
  { sight, account, audits }: Pick<Grant, 'sight' | 'account' | 'audits'>,
): boolean => {
  const seenBy: SeenBy = 'state' in channel ? states[channel.state] : 'all'
  if (sight === 'public' || seenBy === 'public') return seenBy === 'public'
  if (seenBy === 'audit') return audits
  if (!('state' in channel)) return true
  return account === undefined || seenBy === 'all' || channel.of === account
}

/** Which channels of events somebody follows, of `events` which, and whose account it is that he sees, where it is only that. */
export interface Wish {
  readonly channels: readonly LogName[]
  readonly filter: EventFilter
  readonly own: string | undefined
}

/** What two wishes have in common where the same events come of them, told the same way. */
export const nameOf = (wish: Wish): string => JSON.stringify(wish)

/** The first of the channels that an event belongs to: it is told once, however many name it. */
export const channelOf = ({ channels: followed, filter }: Wish): ((event: LedgerEvent) => LogName | undefined) => {
  const shows = fits(filter)
  return (event) =>
    followed.find((channel) => {
      const types: readonly EventType[] | undefined = logs[channel]
      return types === undefined ? shows(event) : types.includes(event.type)
    })
}
