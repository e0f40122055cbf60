import { nextDue, type Pool, process, stateHash } from '@novation/clearing'
import { type Command, topics } from '@novation/events'
import type { Reactor } from '@novation/platform'
import { parts as product } from '../mesh/parts'
import type { World } from '../mesh/world'

/** How long after its time something due may still be waiting for the ledger's clock to come round. */
const slack_ms = 6_500

const wouldBeDone = (world: World, reactor: Reactor<Pool>): string | undefined => {
  const pool = world.ledger.pool()
  for (const { type, data, subject } of reactor.due(pool)) {
    const command = { id: 'liveness', type, pool: 'main', actor: reactor.name, data } as Command
    const outcome = process(pool, command, world.timeline.now())
    if (outcome.tag === 'decided' && outcome.rejection === undefined)
      return `${reactor.name}: ${type} ${subject} is due`
  }
  return undefined
}

const behind = (world: World, reactor: Reactor<Pool>): string | undefined => {
  const seen = world.seen.get(reactor.name)
  const pool = world.ledger.pool()
  if (seen?.revision !== pool.revision) return `${reactor.name} is at ${seen?.revision}, the ledger at ${pool.revision}`
  return undefined
}

const groups = (world: World) => [
  { topic: topics.commands, group: 'novation-ledger' },
  ...world.parts.reactors.map(({ name }) => ({ topic: topics.events, group: `novation-${name.replace(':', '-')}` })),
]

/** What is still pending, or nothing: then everything that was sent has its outcome, and nobody has anything left to do. */
export const pending = (world: World): string | undefined => {
  const pool = world.ledger.pool()
  if (pool.bulk !== undefined) return `bulk ${pool.bulk.id} is under way`
  if (world.traffic.publishedTo() !== pool.revision)
    return `published to ${world.traffic.publishedTo()}, the ledger at ${pool.revision}`
  for (const { topic, group } of groups(world)) {
    const [done, all] = [world.bus.committed(group), world.bus.records(topic).length]
    if (done !== all) return `${group} has read ${done} of ${all}`
  }
  const due = nextDue(pool)
  if (due !== undefined && due + slack_ms < world.timeline.now())
    return `something was due at ${new Date(due).toISOString()}`
  // What is due is for the product's own policies to say, whatever runs here.
  for (const reactor of product.reactors) {
    const open = behind(world, reactor) ?? wouldBeDone(world, reactor)
    if (open !== undefined) return open
  }
  return undefined
}

/** Each reactor's state, folded through crashes and checkpoints, is the fold from zero. */
export const checkFolds = (world: World): void => {
  const hash = stateHash(world.ledger.pool())
  for (const { name } of world.parts.reactors) {
    const state = world.seen.get(name)?.state
    if (state === undefined || stateHash(state) !== hash)
      world.findings.found('every fold is the fold from zero', `${name} at revision ${state?.revision}`)
  }
}
