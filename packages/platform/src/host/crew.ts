import { type Command, type LedgerEvent, parseTime } from '@novation/events'
import {
  type Asked,
  askDue,
  askedAgain,
  askedBefore,
  askOpen,
  changesAnswers,
  isOpen,
  type Sent,
  settle,
  unansweredIn,
} from './asking'
import type { Fold, Reactor, Watch } from './reactor'

/** One of those who read a state. */
interface Member<S> {
  readonly reactor: Reactor<S>
  readonly asked: Asked
  readonly watch: Watch<S>
}

/** Reactors on one state: it is folded once, and each looks what is due in it by itself, in their order. */
export interface Crew<S> {
  readonly members: readonly Member<S>[]
  state: S
  /** The revision at which the command whose events are being read ends, and what kinds of event it made. */
  groupEnd: number
  mayChangeAnswers: boolean
}

/** What each has asked so far, by its name. */
export type AskedByName = Readonly<Record<string, readonly (readonly [string, Sent])[]>>

/** Reactors in a state, with what they had asked by then. */
export const crewIn = <S>(reactors: readonly Reactor<S>[], state: S, asked: AskedByName = {}): Crew<S> => ({
  members: reactors.map((reactor) => ({
    reactor,
    asked: askedBefore(asked[reactor.name] ?? []),
    watch: reactor.watch?.() ?? reactor.due,
  })),
  state,
  groupEnd: -1,
  mayChangeAnswers: false,
})

export const startCrew = <S>(fold: Fold<S>, reactors: readonly Reactor<S>[], pool: string): Crew<S> =>
  crewIn(reactors, fold.initial(pool))

export const askedBy = <S>({ members }: Crew<S>): AskedByName =>
  Object.fromEntries(members.map(({ reactor, asked }) => [reactor.name, [...asked.sent]]))

const settleIn = <S>({ members }: Crew<S>, { type, metadata: { command, actor } }: LedgerEvent): void => {
  if (command === undefined) return
  for (const { reactor, asked } of members)
    if (reactor.name === actor) settle(asked, command.id, type === 'CommandRejected')
}

/**
 * Reads one event: the state moves on, outcomes are noted, and, where a command's events are complete, whatever is due
 * and not asked already is asked, reactor by reactor and in order of subject, caused by that event.
 */
export const react = <S>({ evolve }: Fold<S>, crew: Crew<S>, event: LedgerEvent): readonly Command[] => {
  const { events } = event.metadata
  if (events !== undefined) crew.groupEnd = event.revision + events - 1
  crew.mayChangeAnswers = changesAnswers(event) || (events === undefined && crew.mayChangeAnswers)
  crew.state = evolve(crew.state, event)
  settleIn(crew, event)
  if (event.revision !== crew.groupEnd) return []
  const { state, mayChangeAnswers } = crew
  const now = parseTime(event.at)
  return crew.members.flatMap(({ reactor: { name }, asked, watch }) => {
    const again = askedAgain(asked, now, mayChangeAnswers)
    return askDue(asked, name, watch(state, again, mayChangeAnswers), event, mayChangeAnswers)
  })
}

/** The ids of all that nobody has answered. */
export const unanswered = <S>({ members }: Crew<S>): readonly string[] =>
  members.flatMap(({ asked }) => unansweredIn(asked))

/** Whether one of them has something to ask though nothing happens: it was never asked, or is overdue. */
export const hasOpen = <S>({ members, state }: Crew<S>, overdue: ReadonlySet<string>): boolean =>
  overdue.size > 0 ||
  members.some(({ reactor, asked }) => reactor.due(state).some((each) => isOpen(asked, each, overdue)))

/** Asks that, because of the last event read. */
export const reactInSilence = <S>(
  { members, state }: Crew<S>,
  overdue: ReadonlySet<string>,
  last: LedgerEvent,
): readonly Command[] =>
  members.flatMap(({ reactor: { name, due }, asked }) => askOpen(asked, name, due(state), overdue, last))
