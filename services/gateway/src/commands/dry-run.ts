import {
  type AccountStatement,
  accountStatement,
  type Book,
  healthOf,
  keyOf,
  type Pool,
  type Processed,
  process,
  type RejectionCode,
  rehearse,
  rehearseAssumed,
} from '@novation/clearing'
import { type Command, encodeEvent, type LedgerEvent, type Millis, published } from '@novation/events'
import { advance, type Hosted, startMesh } from '@novation/platform'
import { type Either, left, right } from 'fp-ts/Either'
import { cutFor } from '../access/cut'
import { type Problem, problem } from '../http/problems'
import { reasonFor } from './outcomes'

/** Who is hurt by what follows: of others than himself, who sees one account only is told how many. */
export interface Consequences {
  readonly called: readonly string[]
  readonly liquidated: readonly string[]
  readonly deleveraged: readonly string[]
  readonly others?: { readonly called: number; readonly liquidated: number; readonly deleveraged: number }
}

/** What would come of a command. */
export interface Rehearsed {
  readonly id: string
  readonly actor: string
  readonly dryRun: true
  readonly outcome: 'accepted'
  /** As they would be recorded, those of what falls due before it among them. */
  readonly events: readonly unknown[]
  /** Of each account that it moves something of. */
  readonly accounts: readonly {
    readonly account: string
    readonly before: AccountStatement | null
    readonly after: AccountStatement
  }[]
  /** Where the services react. */
  readonly consequences?: Consequences
}

/** How a command is tried. */
export interface Trial {
  readonly command: Command
  /** The time it comes at. */
  readonly now: Millis
  /** Whose account it is that is seen, where it is only that. */
  readonly own: string | undefined
}

/** Those who react to what is tried. */
export type Reacting = (book: Book) => readonly Hosted[]

/** More of them than this are not told. */
const accountsLimit = 1000
/** So many commands may follow from one; beyond that it is not told. */
const maxSettle = 100_000

const involved = (events: readonly LedgerEvent[]): readonly string[] => {
  const names = events.flatMap((event) => [
    ...event.postings.flatMap(({ account }) => /^trader\/([^/]+)/.exec(account)?.[1] ?? []),
    ...('account' in event.data ? [event.data.account] : []),
  ])
  return [...new Set(names)].sort().slice(0, accountsLimit)
}

const standingOf = (pool: Pool, id: string): AccountStatement | undefined => {
  const account = pool.accounts.get(id)
  return account === undefined ? undefined : accountStatement(pool, { account, health: healthOf(pool, account) })
}

const nothing = { events: [], after: new Map<string, AccountStatement>() }

interface Played {
  readonly outcome: Processed
  readonly events: readonly LedgerEvent[]
  readonly after: ReadonlyMap<string, AccountStatement>
}

/** Whether the command itself gets in, signed as it is; what is asked because of it is signed by whoever asks, when it is. */
const turnedAway = (book: Book, { command, now }: Trial): Processed | undefined => {
  const outcome = rehearse(book, () => process(book, command, Math.max(book.at, now)))
  return outcome.tag === 'decided' ? undefined : outcome
}

/** Does it, says what came of it, and takes all of it back. */
const played = (book: Book, { command, now }: Trial, reacting: readonly Hosted[]): Played =>
  rehearseAssumed(book, () => {
    const { outcome, events } = advance(startMesh(book, reacting), command, Math.max(book.at, now), maxSettle)
    const after = involved(events).flatMap((id) => {
      const standing = standingOf(book, id)
      return standing === undefined ? [] : [[id, standing] as const]
    })
    return { outcome, events, after: new Map(after) }
  })

const rejected = ({ id, actor }: Command, code: RejectionCode, reason: string): Problem =>
  problem(code, reason, { id, actor, dryRun: true, outcome: 'rejected' })

const idsOf = (events: readonly LedgerEvent[], of: (event: LedgerEvent) => readonly string[]): readonly string[] =>
  [...new Set(events.flatMap(of))].sort()

const consequencesOf = (events: readonly LedgerEvent[], own: string | undefined): Consequences => {
  const all = {
    called: idsOf(events, ({ type, data }) => (type === 'MarginCall' ? [data.account] : [])),
    liquidated: idsOf(events, ({ type, data }) => (type === 'LiquidationStarted' ? [data.account] : [])),
    deleveraged: idsOf(events, ({ type, data }) => (type === 'Deleveraged' ? [data.counterparty] : [])),
  }
  if (own === undefined) return all
  const mine = (ids: readonly string[]): readonly string[] => ids.filter((id) => id === own)
  const others = (ids: readonly string[]): number => ids.length - mine(ids).length
  return {
    called: mine(all.called),
    liquidated: mine(all.liquidated),
    deleveraged: mine(all.deleveraged),
    others: {
      called: others(all.called),
      liquidated: others(all.liquidated),
      deleveraged: others(all.deleveraged),
    },
  }
}

/** An event as whoever tries it may see it. */
const formsOf = (events: readonly LedgerEvent[], own: string | undefined): readonly unknown[] =>
  own === undefined
    ? events.map((event): unknown => JSON.parse(published(encodeEvent(event)).text))
    : events.flatMap((event) => cutFor(event, own) ?? [])

/**
 * What would come of a command: the events, and how each account they name stands before and after; or why not. With
 * services that react, all that follows too, as in a run. It is rehearsed on the book itself and leaves no trace there, nor
 * anywhere else.
 */
export const rehearsed = (book: Book, trial: Trial, reacting?: Reacting): Either<Problem, Rehearsed> => {
  const { command, own } = trial
  const { id, actor } = command
  const sight = own === undefined ? 'pool' : 'own'
  const away = book.identity === undefined ? undefined : turnedAway(book, trial)
  const { outcome, events, after } =
    away === undefined ? played(book, trial, reacting?.(book) ?? []) : { ...nothing, outcome: away }
  if (outcome.tag === 'refused') return left(problem(outcome.code, outcome.reason))
  if (outcome.tag === 'repeated')
    return left(
      problem('id-reused', `${keyOf(command)} was decided at revision ${outcome.outcome.revision}: take another id`),
    )
  const { rejection } = outcome
  if (rejection !== undefined) return left(rejected(command, rejection.code, reasonFor({ sight }, rejection)))
  const accounts = [...after]
    .filter(([account]) => own === undefined || account === own)
    .map(([account, standing]) => ({ account, before: standingOf(book, account) ?? null, after: standing }))
  return right({
    id,
    actor,
    dryRun: true,
    outcome: 'accepted',
    events: formsOf(events, own),
    accounts,
    ...(reacting === undefined ? {} : { consequences: consequencesOf(events, own) }),
  })
}
