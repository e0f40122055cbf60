import type { Label, OwnShelf, ReadFrom, Shelf } from '@novation/audit'
import { type Book, isWhole } from '@novation/clearing'
import { formatTime } from '@novation/events'
import { NeverSettles } from '@novation/platform'
import { type Either, left, map, right } from 'fp-ts/Either'
import { type Reacting, rehearsed, type Trial } from '../commands/dry-run'
import { type Problem, problem } from '../http/problems'
import type { QueryCodecs } from '../http/query'
import { type ReadName, reads } from '../reads/index'
import type { ReadAsked, Told } from '../reads/read'
import { thinned } from '../series/course'
import { type CourseAsked, openCourses } from './courses'
import { openEventIds } from './event-ids'
import { openLastTold } from './last-told'
import { allFacts, marginEvents, marginFacts } from './margin-events'
import { openPast } from './past'
import { bothShelves, openAside, type Size } from './put-aside'

/** Something about one revision, as it is handed to another thread: data and nothing else. */
export type Question = {
  readonly pool: string
  readonly revision: number
  /** Of the event there. */
  readonly hash: string
  /** How long the history is by now: it says how far apart moments are put aside. */
  readonly size?: Size
} & (
  | { readonly read: ReadName; readonly asked: ReadAsked<QueryCodecs> }
  /** What would come of a command; with `settle`, once every service has done what follows. */
  | { readonly trial: Trial; readonly settle: boolean }
  /** How something has stood in the course of time, up to there. */
  | { readonly course: CourseAsked }
  /** Where the event of this id is, up to there. */
  | { readonly event: string }
  /** By which events that was told of which the margin of this account is made. */
  | { readonly marginOf: string }
  /** Nothing yet: moments of that history are to be put aside before somebody asks about one. */
  | { readonly prepares: true }
)

export type PastAnswer = Either<Problem, Told>

/** Asks about what may take its time: about the past, or about everybody. */
export type AskPast = (question: Question, signal: AbortSignal) => Promise<PastAnswer>

/** What follows from a command is worked out for so long. */
const settling_ms = 2_000

class TakesTooLong extends Error {}

/** They react as long as there is time. */
const inTime = (reacting: Reacting, now: () => number): Reacting => {
  const until = now() + settling_ms
  return (book) =>
    reacting(book).map(({ feed }) => ({
      feed: (event) => {
        if (now() > until) throw new TakesTooLong()
        return feed(event)
      },
    }))
}

const busy = (revision: number): Problem => problem('busy', `revision ${revision} was not reached in time: ask again`)
const elsewhere = (revision: number): Problem =>
  problem('unavailable', `revision ${revision} is not what it was: a backup was restored`)
const nothing = ({ of, name }: CourseAsked, revision: number): Problem =>
  problem('not-found', `there is no ${of} of ${name} up to revision ${revision}`)
const unsettled = problem('busy', 'what follows from it is more than is worked out here: try it without `settle`')

/** A moment at which nothing was ever decided is no place to decide anything at. */
export const notWhole = ({ groupEnd, revision }: Pick<Book, 'groupEnd' | 'revision'>): Problem =>
  problem('bad-position', `revision ${revision} is between two events of a command: ask for at=${groupEnd}`)

export interface PastGiven {
  /** Reads the history of a pool. */
  readonly whose: (pool: string) => ReadFrom
  readonly shelf: Shelf
  readonly passedOver?: (label: Label, reason: string) => void
  /** Where moments are put aside, so that others near them are found soon; without it none are. */
  readonly aside?: OwnShelf
  /** One could not be put aside, and why. */
  readonly unkept?: (error: unknown) => void
  /** The services of the mesh, in their order, for who asks what follows from a command. */
  readonly reacting: Reacting
  readonly now: () => number
}

/** Answers such questions where it stands. */
export const answerPast = ({
  whose,
  shelf: given,
  passedOver = () => undefined,
  aside,
  unkept = () => undefined,
  reacting,
  now,
}: PastGiven): AskPast => {
  const shelf = aside === undefined ? given : bothShelves(aside, given)
  const moments = aside === undefined ? undefined : openAside(aside, shelf, whose, unkept)
  const unbelieved = (label: Label, reason: string): void => {
    passedOver(label, reason)
    void aside?.clear(label.pool, ({ revision }) => revision !== label.revision).catch(unkept)
  }
  const past = openPast(whose, shelf, unbelieved)
  const courses = openCourses(whose, shelf, unbelieved)
  const ids = openEventIds(whose)
  const lastTold = openLastTold(whose)

  const followed = async (
    { pool, revision, hash, course: asked }: Extract<Question, { course: CourseAsked }>,
    signal: AbortSignal,
  ): Promise<PastAnswer> => {
    const held = await courses(pool, asked, revision, signal)
    if (held === undefined) return left(busy(revision))
    const { book, course } = held
    if (book.revision === revision && book.head !== hash) return left(elsewhere(revision))
    const all = course.rows(book).filter((row) => row.revision <= revision)
    if (all.length === 0) return left(nothing(asked, revision))
    const rows = all.filter((row) => row.revision >= asked.from)
    return right({
      json: { rows: thinned(rows, asked.points).map(({ at, ...row }) => ({ ...row, at: formatTime(at) })) },
    })
  }

  const found = async (
    { pool, revision, event }: Extract<Question, { event: string }>,
    signal: AbortSignal,
  ): Promise<PastAnswer> => {
    const place = await ids(pool, event, revision, signal)
    if (signal.aborted) return left(busy(revision))
    return place === undefined
      ? left(problem('not-found', `there is no event ${event} up to revision ${revision}`))
      : right({ json: { revision: place } })
  }

  const traced = async (
    { pool, revision, hash, marginOf }: Extract<Question, { marginOf: string }>,
    signal: AbortSignal,
  ): Promise<PastAnswer> => {
    const there = await past.at(
      { pool, revision, hash },
      (moment) => [marginFacts(moment.pool, marginOf)] as const,
      signal,
    )
    if (there === 'elsewhere') return left(elsewhere(revision))
    if (there === undefined) return left(busy(revision))
    const [facts] = there
    if (facts === undefined)
      return left(problem('not-found', `there is no account ${marginOf} at revision ${revision}`))
    const found = await lastTold(pool, allFacts(facts), revision, signal)
    return found === undefined ? left(busy(revision)) : right({ json: marginEvents(facts, found) })
  }

  const tried = (book: Book, { trial, settle }: Extract<Question, { trial: Trial }>): PastAnswer => {
    if (!isWhole(book)) return left(notWhole(book))
    try {
      return map((json) => ({ json }))(rehearsed(book, trial, settle ? inTime(reacting, now) : undefined))
    } catch (error) {
      if (error instanceof TakesTooLong || error instanceof NeverSettles) return left(unsettled)
      throw error
    }
  }

  return async (question, signal) => {
    if ('event' in question) return found(question, signal)
    const { pool, revision, hash, size } = question
    if (size !== undefined) moments?.keep(pool, size)
    if ('prepares' in question) return right({ json: {} })
    await moments?.near(pool, 'course' in question ? question.course.from : revision, signal)
    if ('course' in question) return followed(question, signal)
    if ('marginOf' in question) return traced(question, signal)
    const isTrial = 'trial' in question
    const told = await past.at(
      { pool, revision, hash, decides: isTrial },
      (moment, book) => (isTrial ? tried(book, question) : reads[question.read].read(moment, question.asked)),
      signal,
    )
    if (told === undefined) return left(busy(revision))
    return told === 'elsewhere' ? left(elsewhere(revision)) : told
  }
}
