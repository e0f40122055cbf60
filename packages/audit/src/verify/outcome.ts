import { type Check, checkNames } from './checks'
import type { Course } from './course'
import { eventChecks, executionChecks, stateChecks } from './state'
import type { CheckResult, Verification, VerifyOptions } from './verification'

const witnessed = (
  { witnesses = [] }: VerifyOptions,
  { vouched }: Course,
  check: 'checkpoint' | 'snapshot',
): CheckResult =>
  witnesses.some((witness) => witness.check === check)
    ? { check, outcome: 'held', through: vouched[check] }
    : { check, outcome: 'not-asked', through: -1 }

const isAsked = ({ depth = 'everything' }: VerifyOptions, check: Check): boolean => {
  if (depth === 'everything') return true
  if (executionChecks.includes(check)) return check === depth
  return depth !== 'chain' || !(stateChecks.includes(check) || eventChecks.includes(check))
}

const resultOf = (options: VerifyOptions, course: Course, check: Check): CheckResult => {
  const broken = course.faults.get(check)
  if (broken !== undefined)
    return { check, outcome: 'broken', through: broken.revision - 1, at: broken.revision, reason: broken.reason }
  if (check === 'checkpoint' || check === 'snapshot') return witnessed(options, course, check)
  if (!isAsked(options, check)) return { check, outcome: 'not-asked', through: -1 }
  const revision = course.link.next - 1
  const isExecuted = executionChecks.includes(check) && options.depth !== 'signature'
  const through = isExecuted
    ? course.executed
    : stateChecks.includes(check) || check === 'signature'
      ? course.folded
      : eventChecks.includes(check)
        ? course.read
        : revision
  return { check, outcome: through < revision ? 'ended' : 'held', through }
}

const firstBrokenOf = ({ faults }: Course): Pick<Verification, 'firstBroken'> => {
  const broken = [...faults.values()]
  if (broken.length === 0) return {}
  const revision = Math.min(...broken.map((each) => each.revision))
  return {
    firstBroken: { revision, checks: checkNames.filter((check) => faults.get(check)?.revision === revision) },
  }
}

/** Work that the ledger had begun and not finished, where the state says so. */
export const inProgressIn = ({ standing }: Course): string | undefined => {
  const bulk = standing?.pool.bulk
  return bulk === undefined ? undefined : `${bulk.what} ${bulk.id}`
}

/** What a verification comes to, once the history has been read as far as it was. */
export const outcomeOf = (options: VerifyOptions, course: Course, complete: boolean): Verification => {
  const { witnesses = [] } = options
  const inProgress = inProgressIn(course)
  const count = (check: string) => witnesses.filter((witness) => witness.check === check).length
  return {
    pool: options.pool,
    events: course.events,
    revision: course.link.next - 1,
    head: course.link.head,
    complete,
    sound: course.faults.size === 0,
    checks: checkNames.map((check) => resultOf(options, course, check)),
    ...firstBrokenOf(course),
    decidedAgain: course.decidedAgain,
    comparedByMeaning: course.comparedByMeaning,
    ...(course.signedFrom === undefined ? {} : { signedFrom: course.signedFrom }),
    checkpoints: { count: count('checkpoint'), through: course.vouched.checkpoint },
    snapshots: { count: count('snapshot'), through: course.vouched.snapshot },
    ...(inProgress === undefined ? {} : { inProgress }),
    ...(course.standing === undefined ? {} : { state: course.standing.pool }),
  }
}
