import { emptyPool } from '@novation/clearing'
import type { Command, LedgerEvent, Posting } from '@novation/events'
import { readEvent } from '../decoded'
import { fold } from '../fold'
import { isAfter, type Place } from '../place'
import { type History, type Walk, walk } from '../walk'
import { newLineage, type Origin } from './lineage'
import { type Margin, marginOf } from './margin'
import { sentenceOf } from './sentence'
import { newTrail, type Trail } from './sources'

/** Which event is meant: by its revision, by its id, or by the id of its command. */
export type Wanted = { readonly revision: number } | { readonly id: string } | { readonly command: string }

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
}

const isWanted = (wanted: Wanted, event: LedgerEvent): boolean => {
  if ('revision' in wanted) return event.revision === wanted.revision
  return 'id' in wanted ? event.id === wanted.id : event.metadata.commandId === wanted.command
}

const judgedAccount = (event: LedgerEvent): string | undefined =>
  event.type === 'MarginCall' ||
  event.type === 'LiquidationStarted' ||
  event.type === 'AuctionRestarted' ||
  event.type === 'MarginCallMet'
    ? event.data.account
    : undefined

/**
 * One event explained: its command, its causes up to an outsider's command, and everything that followed from it up to a
 * place. Two passes over the history: the first finds what belongs to it, the second reads those events' words.
 */
export const eventStory = async (
  history: () => History,
  { pool: name, wanted, at, ...how }: Walk & { readonly pool: string; readonly wanted: Wanted; readonly at: Place },
): Promise<EventStory | undefined> => {
  const lineage = newLineage()
  let found: LedgerEvent | undefined
  const first = await walk(
    history(),
    (stored) => {
      const event = readEvent(stored)
      if (isAfter(at, event)) return false
      lineage.add(event)
      if (found === undefined && isWanted(wanted, event)) found = event
      return true
    },
    how,
  )
  if (found === undefined || first === 'interrupted') return undefined
  const target: LedgerEvent = found
  const group = lineage.group(target.revision) ?? { first: target.revision, last: target.revision }
  const causes = lineage.causes(target.revision)
  const depths = new Map<number, number>()
  const follow = (revision: number, depth: number): void => {
    for (const effect of lineage.effects(revision)) {
      const whole = lineage.group(effect) ?? { first: effect, last: effect }
      if (depths.has(whole.first)) continue
      for (let each = whole.first; each <= whole.last; each += 1) depths.set(each, depth)
      follow(effect, depth + 1)
    }
  }
  follow(target.revision, 1)

  const sentences = new Map<number, LedgerEvent>()
  const account = judgedAccount(target)
  const trail: Trail | undefined = account === undefined ? undefined : newTrail(account)
  let pool = emptyPool(name)
  let margin: Margin | undefined
  const ends = Math.max(group.last, target.revision, ...depths.keys())
  const wantedRevisions = new Set([...depths.keys(), ...causes.map(({ revision }) => revision)])
  await walk(history(), (stored) => {
    const event = readEvent(stored)
    const inGroup = event.revision >= group.first && event.revision <= group.last
    if (inGroup || wantedRevisions.has(event.revision)) sentences.set(event.revision, event)
    if (trail !== undefined && event.revision <= target.revision) {
      trail.note(event)
      pool = fold(pool, event)
      const held = event.revision === target.revision && account !== undefined ? pool.accounts.get(account) : undefined
      if (held !== undefined) margin = marginOf(pool, held, trail)
    }
    return event.revision < ends
  })
  const told = (revision: number): string => {
    const event = sentences.get(revision)
    return event === undefined ? '' : sentenceOf(event)
  }
  const command = sentences.get(group.first)?.metadata.command
  return {
    pool: name,
    event: { id: target.id, revision: target.revision, type: target.type, at: target.at, sentence: sentenceOf(target) },
    postings: target.postings,
    ...(command === undefined ? {} : { command }),
    together: [...sentences.values()]
      .filter(({ revision }) => revision >= group.first && revision <= group.last)
      .map((event) => ({ revision: event.revision, type: event.type, sentence: sentenceOf(event) })),
    causes: causes.map((cause) => ({ ...cause, sentence: told(cause.revision) })),
    effects: [...depths]
      .sort(([a], [b]) => a - b)
      .flatMap(([revision, depth]) => {
        const origin = lineage.origin(revision)
        return origin === undefined ? [] : [{ ...origin, depth, sentence: told(revision) }]
      }),
    ...(margin === undefined ? {} : { margin }),
  }
}
