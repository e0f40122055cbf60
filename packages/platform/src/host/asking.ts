import {
  type Command,
  type EventType,
  idOf,
  type LedgerEvent,
  type Millis,
  parseTime,
  type Sender,
} from '@novation/events'
import { Map as Table } from 'immutable'
import type { Ask, Reactor } from './reactor'

/** An ask that was sent: still without outcome, or rejected. `at` is the ledger's time when it was asked. */
export interface Sent {
  readonly id: string
  readonly at: Millis
  readonly rejected: boolean
}

/** An ask that has had no outcome for so long was turned away at the door, where nothing is recorded: it is asked anew. */
const patience_ms = 60_000

/** A reactor, and what it has asked so far: both follow from the feed alone, so a restart finds the same (protocol 8, 13). */
export interface Asking<S> {
  readonly state: S
  readonly sent: Table<string, Sent>
  /** The revision at which the command whose events are being read ends, and what kinds of event it made. */
  readonly groupEnd: number
  readonly mayChangeAnswers: boolean
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

export const startAsking = <S>(reactor: Reactor<S>, pool: string): Asking<S> => ({
  state: reactor.initial(pool),
  sent: Table(),
  groupEnd: -1,
  mayChangeAnswers: false,
})

const keyOf = ({ type, subject }: Ask): string => `${type} ${subject}`

/** An outcome frees the ask it answers; a rejection keeps it, marked, so that the answer is not what asks again. */
const settleSent = (sent: Table<string, Sent>, name: string, event: LedgerEvent): Table<string, Sent> => {
  const { command } = event.metadata
  if (command === undefined || event.metadata.actor !== name) return sent
  const entry = sent.findEntry(({ id }) => id === command.id)
  if (entry === undefined) return sent
  const [key, asked] = entry
  return event.type === 'CommandRejected' ? sent.set(key, { ...asked, rejected: true }) : sent.delete(key)
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

/**
 * Reads one event: the state moves on, outcomes are noted, and, where a command's events are complete, whatever is due
 * and not asked already is asked, in order of subject, caused by that event.
 */
export const react = <S>(
  reactor: Reactor<S>,
  before: Asking<S>,
  event: LedgerEvent,
): { readonly asking: Asking<S>; readonly commands: readonly Command[] } => {
  const { events } = event.metadata
  const groupEnd = events === undefined ? before.groupEnd : event.revision + events - 1
  const mayChangeAnswers = changing.has(event.type) || (events === undefined && before.mayChangeAnswers)
  const state = reactor.evolve(before.state, event)
  const sent = settleSent(before.sent, reactor.name, event)
  if (event.revision !== groupEnd) return { asking: { state, sent, groupEnd, mayChangeAnswers }, commands: [] }

  const due = [...reactor.due(state)].sort((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0))
  const keys = new Set(due.map(keyOf))
  const open = sent.filter(({ rejected }, key) => !rejected || keys.has(key))
  const at = parseTime(event.at)
  const now = due.filter((wanted) => {
    const earlier = open.get(keyOf(wanted))
    return earlier === undefined || (mayChangeAnswers && (earlier.rejected || at - earlier.at > patience_ms))
  })
  const commands = now.map((wanted) => commandFor(reactor.name, wanted, event))
  const asked = now.reduce(
    (all, wanted, i) => all.set(keyOf(wanted), { id: commands[i]?.id ?? '', at, rejected: false }),
    open,
  )
  return { asking: { state, sent: asked, groupEnd, mayChangeAnswers }, commands }
}
