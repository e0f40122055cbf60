import type { Pool } from '@novation/clearing'
import type { Command, LedgerEvent, Posting } from '@novation/events'
import { readEvent } from '../decoded'
import { isAfter, type Place } from '../place'
import type { ReadFrom } from '../snapshots/state-at'
import { type Walk, walk } from '../walk'
import { type Lineage, newLineage, type Origin } from './lineage'
import { type Margin, marginOf } from './margin'
import { pick } from './pick'
import { indexSaid, newQuoteTrail, type PriceStory, priceStory } from './price-story'
import { sentenceOf } from './sentence'
import { newTrail } from './sources'

export interface Effect extends Origin {
  readonly sentence: string
  /** How many steps from the event explained. */
  readonly depth: number
}

export interface EventStory {
  readonly pool: string
  readonly event: {
    readonly id: string
    readonly revision: number
    readonly type: string
    readonly at: string
    readonly sentence: string
  }
  readonly postings: readonly Posting[]
  /** The command that made it, whole; nothing where it goes on with bulk work. */
  readonly command?: Command
  /** All events of that command. */
  readonly together: readonly { readonly revision: number; readonly type: string; readonly sentence: string }[]
  /** Nearest first, an outsider's command last; empty where an outsider asked for it. */
  readonly causes: readonly (Origin & { readonly sentence: string })[]
  /** What followed because of it, in order. */
  readonly effects: readonly Effect[]
  /** Of an event that speaks of an account's margin: the numbers behind it. */
  readonly margin?: Margin
  /** Of a price that sources have signed: their quotes. */
  readonly price?: PriceStory
}

const judgedAccount = (event: LedgerEvent): string | undefined =>
  event.type === 'MarginCall' ||
  event.type === 'LiquidationStarted' ||
  event.type === 'AuctionTurned' ||
  event.type === 'MarginCallMet'
    ? event.data.account
    : undefined

/** What followed from an event, revision by revision, with the number of steps to it: whole commands each. */
const consequences = (lineage: Lineage, revision: number): ReadonlyMap<number, number> => {
  const depths = new Map<number, number>()
  const follow = (from: number, depth: number): void => {
    for (const effect of lineage.effects(from)) {
      const whole = lineage.group(effect) ?? { first: effect, last: effect }
      if (depths.has(whole.first)) continue
      for (let each = whole.first; each <= whole.last; each += 1) depths.set(each, depth)
      follow(effect, depth + 1)
    }
  }
  follow(revision, 1)
  return depths
}

export interface EventStoryOptions extends Walk {
  readonly pool: string
  readonly revision: number
  readonly at: Place
  /** The state after a revision: from a snapshot where there is one. */
  readonly stateAt: (revision: number) => Promise<Pool | undefined>
}

/**
 * One event explained: its command, its causes up to an outsider's command, and everything that followed from it up to a
 * place. One pass over the history, which folds nothing; what is told in words is then read by itself, and the state is
 * asked for only where the event speaks of a margin. Nothing where it was interrupted, or there is no such event.
 */
export const eventStory = async (
  read: ReadFrom,
  { pool: name, revision, at, stateAt, ...how }: EventStoryOptions,
): Promise<EventStory | undefined> => {
  const target = (await pick(read, [revision])).get(revision)
  if (target === undefined || isAfter(at, target)) return undefined
  const account = judgedAccount(target)
  const lineage = newLineage()
  const trail = newTrail(account ?? '')
  const index = indexSaid(target)
  const quotes = newQuoteTrail()
  const passed = await walk(
    read(0),
    (stored) => {
      const event = readEvent(stored)
      if (isAfter(at, event)) return false
      lineage.add(event)
      if (account !== undefined && event.revision <= revision) trail.note(event)
      if (index !== undefined && event.revision <= revision) quotes.note(event)
      return true
    },
    how,
  )
  if (passed === 'interrupted') return undefined
  const group = lineage.group(revision) ?? { first: revision, last: revision }
  const together = Array.from({ length: group.last - group.first + 1 }, (_, i) => group.first + i)
  const causes = lineage.causes(revision)
  const depths = consequences(lineage, revision)
  const events = await pick(read, [...together, ...causes.map((cause) => cause.revision), ...depths.keys()])
  const told = (of: number): string => {
    const event = events.get(of)
    return event === undefined ? '' : sentenceOf(event)
  }
  const isSpoken = account !== undefined || index !== undefined
  const state = isSpoken ? await stateAt(revision) : undefined
  const held = account === undefined ? undefined : state?.accounts.get(account)
  const command = events.get(group.first)?.metadata.command
  const isOfQuotes = state !== undefined && index !== undefined && command?.type === 'PublishQuotes'
  const price = isOfQuotes
    ? priceStory(
        state,
        index,
        quotes,
        together.flatMap((each) => events.get(each) ?? []),
      )
    : undefined
  return {
    pool: name,
    event: { id: target.id, revision, type: target.type, at: target.at, sentence: sentenceOf(target) },
    postings: target.postings,
    ...(command === undefined ? {} : { command }),
    together: together.flatMap((each) => {
      const event = events.get(each)
      return event === undefined ? [] : [{ revision: each, type: event.type, sentence: sentenceOf(event) }]
    }),
    causes: causes.map((cause) => ({ ...cause, sentence: told(cause.revision) })),
    effects: [...depths]
      .sort(([a], [b]) => a - b)
      .flatMap(([effect, depth]) => {
        const origin = lineage.origin(effect)
        return origin === undefined ? [] : [{ ...origin, depth, sentence: told(effect) }]
      }),
    ...(state === undefined || held === undefined ? {} : { margin: marginOf(state, held, trail) }),
    ...(price === undefined ? {} : { price }),
  }
}
