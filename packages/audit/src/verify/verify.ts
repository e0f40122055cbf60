import { type History, walk } from '../walk'
import { finish, startCourse, take } from './course'
import { outcomeOf } from './outcome'
import type { Verification, VerifyOptions, Witness } from './verification'

const byRevision = (witnesses: readonly Witness[]): ReadonlyMap<number, readonly Witness[]> => {
  const found = new Map<number, Witness[]>()
  for (const witness of witnesses) found.set(witness.revision, [...(found.get(witness.revision) ?? []), witness])
  return found
}

/**
 * Verifies a history from its first event in one pass. Each check goes on as far as it can by itself: those of the chain
 * to the end, whatever broke in it; those of the state up to the first break of the chain or of the fold. It never
 * throws for what it reads.
 */
export const verify = async (history: History, options: VerifyOptions): Promise<Verification> => {
  const witnesses = byRevision(options.witnesses ?? [])
  let course = startCourse(options)
  const how = await walk(
    history,
    (event) => {
      course = take(course, options, witnesses, event)
      return true
    },
    options,
  )
  return how === 'ended' ? outcomeOf(options, finish(course, options), true) : outcomeOf(options, course, false)
}
