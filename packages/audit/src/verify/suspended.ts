import { openSnapshot, takeSnapshot } from '@novation/clearing'
import { type Either, left, right } from 'fp-ts/Either'
import { type Course, startCourse } from './course'
import { startExecution } from './execution'
import { startStanding } from './state'
import type { Suspended, VerifyOptions } from './verification'

/** Nothing where something has broken, or before the first event: then there is nothing to go on from. */
export const suspend = (course: Course, { pool, depth = 'everything' }: VerifyOptions): Suspended | undefined => {
  if (course.faults.size > 0 || course.events === 0) return undefined
  const state = course.standing?.pool
  return {
    pool,
    depth,
    revision: course.link.next - 1,
    head: course.link.head,
    decidedAgain: course.decidedAgain,
    comparedByMeaning: course.comparedByMeaning,
    ...(course.signedFrom === undefined ? {} : { signedFrom: course.signedFrom }),
    vouched: course.vouched,
    ...(state === undefined ? {} : { snapshot: takeSnapshot(state) }),
  }
}

const isSuspended = (json: unknown): json is Suspended =>
  typeof json === 'object' &&
  json !== null &&
  'pool' in json &&
  'depth' in json &&
  'vouched' in json &&
  'head' in json &&
  'revision' in json &&
  typeof json.revision === 'number'

/**
 * Where a suspended verification goes on; or why it cannot. What it says of the events before is taken on its own word:
 * its state is only checked against its own hash, and its head against the event that follows.
 */
export const resumeCourse = (json: unknown, options: VerifyOptions): Either<string, Course> => {
  const { pool, depth = 'everything' } = options
  if (!isSuspended(json)) return left('it is not an interrupted verification')
  if (json.pool !== pool) return left(`it is of pool ${json.pool}, not of ${pool}`)
  if (json.depth !== depth) return left(`it was begun at depth ${json.depth}, not ${depth}`)
  const { revision, head, decidedAgain, comparedByMeaning, vouched } = json
  const course: Course = {
    ...startCourse(options),
    link: { next: revision + 1, head },
    events: revision + 1,
    read: depth === 'chain' ? -1 : revision,
    folded: depth === 'chain' ? -1 : revision,
    executed: depth === 'everything' ? revision : -1,
    decidedAgain,
    comparedByMeaning,
    signedFrom: json.signedFrom,
    vouched: { ...vouched },
  }
  if (depth === 'chain') return right(course)
  const opened = openSnapshot(json.snapshot)
  if (opened._tag === 'Left') return left(opened.left)
  const state = opened.right
  if (state.revision !== revision || state.head !== head || state.name !== pool)
    return left('its state is not that of its revision')
  course.standing = startStanding(
    depth === 'everything' ? state : state.dropIndexes(),
    depth,
    startExecution(decidedAgain, comparedByMeaning),
  )
  return right(course)
}
