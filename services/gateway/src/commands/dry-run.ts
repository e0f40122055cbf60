import {
  type AccountStatement,
  accountStatement,
  type Book,
  healthOf,
  keyOf,
  type Pool,
  type Processed,
  type RejectionCode,
  rehearse,
} from '@novation/clearing'
import { type Command, encodeEvent, type LedgerEvent, type Millis, published } from '@novation/events'
import { advance, startMesh } from '@novation/platform'
import { type Either, left, right } from 'fp-ts/Either'
import { type Problem, problem } from '../http/problems'

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
}

/** More of them than this are not told. */
const accountsLimit = 1000
/** Nobody reacts in a rehearsal, so what is decided is the command and what falls due. */
const maxSettle = 1_000_000

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

interface Played {
  readonly outcome: Processed
  readonly events: readonly LedgerEvent[]
  readonly after: ReadonlyMap<string, AccountStatement>
}

/** Does it, says what came of it, and takes all of it back. */
const played = (book: Book, command: Command, now: Millis): Played =>
  rehearse(book, () => {
    const { outcome, events } = advance(startMesh(book, []), command, Math.max(book.at, now), maxSettle)
    const after = involved(events).flatMap((id) => {
      const standing = standingOf(book, id)
      return standing === undefined ? [] : [[id, standing] as const]
    })
    return { outcome, events, after: new Map(after) }
  })

const rejected = ({ id, actor }: Command, code: RejectionCode, reason: string): Problem =>
  problem(code, reason, { id, actor, dryRun: true, outcome: 'rejected' })

/**
 * What would come of a command if it were sent now: the events, and how each account they name stands before and after; or
 * why not. It is rehearsed on the book itself and leaves no trace there, nor anywhere else.
 */
export const rehearsed = (book: Book, command: Command, now: Millis): Either<Problem, Rehearsed> => {
  const { id, actor } = command
  const { outcome, events, after } = played(book, command, now)
  if (outcome.tag === 'refused') return left(problem(outcome.code, outcome.reason))
  if (outcome.tag === 'repeated')
    return left(
      problem('id-reused', `${keyOf(command)} was decided at revision ${outcome.outcome.revision}: take another id`),
    )
  if (outcome.rejection !== undefined) return left(rejected(command, outcome.rejection.code, outcome.rejection.reason))
  const accounts = [...after].map(([account, standing]) => ({
    account,
    before: standingOf(book, account) ?? null,
    after: standing,
  }))
  const forms = events.map((event): unknown => JSON.parse(published(encodeEvent(event)).text))
  return right({ id, actor, dryRun: true, outcome: 'accepted', events: forms, accounts })
}
