import { type EventFilter, fits } from '@novation/audit'
import { type EventType, type LedgerEvent, oneOf, reading } from '@novation/events'
import { listForm } from '../http/shared'

/** What can be followed, and which events each is made of; `events` is all of them. */
const channels = {
  events: undefined,
  calls: ['MarginCall', 'MarginCallMet', 'MarginCallMissed'],
  liquidations: ['LiquidationStarted', 'Liquidated', 'LiquidationEnded', 'Deleveraged'],
  losses: ['InsuranceDrawn', 'Deleveraged', 'LossSocialized', 'PoolFrozen', 'PoolThawed'],
  parameters: ['PoolParametersSet', 'AssetRegistered', 'InstrumentListed'],
  rejections: ['CommandRejected'],
} as const satisfies Readonly<Record<string, readonly EventType[] | undefined>>

export type Channel = keyof typeof channels

export const channelNames = Object.keys(channels) as readonly Channel[]

const Channel = oneOf(...channelNames)

/** Several with commas between, each once. */
export const Channels = reading(
  `of ${channelNames.join(', ')}, commas between`,
  (text): readonly Channel[] | undefined => {
    const words = text.split(',')
    return words.every(Channel.is) && new Set(words).size === words.length ? (words as readonly Channel[]) : undefined
  },
  { ...listForm(channelNames), uniqueItems: true },
)

/** Which channels somebody follows, and of `events`, which events. */
export interface Wish {
  readonly channels: readonly Channel[]
  readonly filter: EventFilter
}

/** What two wishes have in common where the same events come of them, told the same way. */
export const nameOf = (wish: Wish): string => JSON.stringify(wish)

/** The first of the channels that an event belongs to: it is told once, however many name it. */
export const channelOf = ({ channels: followed, filter }: Wish): ((event: LedgerEvent) => Channel | undefined) => {
  const shows = fits(filter)
  return (event) =>
    followed.find((channel) => {
      const types: readonly EventType[] | undefined = channels[channel]
      return types === undefined ? shows(event) : types.includes(event.type)
    })
}
