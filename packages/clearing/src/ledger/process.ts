import { type Command, type LedgerEvent, type Millis, parseTime, wrongInEnvelope } from '@novation/events'
import { type Either, left, right } from 'fp-ts/Either'
import { type Draft, draftOn, type NoNews, type Rejection } from '../decision'
import { outlived, stranger, unproven } from '../identity/door'
import { waitsForClock } from '../identity/mute-clock'
import { nothingObserved } from '../oracle/publish-observations'
import { nothingQuoted } from '../oracle/publish-quotes'
import type { Book } from '../state/book'
import { doorAt } from '../state/door'
import { contentHash, keyOf, note } from '../state/evolve'
import { judge } from '../state/judge'
import type { Pool } from '../state/pool'
import { BrokenInvariant } from '../state/postings'
import type { Outcome } from '../state/values'
import { forbidden } from './authorise'
import { continueBulk } from './bulk'
import { decide } from './decide'
import { freezeOrThaw } from './freeze'
import { type Refused, refuse } from './refused'
import { rehearse } from './rehearse'
import { type Cause, seal } from './seal'
import { turnAuctions } from './turn'

/** The same wish as before: the first outcome is answered again, and nothing happens (protocol 5). */
export interface Repeated {
  readonly tag: 'repeated'
  readonly outcome: Outcome
}

/** Events to append; the book is as it is once they are. `rejection` where all they say is that it was not done. */
export interface Decided {
  readonly tag: 'decided'
  readonly events: readonly LedgerEvent[]
  readonly rejection?: Rejection
}

export type Processed = Refused | Repeated | Decided

/** The house is counterparty of both sides of everything: whatever happened, it must be flat again. */
const assertFlat = ({ clearing }: Pool): void => {
  if (clearing.balances.size > 0)
    throw new BrokenInvariant('the house is not flat: clearing holds a balance after an append')
}

/** Judges, freezes or thaws, asserts and seals what was recorded: what every group of events goes through, once. */
const commit = (book: Book, draft: Draft, cause: Cause, command?: Command, hash?: string): readonly LedgerEvent[] => {
  if (draft.made.length === 0) throw new RangeError('a command cannot be accepted without an event')
  void judge(book)
  turnAuctions(draft)
  freezeOrThaw(draft)
  assertFlat(book)
  const events = seal(book, cause, draft.made, command)
  for (const event of events) note(book, event, hash)
  void judge(book)
  return events
}

/** What is older than the door may be one whose outcome nobody knows any more; what says no time of its own is kept for ever. */
const isTooOld = (pool: Pool, { at }: Command): boolean => at !== undefined && parseTime(at) < doorAt(pool)

/** Whether a command may come in: its envelope, its pool, who signs it, who sends it, and whether that is proven (protocol 33). */
const turnAway = (pool: Pool, command: Command): Refused | undefined => {
  const wrong = wrongInEnvelope(command)
  if (wrong !== undefined) return refuse('malformed', wrong)
  if (command.pool !== pool.name)
    return refuse('wrong-pool', `this is the ledger of ${pool.name}, not of ${command.pool}`)
  const unknown = stranger(pool, command)
  if (unknown !== undefined) return unknown
  const why = forbidden(command)
  return why === undefined ? unproven(pool, command) : refuse('not-permitted', why)
}

/** Whether a command gets as far as being decided: may it come in, has it come before, does it come in time. */
const admit = (pool: Pool, command: Command, hash: string): Refused | Repeated | undefined => {
  const away = turnAway(pool, command) ?? waitsForClock(pool, command)
  if (away !== undefined) return away
  const outcome = pool.outcomes.get(keyOf(command))
  if (outcome !== undefined)
    return hash.startsWith(outcome.contentHash)
      ? { tag: 'repeated', outcome }
      : refuse(
          'id-reused',
          `${command.actor} has used id ${command.id} for something else, at revision ${outcome.revision}`,
        )
  return isTooOld(pool, command)
    ? refuse('too-old', `${command.id} is older than the pool remembers ids; send it again under a new one`)
    : outlived(pool, command)
}

/** What is decided of a command that was admitted; of one that is rejected nothing is left but that it was. */
const decideOn = (book: Book, command: Command, hash: string): Decided | Refused => {
  const draft = draftOn(book)
  const decision = book.attempt(() => decide(draft, command))
  if (decision._tag === 'Right') return { tag: 'decided', events: commit(book, draft, command, command, hash) }
  const rejection = decision.left
  if (rejection.code === 'no-news') return refuse(rejection.code, rejection.reason)
  const rejected = draftOn(book)
  rejected.record('CommandRejected', { code: rejection.code, reason: rejection.reason, command: command.id })
  return { tag: 'decided', events: commit(book, rejected, command, command, hash), rejection }
}

/** All of it or nothing; where it is nothing, everybody stands again where they stood. */
const wholly = <E, A>(book: Book, work: () => Either<E, A>): E | A => {
  try {
    const outcome = book.attempt(work)
    return outcome._tag === 'Right' ? outcome.right : outcome.left
  } finally {
    void judge(book)
  }
}

/**
 * One command through the ledger: authorise, recognise repeats, decide, seal. `clock` is what the ledger's clock says, and
 * ledger time never goes back behind the last event (protocol 2). A bulk under way must be finished first. Where it is
 * turned away, and where something throws, the book is as it was.
 */
export const process = (book: Book, command: Command, clock: Millis): Processed => {
  if (book.bulk !== undefined) throw new BrokenInvariant(`bulk ${book.bulk.id} is under way: nothing else is decided`)
  void judge(book)
  return wholly(book, () => {
    book.set(book, 'at', Math.max(book.at, clock))
    // Prices wear with time: what is decided is decided on how everybody stands by now.
    void judge(book)
    const hash = contentHash(command)
    const turned = admit(book, command, hash)
    if (turned !== undefined) return left(turned)
    const decided = decideOn(book, command, hash)
    return decided.tag === 'refused' ? left(decided) : right(decided)
  })
}

/** Of what brings nothing new, why: only these are looked into before they are decided. */
const withoutNews = (pool: Pool, command: Command): NoNews | undefined => {
  if (command.type === 'PublishQuotes') return nothingQuoted(pool, command.data)
  return command.type === 'PublishObservations' ? nothingObserved(pool, command.data) : undefined
}

/** What would become of a command at a time if it were not decided: it is turned away, or was answered before. Nothing happens. */
export const turnedAwayAt = (book: Book, command: Command, clock: Millis): Refused | Repeated | undefined =>
  rehearse(book, () => {
    book.set(book, 'at', Math.max(book.at, clock))
    const turned = admit(book, command, contentHash(command))
    if (turned !== undefined) return turned
    const nothing = withoutNews(book, command)
    return nothing === undefined ? undefined : refuse(nothing.code, nothing.reason)
  })

/** The next part of the bulk under way, or nothing where there is none. */
export const processBulk = (book: Book): Decided | undefined => {
  const { bulk } = judge(book)
  if (bulk === undefined) return undefined
  return wholly(book, (): Either<never, Decided> => {
    const draft = draftOn(book)
    continueBulk(draft, bulk)
    return right({ tag: 'decided', events: commit(book, draft, bulk.command) })
  })
}

/**
 * What made the events of which this is the first, decided at the time that was recorded on a book that stands before them: its command, or
 * the next part of the bulk under way, where there is one.
 */
export const processAgain = (book: Book, { at, metadata: { command } }: LedgerEvent): Processed | undefined =>
  command === undefined ? processBulk(book) : process(book, command, parseTime(at))
