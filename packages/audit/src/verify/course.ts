import { stateHash } from '@novation/clearing'
import type { Stored } from '@novation/events'
import { chainStart, checkLink, type Link } from './chain'
import { type Check, type Fault, fault } from './checks'
import { checkState, type Standing, startStanding } from './state'
import type { VerifyOptions, Witness } from './verification'

/** How far a verification has come. */
export interface Course {
  readonly link: Link
  readonly events: number
  /** Nothing once the chain or the fold has broken, or where no state was asked for. */
  readonly standing?: Standing
  /** The last revisions up to which the state was folded, and the commands were decided again. */
  readonly folded: number
  readonly executed: number
  readonly decidedAgain: number
  readonly comparedByMeaning: number
  /** Of each check the first fault: what follows from one break is not told as another. */
  readonly faults: ReadonlyMap<Check, Fault>
  readonly vouched: Readonly<Record<Witness['check'], number>>
}

export const startCourse = ({ pool, depth = 'everything' }: VerifyOptions): Course => ({
  link: chainStart,
  events: 0,
  ...(depth === 'chain' ? {} : { standing: startStanding(pool, depth === 'everything') }),
  folded: -1,
  executed: -1,
  decidedAgain: 0,
  comparedByMeaning: 0,
  faults: new Map(),
  vouched: { checkpoint: -1, snapshot: -1 },
})

export const withFaults = (course: Course, found: readonly Fault[]): Course => {
  const news = found.filter(({ check }) => !course.faults.has(check))
  if (news.length === 0) return course
  const faults = new Map(course.faults)
  for (const each of news) if (!faults.has(each.check)) faults.set(each.check, each)
  return { ...course, faults }
}

const withState = (course: Course, options: VerifyOptions, event: Stored): Course => {
  const { standing: before, ...rest } = course
  if (before === undefined) return course
  const { standing, faults } = checkState(before, options, event)
  const told = withFaults(rest, faults)
  if (standing === undefined) return told
  options.onState?.(standing.pool, event)
  const { execution } = standing
  return execution === undefined
    ? { ...told, standing, folded: event.revision }
    : {
        ...told,
        standing,
        folded: event.revision,
        executed: event.revision,
        decidedAgain: execution.decided,
        comparedByMeaning: execution.byMeaning,
      }
}

const withWitness = (course: Course, { check, revision, objection }: Witness, event: Stored): Course => {
  const wrong = objection(event, course.standing?.pool)
  return wrong === undefined
    ? { ...course, vouched: { ...course.vouched, [check]: revision } }
    : withFaults(course, [fault(check, revision, wrong)])
}

/** One more event: the chain first, then the state it makes, then whoever vouches for it. */
export const take = (
  course: Course,
  options: VerifyOptions,
  witnesses: ReadonlyMap<number, readonly Witness[]>,
  event: Stored,
): Course => {
  const { link, faults } = checkLink(options.pool, course.link, event)
  const { standing, ...told } = { ...course, link, events: course.events + 1 }
  const chained =
    faults.length > 0 || standing === undefined
      ? withFaults(told, faults)
      : withState({ ...told, standing }, options, event)
  const vouching = witnesses.get(event.revision) ?? []
  return vouching.reduce((state, witness) => withWitness(state, witness, event), chained)
}

/** Whether every command that was begun has been read to its end. */
export const isBetweenCommands = ({ standing }: Course): boolean => standing === undefined || standing.group.left === 0

/** The fold and the rules went their ways side by side; at the end of a command both must have come to the same state. */
const disagreement = (course: Course): readonly Fault[] => {
  const { standing } = course
  if (standing?.execution === undefined || standing.pool.revision < 0 || !isBetweenCommands(course)) return []
  return stateHash(standing.execution.pool) === stateHash(standing.pool)
    ? []
    : [fault('execution', standing.pool.revision, 'the rules come to another state than the events they give')]
}

/** What is missing when the history ends: the rest of a command, and whatever somebody vouched for beyond it. */
export const finish = (course: Course, { witnesses = [] }: VerifyOptions): Course => {
  const revision = course.link.next - 1
  const beyond = witnesses
    .filter((witness) => witness.revision > revision)
    .map(({ check, revision: at }) =>
      fault(
        check,
        revision + 1,
        `revision ${at} was vouched for, but the ledger ends at ${revision}: its tail is missing`,
      ),
    )
  const group = course.standing?.group
  const due =
    group === undefined || group.left === 0
      ? []
      : [fault('command', revision + 1, `${group.left} more events of ${group.commandId} are due, but the ledger ends`)]
  return withFaults(course, [...beyond, ...due, ...disagreement(course)])
}
