import { type History, walk } from '../walk'
import { type Course, finish, isBetweenCommands, startCourse, taking, type Witnesses } from './course'
import { outcomeOf } from './outcome'
import { suspend } from './suspended'
import type { Verification, VerifyOptions, Witness } from './verification'

/** Witnesses where they are heard. */
export const byRevision = (witnesses: readonly Witness[]): Witnesses => {
  const found = new Map<number, Witness[]>()
  for (const witness of witnesses) found.set(witness.revision, [...(found.get(witness.revision) ?? []), witness])
  return found
}

/**
 * Verifies a history from where `from` stands. `rest` begins with the event after it. Interrupted, it stops between two
 * commands, and says in `suspended` how to go on.
 */
export const verifyFrom = async (from: Course, rest: History, options: VerifyOptions): Promise<Verification> => {
  const { signal, onProgress, ...more } = options
  const take = taking(options, byRevision(options.witnesses ?? []))
  const course = from
  const before = from.events
  const how = await walk(
    rest,
    (event) => {
      take(course, event)
      return signal?.aborted !== true || !isBetweenCommands(course)
    },
    {
      ...(more.total === undefined ? {} : { total: more.total }),
      ...(onProgress === undefined ? {} : { onProgress: (so) => onProgress({ ...so, done: so.done + before }) }),
    },
  )
  if (how === 'ended') {
    finish(course, options)
    return outcomeOf(options, course, true)
  }
  const suspended = suspend(course, options)
  return { ...outcomeOf(options, course, false), ...(suspended === undefined ? {} : { suspended }) }
}

/**
 * Verifies a history from its first event in one pass. Each check goes on as far as it can by itself: those of the chain
 * to the end, whatever broke in it; those of the state up to the first break of the chain or of the fold. It never
 * throws for what it reads.
 */
export const verify = (history: History, options: VerifyOptions): Promise<Verification> =>
  verifyFrom(startCourse(options), history, options)
