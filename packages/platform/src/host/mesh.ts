import {
  type Decided,
  dueTimes,
  emptyPool,
  evolve,
  judge,
  nextDue,
  type Pool,
  type Processed,
  process,
  processBulk,
} from '@novation/clearing'
import { type Command, formatTime, idOf, type LedgerEvent, type Millis } from '@novation/events'
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

/** One command through the ledger, and the bulk it may begin, to its end: nothing else is decided in between. */
const decideWhole = (pool: Pool, command: Command, at: Millis): Processed => {
  const first = process(pool, command, at)
  if (first.tag !== 'decided') return first
  const events = [...first.events]
  let state = first.pool
  for (let part: Decided | undefined = processBulk(state); part !== undefined; part = processBulk(state)) {
    events.push(...part.events)
    state = part.pool
  }
  return { ...first, events, pool: state }
}

/** Everything the reactors ask because of `events`, and because of that, until nothing is left to ask. */
export const settle = (mesh: Mesh, events: readonly LedgerEvent[], maxSettle: number): Step => {
  let state = mesh
  const happened: LedgerEvent[] = []
  const queue: Command[] = []
  let fresh = events
  for (let decided = 0; ; decided += 1) {
    const fed = feed(state, fresh)
    state = fed.mesh
    queue.push(...fed.commands)
    const command = queue.shift()
    if (command === undefined) return { mesh: state, events: happened }
    if (decided >= maxSettle) throw new NeverSettles(command.actor, maxSettle)
    const outcome = decideWhole(state.pool, command, state.pool.at)
    fresh = outcome.tag === 'decided' ? outcome.events : []
    if (outcome.tag === 'decided') state = { ...state, pool: outcome.pool }
    happened.push(...fresh)
  }
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
  actor: 'clock',
  data: {},
})

/** Lets time pass up to `until`: each due time in order, and all that follows from it (protocol, run 2). */
export const passUntil = (mesh: Mesh, until: Millis, maxSettle: number): Step => {
  let state = mesh
  const events: LedgerEvent[] = []
  for (let due = nextDue(state.pool); due !== undefined && due <= until; due = nextDue(state.pool)) {
    const at = Math.max(due, state.pool.at)
    const step = submit(state, passTime(state.pool, at), at, maxSettle)
    if (step.events.length === 0)
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

/** The next line of a run: what is due before its time first, then the command itself (protocol, run 2 and 3). */
export const advance = (
  mesh: Mesh,
  command: Command,
  at: Millis,
  maxSettle: number,
): Step & { readonly outcome: Processed } => {
  const passed = passUntil(mesh, at, maxSettle)
  const step = submit(passed.mesh, command, at, maxSettle)
  return { ...step, events: [...passed.events, ...step.events] }
}

/** Folds recorded history into the mesh; what the reactors ask meanwhile has been answered in it, or is asked at its end. */
export const recover = (mesh: Mesh, history: Iterable<LedgerEvent>, maxSettle: number): Step => {
  let state = mesh
  const asked = new Map<string, Command>()
  for (const event of history) {
    const fed = feedOne(state.reactors, event)
    state = { reactors: fed.reactors, pool: evolve(state.pool, event) }
    if (event.metadata.command !== undefined) asked.delete(event.metadata.commandId)
    for (const command of fed.commands) asked.set(command.id, command)
  }
  state = { ...state, pool: judge(state.pool) }
  return resume(state, [...asked.values()], maxSettle)
}

/** Decides what was asked before a crash and never answered, and all that follows. */
const resume = (mesh: Mesh, unanswered: readonly Command[], maxSettle: number): Step => {
  let state = mesh
  const events: LedgerEvent[] = []
  for (let part = processBulk(state.pool); part !== undefined; part = processBulk(state.pool)) {
    const settled = settle({ ...state, pool: part.pool }, part.events, maxSettle)
    state = settled.mesh
    events.push(...part.events, ...settled.events)
  }
  for (const command of unanswered) {
    const step = submit(state, command, state.pool.at, maxSettle)
    state = step.mesh
    events.push(...step.events)
  }
  return { mesh: state, events }
}
