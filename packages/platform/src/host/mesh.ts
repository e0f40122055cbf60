import {
  type Book,
  clockAsk,
  dueTimes,
  follow,
  keyOf,
  nextDue,
  type Pool,
  type Processed,
  process,
  type Sign,
  turnedAwayAt,
  unsigned,
} from '@novation/clearing'
import { type Command, formatTime, idOf, type LedgerEvent, type Millis, type Sender } from '@novation/events'
import { bulkParts } from './bulk-parts'
import type { Hosted } from './hosted'

/** A ledger's book, and everybody who reacts. Whoever reads that book itself is told of events once it has them. */
export interface Mesh {
  readonly pool: Book
  readonly reactors: readonly Hosted[]
  /** Signs what the reactors and the clock ask. */
  readonly sign: Sign
}

/** What happened because something was asked of a mesh. */
export interface Step {
  readonly events: readonly LedgerEvent[]
}

/** One settling asked for more commands than allowed: two rules chase each other, and `reactor` asked last. */
export class NeverSettles extends Error {
  override readonly name = 'NeverSettles'
  constructor(
    readonly reactor: string,
    limit: number,
  ) {
    super(`more than ${limit} commands in one settling; ${reactor} keeps asking`)
  }
}

/** Time has come, and nobody has a key with which the ledger's clock may say so: nothing goes on before that. */
export class ClockMute extends Error {
  override readonly name = 'ClockMute'
}

export const startMesh = (pool: Book, reactors: readonly Hosted[], sign: Sign = unsigned): Mesh => ({
  pool,
  reactors,
  sign,
})

/** Feeds events, by revision, to each reactor in order; what they ask joins one queue (protocol, run 3). */
const feed = ({ reactors }: Mesh, events: readonly LedgerEvent[]): readonly Command[] =>
  events.flatMap((event) => reactors.flatMap((reactor) => reactor.feed(event)))

/** What was decided and fed, and what the reactors ask because of it. */
interface Fed {
  readonly events: LedgerEvent[]
  readonly asked: Command[]
}

const feedTo = (mesh: Mesh, fed: Fed, events: readonly LedgerEvent[]): void => {
  fed.events.push(...events)
  fed.asked.push(...feed(mesh, events))
}

/** The parts of the bulk under way, to its end: nothing else is decided in between (protocol 12). Each is fed before the next. */
const finishBulk = (mesh: Mesh, fed: Fed): void => {
  for (const { events } of bulkParts(mesh.pool)) feedTo(mesh, fed, events)
}

/** What a command came to is fed, and the bulk it may begin, to its end. */
const feedOutcome = (mesh: Mesh, outcome: Processed, fed: Fed): void => {
  if (outcome.tag !== 'decided') return
  feedTo(mesh, fed, outcome.events)
  finishBulk(mesh, fed)
}

/** Decides the head of the queue at ledger time; what the reactors ask because of it joins the end, until it is empty. */
const drain = (mesh: Mesh, { events, asked }: Fed, maxSettle: number): Step => {
  for (let decided = 0; ; decided += 1) {
    const command = asked[decided]
    if (command === undefined) return { events }
    if (decided >= maxSettle) throw new NeverSettles(command.actor, maxSettle)
    const { pool, sign } = mesh
    feedOutcome(mesh, process(pool, sign(pool, command, pool.at), pool.at), { events, asked })
  }
}

/** One command, and all that follows from it. */
export const submit = (
  mesh: Mesh,
  command: Command,
  at: Millis,
  maxSettle: number,
): Step & { readonly outcome: Processed } => {
  const fed: Fed = { events: [], asked: [] }
  const outcome = process(mesh.pool, command, at)
  feedOutcome(mesh, outcome, fed)
  return { ...drain(mesh, fed, maxSettle), outcome }
}

const askOfClock = (pool: Pool, at: Millis): Command => ({
  ...clockAsk(pool),
  id: idOf('clock', pool.head, formatTime(at)),
  pool: pool.name,
  actor: 'clock' satisfies Sender,
})

/** Lets time pass up to `until`: each due time in order, and all that follows from it (protocol, run 2). */
export const passUntil = (mesh: Mesh, until: Millis, maxSettle: number): Step => {
  const { pool } = mesh
  const events: LedgerEvent[] = []
  for (let due = nextDue(pool); due !== undefined && due <= until; due = nextDue(pool)) {
    const at = Math.max(due, pool.at)
    const step = submit(mesh, mesh.sign(pool, askOfClock(pool, at), at), at, maxSettle)
    if (step.outcome.tag === 'refused')
      throw new ClockMute(
        `time does not pass at ${formatTime(at)}, when ${describeDue(pool)} falls due: ${step.outcome.code}: ${step.outcome.reason}`,
      )
    // A rejection is an event too, and moves the ledger on without letting time pass.
    if (step.outcome.tag !== 'decided' || step.outcome.rejection !== undefined)
      throw new RangeError(`time does not pass at ${formatTime(at)}: ${describeDue(pool)}`)
    events.push(...step.events)
  }
  return { events }
}

const describeDue = (pool: Pool): string =>
  dueTimes(pool)
    .slice(0, 3)
    .map(({ what, id }) => `${what} ${id}`)
    .join(', ')

/**
 * The next line of a run: what is due before its time first, then the command itself, then all that follows (protocol,
 * run 2 and 3). What is turned away at the door does nothing at all, not even let time pass: it leaves no trace in the
 * ledger, so only then does a run that is started again find what the first one found.
 */
export const advance = (
  mesh: Mesh,
  command: Command,
  at: Millis,
  maxSettle: number,
): Step & { readonly outcome: Processed } => {
  const due = nextDue(mesh.pool)
  if (due === undefined || due > at) return submit(mesh, command, at, maxSettle)
  const turned = turnedAwayAt(mesh.pool, command, at)
  if (turned !== undefined) return { events: [], outcome: turned }
  const passed = passUntil(mesh, at, maxSettle)
  const step = submit(mesh, command, at, maxSettle)
  return { ...step, events: [...passed.events, ...step.events] }
}

/** A mesh that reads its history. */
export interface Recovery {
  readonly read: (event: LedgerEvent) => void
  /**
   * Goes on as if it had never stopped: the bulk under way is finished first, then what the reactors had asked and nobody
   * answered is decided, in the order in which it was asked, and all that follows.
   */
  readonly resume: (maxSettle: number) => Step
}

/** Folds recorded history into a mesh, event by event. */
export const recovery = (mesh: Mesh): Recovery => {
  const unanswered = new Map<string, Command>()
  return {
    read: (event) => {
      void follow(mesh.pool, event)
      if (event.metadata.command !== undefined) unanswered.delete(keyOf(event.metadata.command))
      for (const command of feed(mesh, [event])) unanswered.set(keyOf(command), command)
    },
    resume: (maxSettle) => {
      const fed: Fed = { events: [], asked: [...unanswered.values()] }
      finishBulk(mesh, fed)
      return drain(mesh, fed, maxSettle)
    },
  }
}
