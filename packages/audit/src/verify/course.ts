import type { Stored } from '@novation/events'
import { chainStart, type Link, linksOf } from './chain'
import { type Check, chainChecks, type Fault, fault } from './checks'
import { checkEvent, checkState, emptyStanding, eventChecks, type IsWatched, type Standing, settle } from './state'
import type { VerifyOptions, Witness } from './verification'

/** How far a verification has come; it is changed in place, event by event. */
export interface Course {
  readonly link: Link
  events: number
  /** Nothing once the chain or the fold has broken, or where no state was asked for. */
  standing: Standing | undefined
  /** The last revisions up to which events were read, the state was folded, and the commands were decided again. */
  read: number
  folded: number
  executed: number
  decidedAgain: number
  comparedByMeaning: number
  /** The revision at which identity was adopted, where it was. */
  signedFrom: number | undefined
  /** Of each check the first fault: what follows from one break is not told as another. */
  readonly faults: Map<Check, Fault>
  readonly vouched: Record<Witness['check'], number>
}

export const startCourse = ({ pool, depth = 'everything' }: VerifyOptions): Course => ({
  link: { ...chainStart },
  events: 0,
  standing: depth === 'chain' ? undefined : emptyStanding(pool, depth),
  read: -1,
  folded: -1,
  executed: -1,
  decidedAgain: 0,
  comparedByMeaning: 0,
  signedFrom: undefined,
  faults: new Map(),
  vouched: { checkpoint: -1, snapshot: -1 },
})

const addFaults = ({ faults }: Course, found: readonly Fault[]): void => {
  for (const each of found) if (!faults.has(each.check)) faults.set(each.check, each)
}

/** Of an event that was read and whose postings balance, so much is known, whatever else was found. */
const noteEvent = (course: Course, found: readonly Fault[], { revision }: Stored): void => {
  addFaults(course, found)
  if (course.faults.size === 0 || !eventChecks.some((check) => course.faults.has(check))) course.read = revision
}

/** Whether nothing but the rules is unknown here: then events are still read, and their postings added up. */
const isOfOtherRules = ({ faults }: Course): boolean =>
  faults.has('decider') && ![...chainChecks, ...eventChecks].some((check) => faults.has(check))

/** Who vouches for which revision. */
export type Witnesses = ReadonlyMap<number, readonly Witness[]>

const watching =
  ({ onState, isWatched }: VerifyOptions, witnesses: Witnesses): IsWatched =>
  (revision) =>
    witnesses.has(revision) || (onState !== undefined && (isWatched === undefined || isWatched(revision)))

const takeState = (course: Course, standing: Standing, options: VerifyOptions, isWatched: IsWatched, event: Stored) => {
  const { isFolded, faults } = checkState(standing, options, event, isWatched)
  noteEvent(course, faults, event)
  if (!isFolded) {
    course.standing = undefined
    return
  }
  const { onState } = options
  if (onState !== undefined && isWatched(event.revision)) onState(standing.pool, event)
  course.folded = event.revision
  const { execution } = standing
  if (execution === undefined) return
  course.executed = event.revision
  course.decidedAgain = execution.decided
  course.comparedByMeaning = execution.byMeaning
}

const hear = (course: Course, { check, revision, objection }: Witness, event: Stored): void => {
  const wrong = objection(event, course.standing?.pool)
  if (wrong === undefined) course.vouched[check] = revision
  else addFaults(course, [fault(check, revision, wrong)])
}

/** How one more event is taken: the chain first, then the state it makes, then whoever vouches for it. */
export const taking = (options: VerifyOptions, witnesses: Witnesses): ((course: Course, event: Stored) => void) => {
  const isWatched = watching(options, witnesses)
  const faultsOf = linksOf(options.pool)
  return (course, event) => {
    const faults = faultsOf(course.link, event)
    course.link.next = event.revision + 1
    course.link.head = event.hash
    course.events += 1
    if (event.type === 'IdentityAdopted') course.signedFrom ??= event.revision
    const { standing } = course
    if (faults.length > 0) {
      addFaults(course, faults)
      course.standing = undefined
    } else if (standing !== undefined) takeState(course, standing, options, isWatched, event)
    else if (isOfOtherRules(course)) noteEvent(course, checkEvent(event, options), event)
    const vouching = witnesses.get(event.revision)
    if (vouching !== undefined) for (const witness of vouching) hear(course, witness, event)
  }
}

/** Whether every command that was begun has been read to its end. */
export const isBetweenCommands = ({ standing }: Course): boolean => standing === undefined || standing.group.left === 0

/** What is missing when the history ends: the rest of a command, and whatever somebody vouched for beyond it. */
export const finish = (course: Course, { witnesses = [] }: VerifyOptions): void => {
  if (course.standing !== undefined) settle(course.standing)
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
  addFaults(course, [...beyond, ...due])
}
