import {
  dueTimes,
  emptyPool,
  evolve,
  judge,
  keyOf,
  nextDue,
  type Pool,
  type Processed,
  process,
} from '@novation/clearing'
import { type Command, formatTime, idOf, type LedgerEvent, type Millis, type Sender } from '@novation/events'
import { bulkParts } from './bulk-parts'
import type { Hosted } from './hosted'

/** The whole mesh in one value: the ledger's state and every reactor's. */
export interface Mesh {
  readonly pool: Pool
  readonly reactors: readonly Hosted[]
}

/** A mesh after something was asked of it: what happened, and how the command itself ended. */
export interface Step {
  readonly mesh: Mesh
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

export const startMesh = (pool: string, reactors: readonly Hosted[]): Mesh => ({ pool: emptyPool(pool), reactors })

const feedOne = (reactors: readonly Hosted[], event: LedgerEvent) => {
  const fed = reactors.map((reactor) => reactor.feed(event))
  return { reactors: fed.map(({ hosted }) => hosted), commands: fed.flatMap(({ commands }) => commands) }
}

/** Feeds events, by revision, to each reactor in order; what they ask joins one queue (protocol, run 3). */
const feed = (mesh: Mesh, events: readonly LedgerEvent[]) => {
  let { reactors } = mesh
  const commands: Command[] = []
  for (const event of events) {
    const fed = feedOne(reactors, event)
    reactors = fed.reactors
    commands.push(...fed.commands)
  }
  return { mesh: { ...mesh, reactors }, commands }
}

/** The parts of the bulk under way, to its end: nothing else is decided in between (protocol 12). */
const finishBulk = (pool: Pool): { readonly pool: Pool; readonly events: readonly LedgerEvent[] } => {
  const events: LedgerEvent[] = []
  let state = pool
  for (const part of bulkParts(state)) {
    events.push(...part.events)
    state = part.pool
  }
  return { pool: state, events }
}

/** One command through the ledger, and the bulk it may begin, to its end. */
const decideWhole = (pool: Pool, command: Command, at: Millis): Processed => {
  const first = process(pool, command, at)
  if (first.tag !== 'decided') return first
  const rest = finishBulk(first.pool)
  return { ...first, events: [...first.events, ...rest.events], pool: rest.pool }
}

/** Decides the head of the queue at ledger time; what the reactors ask because of it joins the end, until it is empty. */
const drain = (mesh: Mesh, asked: readonly Command[], maxSettle: number): Step => {
  let state = mesh
  const happened: LedgerEvent[] = []
  const queue = [...asked]
  for (let decided = 0; ; decided += 1) {
    const command = queue.shift()
    if (command === undefined) return { mesh: state, events: happened }
    if (decided >= maxSettle) throw new NeverSettles(command.actor, maxSettle)
    const outcome = decideWhole(state.pool, command, state.pool.at)
    if (outcome.tag !== 'decided') continue
    const fed = feed({ ...state, pool: outcome.pool }, outcome.events)
    state = fed.mesh
    queue.push(...fed.commands)
    happened.push(...outcome.events)
  }
}

/** Everything the reactors ask because of `events`, and because of that, until nothing is left to ask. */
const settle = (mesh: Mesh, events: readonly LedgerEvent[], maxSettle: number): Step => {
  const fed = feed(mesh, events)
  return drain(fed.mesh, fed.commands, maxSettle)
}

/** One command, and all that follows from it. */
export const submit = (
  mesh: Mesh,
  command: Command,
  at: Millis,
  maxSettle: number,
): Step & { readonly outcome: Processed } => {
  const outcome = decideWhole(mesh.pool, command, at)
  if (outcome.tag !== 'decided') return { mesh, events: [], outcome }
  const settled = settle({ ...mesh, pool: outcome.pool }, outcome.events, maxSettle)
  return { mesh: settled.mesh, events: [...outcome.events, ...settled.events], outcome }
}

const passTime = (pool: Pool, at: Millis): Command => ({
  id: idOf('clock', pool.head, formatTime(at)),
  type: 'PassTime',
  pool: pool.name,
  actor: 'clock' satisfies Sender,
  data: {},
})

/** Lets time pass up to `until`: each due time in order, and all that follows from it (protocol, run 2). */
export const passUntil = (mesh: Mesh, until: Millis, maxSettle: number): Step => {
  let state = mesh
  const events: LedgerEvent[] = []
  for (let due = nextDue(state.pool); due !== undefined && due <= until; due = nextDue(state.pool)) {
    const at = Math.max(due, state.pool.at)
    const step = submit(state, passTime(state.pool, at), at, maxSettle)
    // A rejection is an event too, and moves the ledger on without letting time pass.
    if (step.outcome.tag !== 'decided' || step.outcome.rejection !== undefined)
      throw new RangeError(`time does not pass at ${formatTime(at)}: ${describeDue(state.pool)}`)
    state = step.mesh
    events.push(...step.events)
  }
  return { mesh: state, events }
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
  const outcome = process(mesh.pool, command, at)
  if (outcome.tag !== 'decided') return { mesh, events: [], outcome }
  const passed = passUntil(mesh, at, maxSettle)
  const step = submit(passed.mesh, command, at, maxSettle)
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
  let state = mesh
  const unanswered = new Map<string, Command>()
  return {
    read: (event) => {
      const fed = feedOne(state.reactors, event)
      state = { reactors: fed.reactors, pool: evolve(state.pool, event) }
      if (event.metadata.command !== undefined) unanswered.delete(keyOf(event.metadata.command))
      for (const command of fed.commands) unanswered.set(keyOf(command), command)
    },
    resume: (maxSettle) => {
      const rest = finishBulk(judge(state.pool))
      const fed = feed({ ...state, pool: rest.pool }, rest.events)
      const step = drain(fed.mesh, [...unanswered.values(), ...fed.commands], maxSettle)
      return { mesh: step.mesh, events: [...rest.events, ...step.events] }
    },
  }
}
