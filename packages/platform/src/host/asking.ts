import {
  type Command,
  type EventType,
  idOf,
  type LedgerEvent,
  type Millis,
  parseTime,
  type Sender,
} from '@novation/events'
import type { Ask } from './reactor'

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

/** What one reactor has asked so far: a restart finds the same by reading the feed (protocol 8, 13). */
export interface Asked {
  /** By what is asked, and about whom; the latest last. */
  readonly sent: Map<string, Sent>
  /** What was sent under an id. */
  readonly keys: Map<string, string>
  /** Of those sent, what was rejected. */
  readonly rejected: Set<string>
}

/** Events that can turn a rejection into an acceptance: a price, collateral, a due time (protocol 13). */
const changing: ReadonlySet<EventType> = new Set<EventType>([
  'PriceTick',
  'RiskModelSet',
  'ForwardTick',
  'VolatilityTick',
  'CurveTick',
  'ExpirySettled',
  'VariationSettled',
  'CollateralDeposited',
  'CollateralWithdrawn',
  'InsuranceFunded',
  'PoolParametersSet',
  'InstrumentSettled',
  'TimePassed',
])

export const changesAnswers = ({ type }: LedgerEvent): boolean => changing.has(type)

export const askedBefore = (sent: Iterable<readonly [string, Sent]>): Asked => {
  const all = [...sent].sort(([, a], [, b]) => a.at - b.at)
  return {
    sent: new Map(all),
    keys: new Map(all.map(([key, { id }]) => [id, key])),
    rejected: new Set(all.filter(([, { rejected }]) => rejected).map(([key]) => key)),
  }
}

const keyOf = ({ type, subject }: Ask): string => `${type} ${subject}`

const subjectOf = (key: string): string => key.slice(key.indexOf(' ') + 1)

/** What is sent under a key takes the place of what was; nothing, and the key is free. */
const note = ({ sent, keys, rejected }: Asked, key: string, now: Sent | undefined): void => {
  const before = sent.get(key)
  if (before !== undefined) keys.delete(before.id)
  sent.delete(key)
  rejected.delete(key)
  if (now === undefined) return
  sent.set(key, now)
  keys.set(now.id, key)
  if (now.rejected) rejected.add(key)
}

/** An outcome frees the ask it answers; a rejection keeps it, marked, so that the answer is not what asks again. */
export const settle = (asked: Asked, commandId: string, isRejected: boolean): void => {
  const key = asked.keys.get(commandId)
  const before = key === undefined ? undefined : asked.sent.get(key)
  if (key === undefined || before === undefined) return
  note(asked, key, isRejected ? { ...before, rejected: true } : undefined)
}

const isOld = ({ at }: Sent, now: Millis): boolean => now - at > patience_ms

const nobody: ReadonlySet<string> = new Set()

/** What has waited too long: the latest come last, so that nobody else is looked at. */
const oldIn = ({ sent }: Asked, now: Millis): readonly string[] => {
  const old: string[] = []
  for (const [key, each] of sent) {
    if (!isOld(each, now)) break
    old.push(key)
  }
  return old
}

/** Whom to look at in any case: about whom was turned down, and, where answers may be others, about whom has waited too long. */
export const askedAgain = (asked: Asked, now: Millis, isChanged: boolean): ReadonlySet<string> => {
  const old = isChanged ? oldIn(asked, now) : []
  return old.length + asked.rejected.size === 0 ? nobody : new Set([...asked.rejected, ...old].map(subjectOf))
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

const ask = (asked: Asked, name: Sender, wanted: Ask, cause: LedgerEvent): Command => {
  const command = commandFor(name, wanted, cause)
  note(asked, keyOf(wanted), { id: command.id, at: parseTime(cause.at), rejected: false })
  return command
}

/** What was turned down and is not due any more is not remembered: once it is due again, it is asked. */
const forgetRejected = (asked: Asked, due: readonly Ask[]): void => {
  if (asked.rejected.size === 0) return
  const keys = new Set(due.map(keyOf))
  for (const key of asked.rejected) if (!keys.has(key)) note(asked, key, undefined)
}

const bySubject = (a: Ask, b: Ask): number => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0)

/**
 * Of what is due, what has not been asked already is asked, in order of subject, because of an event; where that may have
 * changed an answer (`isChanged`), what was turned down and what has waited too long is asked again.
 */
export const askDue = (
  asked: Asked,
  name: Sender,
  due: readonly Ask[],
  cause: LedgerEvent,
  isChanged: boolean,
): readonly Command[] => {
  forgetRejected(asked, due)
  if (due.length === 0) return []
  const now = parseTime(cause.at)
  return due
    .toSorted(bySubject)
    .filter((wanted) => {
      const earlier = asked.sent.get(keyOf(wanted))
      return earlier === undefined || (isChanged && (earlier.rejected || isOld(earlier, now)))
    })
    .map((wanted) => ask(asked, name, wanted, cause))
}

/** The ids of what has been asked and not been answered. */
export const unansweredIn = ({ sent, rejected }: Asked): readonly string[] =>
  [...sent].flatMap(([key, { id }]) => (rejected.has(key) ? [] : [id]))

/** Whether something is due that was never asked, or is overdue. */
export const isOpen = ({ sent }: Asked, wanted: Ask, overdue: ReadonlySet<string>): boolean => {
  const before = sent.get(keyOf(wanted))
  return before === undefined || overdue.has(before.id)
}

/**
 * Asks what is due and open after `last`, the last event read, since when nothing has happened. It is caused by that event:
 * so it is the same as before, under the same id, where it was so before. What is overdue and not due any more is forgotten.
 */
export const askOpen = (
  asked: Asked,
  name: Sender,
  due: readonly Ask[],
  overdue: ReadonlySet<string>,
  last: LedgerEvent,
): readonly Command[] => {
  const open = due.filter((wanted) => isOpen(asked, wanted, overdue)).toSorted(bySubject)
  for (const [key, { id }] of asked.sent) if (overdue.has(id)) note(asked, key, undefined)
  return open.map((wanted) => ask(asked, name, wanted, last))
}
