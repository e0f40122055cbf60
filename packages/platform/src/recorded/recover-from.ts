import { evolve } from '@novation/clearing'
import type { Command, LedgerEvent } from '@novation/events'
import { type Mesh, recover, type Step, submit } from '../host/mesh'

/**
 * `recover` for a history that does not fit in memory: folds it event by event, then finishes a bulk that was under
 * way and decides what the reactors asked and never had an answer to.
 */
export const recoverFrom = async (
  mesh: Mesh,
  history: AsyncIterable<LedgerEvent>,
  maxSettle: number,
): Promise<Step> => {
  let state = mesh
  const unanswered = new Map<string, Command>()
  for await (const event of history) {
    const fed = state.reactors.map((reactor) => reactor.feed(event))
    state = { reactors: fed.map(({ hosted }) => hosted), pool: evolve(state.pool, event) }
    if (event.metadata.command !== undefined) unanswered.delete(event.metadata.commandId)
    for (const command of fed.flatMap(({ commands }) => commands)) unanswered.set(command.id, command)
  }
  const resumed = recover(state, [], maxSettle)
  const events = [...resumed.events]
  state = resumed.mesh
  for (const command of unanswered.values()) {
    const step = submit(state, command, state.pool.at, maxSettle)
    state = step.mesh
    events.push(...step.events)
  }
  return { mesh: state, events }
}
