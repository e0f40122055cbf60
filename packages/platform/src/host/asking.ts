import {
  type Command,
  type EventType,
  idOf,
  type LedgerEvent,
  type Millis,
  parseTime,
  type Sender,
} from '@novation/events'
import type { Ask, Reactor } from './reactor'

/** An ask that was sent: still without outcome, or rejected. `at` is the ledger's time when it was asked. */
export interface Sent {
  readonly id: string
  readonly at: Millis
  readonly rejected: boolean
}

/**
 * An ask that has had no outcome for so long was lost on its way, or turned away at the door, where nothing is recorded: it
 * is asked anew, at an event by ledger time, and where none comes, by the clock of the host.
 */
export const patience_ms = 60_000

/** A reactor, and what it has asked so far: a restart finds the same by reading the feed (protocol 8, 13). */
export interface Asking<S> {
  state: S
  /** By what is asked, and about whom. */
  readonly sent: Map<string, Sent>
  /** What was sent under an id. */
  readonly keys: Map<string, string>
  /** The revision at which the command whose events are being read ends, and what kinds of event it made. */
  groupEnd: number
  mayChangeAnswers: boolean
  /** How many of those sent were rejected. */
  rejected: number
  /** Up to where it is known who may have changed. */
  place: number
}

/** Events that can turn a rejection into an acceptance: a price, collateral, a due time (protocol 13). */
const changing: ReadonlySet<EventType> = new Set<EventType>([
  'PriceTick',
  'CollateralDeposited',
  'CollateralWithdrawn',
  'InsuranceFunded',
  'PoolParametersSet',
  'InstrumentSettled',
  'TimePassed',
])

export const startAsking = <S>(reactor: Reactor<S>, pool: string): Asking<S> => askingIn(reactor.initial(pool), [])

/** A reactor in a state, with what it had asked by then. */
export const askingIn = <S>(state: S, sent: Iterable<readonly [string, Sent]>): Asking<S> => {
  const all = new Map(sent)
  const keys = new Map([...all].map(([key, { id }]) => [id, key]))
  const rejected = [...all.values()].filter((each) => each.rejected).length
  return { state, sent: all, keys, groupEnd: -1, mayChangeAnswers: false, rejected, place: -1 }
}

const keyOf = ({ type, subject }: Ask): string => `${type} ${subject}`

/** What is sent under a key takes the place of what was; nothing, and the key is free. */
const note = <S>(asking: Asking<S>, key: string, now: Sent | undefined): void => {
  const { sent, keys } = asking
  const before = sent.get(key)
  if (before !== undefined) keys.delete(before.id)
  asking.rejected += Number(now?.rejected ?? false) - Number(before?.rejected ?? false)
  if (now === undefined) sent.delete(key)
  else {
    sent.set(key, now)
    keys.set(now.id, key)
  }
}

/** An outcome frees the ask it answers; a rejection keeps it, marked, so that the answer is not what asks again. */
const settleSent = <S>(asking: Asking<S>, name: string, event: LedgerEvent): void => {
  const { command } = event.metadata
  if (command === undefined || event.metadata.actor !== name) return
  const key = asking.keys.get(command.id)
  const asked = key === undefined ? undefined : asking.sent.get(key)
  if (key === undefined || asked === undefined) return
  note(asking, key, event.type === 'CommandRejected' ? { ...asked, rejected: true } : undefined)
}

const commandFor = (name: Sender, wanted: Ask, cause: LedgerEvent): Command =>
  ({
    id: idOf(name, cause.id, wanted.type, wanted.subject),
    type: wanted.type,
    pool: cause.pool,
    actor: name,
    correlationId: cause.metadata.correlationId,
    causationId: cause.id,
    data: wanted.data,
  }) as Command

/** What was turned down and is not due any more is not remembered: once it is due again, it is asked. */
const forgetRejected = <S>(asking: Asking<S>, due: readonly Ask[]): void => {
  if (asking.rejected === 0) return
  const keys = new Set(due.map(keyOf))
  for (const [key, { rejected }] of asking.sent) if (rejected && !keys.has(key)) note(asking, key, undefined)
}

const ask = <S>(asking: Asking<S>, name: Sender, wanted: Ask, cause: LedgerEvent): Command => {
  const command = commandFor(name, wanted, cause)
  note(asking, keyOf(wanted), { id: command.id, at: parseTime(cause.at), rejected: false })
  return command
}

/**
 * What may have to be asked. All that is due, where answers may be others now or some were rejections; else what was due
 * before has been asked already, and only those need to be looked at of whom something has changed.
 */
const dueNow = <S>({ due, news }: Reactor<S>, asking: Asking<S>): readonly Ask[] => {
  if (news === undefined) return due(asking.state)
  const { ids, place } = news.since(asking.state, asking.place)
  asking.place = place
  const isAll = ids === undefined || asking.mayChangeAnswers || asking.rejected > 0
  return isAll ? due(asking.state) : news.due(asking.state, ids)
}

/**
 * Reads one event: the state moves on, outcomes are noted, and, where a command's events are complete, whatever is due
 * and not asked already is asked, in order of subject, caused by that event.
 */
export const react = <S>(reactor: Reactor<S>, asking: Asking<S>, event: LedgerEvent): readonly Command[] => {
  const { events } = event.metadata
  if (events !== undefined) asking.groupEnd = event.revision + events - 1
  asking.mayChangeAnswers = changing.has(event.type) || (events === undefined && asking.mayChangeAnswers)
  asking.state = reactor.evolve(asking.state, event)
  settleSent(asking, reactor.name, event)
  if (event.revision !== asking.groupEnd) return []

  const due = dueNow(reactor, asking).toSorted((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0))
  forgetRejected(asking, due)
  const at = parseTime(event.at)
  return due
    .filter((wanted) => {
      const earlier = asking.sent.get(keyOf(wanted))
      const isAnswerOld = earlier !== undefined && (earlier.rejected || at - earlier.at > patience_ms)
      return earlier === undefined || (asking.mayChangeAnswers && isAnswerOld)
    })
    .map((wanted) => ask(asking, reactor.name, wanted, event))
}

/** The ids of what has been asked and not been answered. */
export const unansweredIn = <S>({ sent }: Asking<S>): readonly string[] =>
  [...sent.values()].filter(({ rejected }) => !rejected).map(({ id }) => id)

/**
 * Asks anew what has waited too long for an outcome while nothing happened after `last`, the last event read, and is
 * caused by it: so the same as before, under the same id, where that event was its cause. What is not due any more is
 * forgotten instead.
 */
export const askAnew = <S>(
  { name, due }: Reactor<S>,
  asking: Asking<S>,
  overdue: ReadonlySet<string>,
  last: LedgerEvent,
): readonly Command[] => {
  const wanted = new Map(due(asking.state).map((each) => [keyOf(each), each]))
  return [...asking.sent].flatMap(([key, { id }]) => {
    if (!overdue.has(id)) return []
    const still = wanted.get(key)
    note(asking, key, undefined)
    return still === undefined ? [] : [ask(asking, name, still, last)]
  })
}
