import type { Label, ReadFrom, Shelf } from '@novation/audit'
import { type Either, left } from 'fp-ts/Either'
import { type Problem, problem } from '../http/problems'
import type { QueryCodecs } from '../http/query'
import { type ReadName, reads } from '../reads/index'
import type { ReadAsked, Told } from '../reads/read'
import { openPast } from './past'

/** A read of one revision, as it is handed to another thread: data and nothing else. */
export interface Question {
  readonly pool: string
  readonly revision: number
  /** Of the event there. */
  readonly hash: string
  readonly read: ReadName
  readonly asked: ReadAsked<QueryCodecs>
}

export type PastAnswer = Either<Problem, Told>

/** Asks about what may take its time: about the past, or about everybody. */
export type AskPast = (question: Question, signal: AbortSignal) => Promise<PastAnswer>

/** Answers such questions where it stands. `whose` reads the history of a pool. */
export const answerPast = (
  whose: (pool: string) => ReadFrom,
  shelf: Shelf,
  passedOver: (label: Label, reason: string) => void = () => undefined,
): AskPast => {
  const past = openPast(whose, shelf, passedOver)
  return async ({ pool, revision, hash, read, asked }, signal) => {
    const moment = await past.momentAt(pool, revision, hash, signal)
    if (moment === undefined) return left(problem('busy', `revision ${revision} was not reached in time: ask again`))
    if (moment.pool.head !== hash)
      return left(problem('unavailable', `revision ${revision} is not what it was: a backup was restored`))
    return reads[read].read(moment, asked)
  }
}
