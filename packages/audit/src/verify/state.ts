import {
  type Book,
  decider,
  emptyPool,
  evolve,
  evolveForReading,
  lacksOrders,
  noEquivocation,
  unprovenObservation,
  unprovenQuote,
  unvouched,
} from '@novation/clearing'
import { type Command, decodeEvent, type LedgerEvent, parseTime, type Stored, type Upcasters } from '@novation/events'
import { type Ahead, decidedIn, fallBack, follows, isWholeRead, takeBack } from './ahead'
import { type Check, type Fault, fault } from './checks'
import { type Again, compare, decideAgain, type Execution, type Objection, startExecution } from './execution'
import { imbalanceOf } from './postings'
import { ownRules, type Rules } from './rules'

/** The command whose events are being read. */
interface Group {
  readonly commandId: string
  /** How many of its events are still to come. */
  readonly left: number
}

/**
 * Where the folding of a history stands, while nothing has broken it. One book, changed in place: a command is decided
 * again in it, and where that gives the recorded events, it has been folded too.
 */
export interface Standing {
  readonly pool: Book
  group: Group
  /** Nothing where deciding again was not asked for, or has broken. */
  execution: Execution | undefined
  /** Whether signatures are looked at without deciding again, and have held so far. */
  isProving: boolean
  /** While the book is ahead of what has been read. */
  ahead: Ahead | undefined
}

export interface StateRules {
  /** Those of this program where none are given. */
  readonly rules?: Rules
  readonly upcasters?: Upcasters
}

const noGroup: Group = { commandId: '', left: 0 }

/** How deep a verification goes where it makes a state at all. */
export type Depth = 'everything' | 'signature' | 'fold'

/** Before the first event, or where a state is known; `execution` is where deciding again has come to. */
export const startStanding = (pool: Book, depth: Depth, execution = startExecution()): Standing => ({
  pool,
  group: noGroup,
  execution: depth === 'everything' ? execution : undefined,
  isProving: depth === 'signature',
  ahead: undefined,
})

/** The same before the first event. */
export const emptyStanding = (pool: string, depth: Depth): Standing => startStanding(emptyPool(pool), depth)

/** Whether an event stands where its command has it: the first names how many there are, the others follow it. */
const groupOf = ({ group, pool }: Standing, { revision, metadata }: LedgerEvent): Group | Fault => {
  const { commandId, events, command } = metadata
  if (group.left > 0) {
    if (events !== undefined)
      return fault('command', revision, `${commandId} begins, but ${group.left} more of ${group.commandId} were due`)
    return commandId === group.commandId
      ? { commandId, left: group.left - 1 }
      : fault('command', revision, `it belongs to ${commandId}, but ${group.left} more of ${group.commandId} were due`)
  }
  if (events === undefined || events < 1)
    return fault('command', revision, `it follows no command: ${commandId} is at its end`)
  if (command === undefined && pool.bulk === undefined)
    return fault('command', revision, `${commandId} begins without its command, and no bulk is under way`)
  return { commandId, left: events - 1 }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Without deciding again, nothing is kept of commands and trades, which would grow with the history. */
const folded = ({ pool, execution }: Standing, event: LedgerEvent): Fault | undefined => {
  try {
    void (execution === undefined ? evolveForReading : evolve)(pool, event)
    return undefined
  } catch (error) {
    return fault('fold', event.revision, messageOf(error))
  }
}

const isFault = (value: object): value is Fault => 'check' in value && 'reason' in value

/** Whether somebody looks at the state after a revision. */
export type IsWatched = (revision: number) => boolean

/** Inside a command that has been decided whole, there is no state to look at. */
const isWatchedInside = (isWatched: IsWatched, { revision }: LedgerEvent, events: number): boolean => {
  for (let at = revision; at < revision + events - 1; at += 1) if (isWatched(at)) return true
  return false
}

const isObjection = (again: Again | Objection): again is Objection => 'check' in again

/** Decides the command that begins here. The book stays ahead where the events can be expected to be those it gives. */
const begin = (
  standing: Standing,
  rules: Rules,
  event: LedgerEvent,
  stored: Stored,
  isWatched: IsWatched,
): Objection | undefined => {
  const { pool, execution } = standing
  const { again, mark } = decidedIn(pool, () => decideAgain(rules, pool, event))
  if (!isObjection(again) && again.events.length === event.metadata.events) {
    const ahead: Ahead = { mark, events: again.events, read: [] }
    if (!isWatchedInside(isWatched, event, again.events.length) && follows(pool, ahead, stored)) {
      standing.ahead = ahead
      return undefined
    }
  }
  takeBack(pool, mark)
  if (isObjection(again)) return again
  if (execution !== undefined) execution.again = again
  return undefined
}

/** Compares the event with what its command gives when it is decided again. What comes first breaks it, and ends it. */
const executed = (
  standing: Standing,
  { rules = ownRules, upcasters }: StateRules,
  event: LedgerEvent,
  stored: Stored,
  isWatched: IsWatched,
): Fault | undefined => {
  const { execution } = standing
  if (execution === undefined) return undefined
  if (execution.again === undefined) {
    const objection = begin(standing, rules, event, stored, isWatched)
    if (objection !== undefined) return fault(objection.check, event.revision, objection.reason)
    if (standing.ahead !== undefined) return undefined
  }
  const { again } = execution
  return again === undefined ? undefined : compare(execution, again, event, stored, upcasters)
}

/** Of a trade that was cleared: why the orders it stands on do not bear it. */
const lacksOrdersIn = (then: Parameters<typeof lacksOrders>[0], type: string, command: Command) => {
  if (command.type !== 'ClearTrade' || type !== 'TradeCleared') return undefined
  const lacking = lacksOrders(then, command.data)
  return lacking?._tag === 'Left' ? lacking.left : undefined
}

/** Of quotes that were taken: whether each was signed by its source. */
const unshownIn = (
  then: Parameters<typeof unprovenQuote>[0],
  event: LedgerEvent,
  command: Command,
): string | undefined => {
  if (command.type === 'PublishQuotes' && event.type === 'QuotesTaken')
    return unprovenQuote(then, command.data, event.data)
  if (command.type === 'PublishObservations' && event.type === 'ObservationsTaken')
    return unprovenObservation(then, command.data, event.data)
  return command.type === 'ReportEquivocation' && event.type === 'SourceEquivocated'
    ? noEquivocation(then, command.data)
    : undefined
}

/** Whether who signed the command that begins here could sign it then, by the state before it and the time that was recorded. */
const unsigned = (standing: Standing, event: LedgerEvent): Fault | undefined => {
  const {
    type,
    revision,
    at,
    metadata: { command },
  } = event
  if (!standing.isProving || command === undefined) return undefined
  const { name, identity, verify, accounts, oracle } = standing.pool
  const then = { name, identity, verify, accounts, oracle, at: parseTime(at) }
  const refused = unvouched(then, command) ?? lacksOrdersIn(then, type, command)
  const unshown = refused === undefined ? unshownIn(then, event, command) : undefined
  if (refused === undefined && unshown === undefined) return undefined
  standing.isProving = false
  if (refused === undefined) return fault('signature', revision, `${command.id} is not what was signed: ${unshown}`)
  return fault('signature', revision, `${command.id} would be refused: ${refused.code}: ${refused.reason}`)
}

const close = (standing: Standing): void => {
  const { ahead, execution } = standing
  if (ahead === undefined || !isWholeRead(ahead)) return
  standing.ahead = undefined
  if (execution !== undefined) execution.decided += 1
}

/** The state after what has been read, and not after what is due: for who ends within a command. */
export const settle = (standing: Standing): void => {
  const { ahead, execution, pool } = standing
  if (ahead === undefined) return
  standing.ahead = undefined
  const again = fallBack(pool, ahead)
  if (execution !== undefined) execution.again = again
}

/** What was found, and whether the state is that after the event: if not, nothing more can be folded. */
export interface Checked {
  readonly isFolded: boolean
  readonly faults: readonly Fault[]
}

const sound: Checked = { isFolded: true, faults: [] }
const broken = (...faults: readonly (Fault | undefined)[]): Checked => ({
  isFolded: false,
  faults: faults.flatMap((each) => each ?? []),
})

const unbalanced = ({ revision, postings }: LedgerEvent): Fault | undefined => {
  const imbalance = imbalanceOf(postings)
  return imbalance === undefined
    ? undefined
    : fault('postings', revision, `its postings sum to ${imbalance}, not to zero`)
}

const unread = ({ revision }: Stored, reason: string): Fault => fault('reading', revision, reason)

/** What can be told of an event by itself, where no state can be made: its form, and its postings. */
export const checkEvent = (stored: Stored, { upcasters }: StateRules): readonly Fault[] => {
  const event = decodeEvent(stored, upcasters)
  const wrong = event._tag === 'Left' ? unread(stored, event.left) : unbalanced(event.right)
  return wrong === undefined ? [] : [wrong]
}

const otherEdition = ({ revision, metadata }: LedgerEvent): Fault =>
  fault(
    'decider',
    revision,
    `rules ${metadata.decider} decided it, and this program holds rules ${decider}: of states and decisions from here on nothing is claimed`,
  )

/**
 * One more event laid over the state, and all that can be told of it: its form, its postings, its place among its
 * command's events, the rules.
 */
export const checkState = (
  standing: Standing,
  options: StateRules,
  stored: Stored,
  isWatched: IsWatched = () => true,
): Checked => {
  const { ahead, pool } = standing
  if (ahead !== undefined && follows(pool, ahead, stored)) {
    standing.group = { commandId: standing.group.commandId, left: standing.group.left - 1 }
    close(standing)
    return sound
  }
  settle(standing)
  const decoded = decodeEvent(stored, options.upcasters)
  if (decoded._tag === 'Left') return broken(unread(stored, decoded.left))
  const event = decoded.right
  if (event.metadata.decider !== decider) return broken(otherEdition(event), unbalanced(event))
  const group = groupOf(standing, event)
  const again = executed(standing, options, event, stored, isWatched) ?? unsigned(standing, event)
  if (again !== undefined) standing.execution = undefined
  if (standing.ahead !== undefined && !isFault(group)) {
    standing.group = group
    close(standing)
    return sound
  }
  const imbalance = unbalanced(event)
  if (imbalance !== undefined) return broken(again, imbalance)
  if (isFault(group)) return broken(again, group)
  const unfolded = folded(standing, event)
  if (unfolded !== undefined) return broken(again, unfolded)
  standing.group = group
  const isFlat = group.left > 0 || pool.clearing.balances.size === 0
  const unflat = isFlat
    ? undefined
    : fault('house', stored.revision, `${event.metadata.commandId} leaves the house with a balance in clearing`)
  return { isFolded: true, faults: [again, unflat].flatMap((each) => each ?? []) }
}

/** The checks that say something of the state, and so end where the chain or the fold breaks. */
export const stateChecks: readonly Check[] = ['fold', 'command', 'house', 'decider']

/** Those of an event by itself, which go on where only the rules are unknown. */
export const eventChecks: readonly Check[] = ['reading', 'postings']

/** Those of the rules, which end where they first differ. */
export const executionChecks: readonly Check[] = ['signature', 'execution']
