import { type Book, isWhole, nextDue, process, rehearse, signWith, stateHash } from '@novation/clearing'
import { type Command, topics } from '@novation/events'
import type { Reactor } from '@novation/platform'
import { keyOf } from '../load/keys'
import { hasOracles } from '../load/sources'
import { parts as product } from '../mesh/parts'
import { ledgerGroup, oracleGroup, type Post } from '../mesh/posts'
import { seenBy, type World } from '../mesh/world'
import { standingIn } from './books'

/** How long after its time something due may still be waiting for the ledger's clock to come round. */
const slack_ms = 6_500

const wouldBeDone = (world: World, pool: Book, reactor: Reactor<Book>): string | undefined => {
  for (const { type, data, subject } of reactor.due(pool)) {
    const asked = { id: 'liveness', type, pool: pool.name, actor: reactor.name, data } as Command
    const command = signWith(keyOf)(pool, asked, world.timeline.now())
    const outcome = rehearse(pool, () => process(pool, command, world.timeline.now()))
    if (outcome.tag === 'decided' && outcome.rejection === undefined)
      return `${reactor.name}: ${type} ${subject} is due`
  }
  return undefined
}

const behind = (world: World, pool: Book, post: Post): string | undefined => {
  const seen = seenBy(world, post, pool.name)
  return seen?.revision === pool.revision
    ? undefined
    : `${post.name} is at ${seen?.revision} of ${pool.name}, the ledger at ${pool.revision}`
}

const unread = (world: World): string | undefined => {
  const readers = [
    { topic: topics.commands, group: ledgerGroup },
    ...world.posts.map(({ group }) => ({ topic: topics.events, group })),
    ...(hasOracles(world.traits) ? [{ topic: topics.quotes, group: oracleGroup }] : []),
  ]
  for (const { topic, group } of readers) {
    const done = world.bus.committed(group)
    for (const [partition, records] of world.bus.records(topic).entries())
      if ((done[partition] ?? 0) !== records.length)
        return `${group} has read ${done[partition]} of ${records.length} in partition ${partition}`
  }
  return undefined
}

const pendingIn = (world: World, pool: Book): string | undefined => {
  if (pool.bulk !== undefined) return `bulk ${pool.bulk.id} is under way`
  const published = world.traffic.publishedTo(pool.name)
  if (published !== pool.revision) return `published to ${published} of ${pool.name}, the ledger at ${pool.revision}`
  const due = nextDue(pool)
  if (due !== undefined && due + slack_ms < world.timeline.now())
    return `something was due at ${new Date(due).toISOString()}`
  for (const post of world.posts) {
    const late = behind(world, pool, post)
    if (late !== undefined) return late
  }
  // What is due is for the product's own policies to say, whatever runs here.
  for (const reactor of product.reactors) {
    const open = wouldBeDone(world, pool, reactor)
    if (open !== undefined) return open
  }
  return undefined
}

/** What is still pending, or nothing: then everything that was sent has its outcome, and nobody has anything left to do. */
export const pending = (world: World): string | undefined => {
  for (const ledger of world.ledgers.values()) {
    const open = pendingIn(world, ledger.pool())
    if (open !== undefined) return open
  }
  return unread(world)
}

/** Whoever follows the ledger has judged at the end of each command as the ledger has: or something due is never asked. */
export const standsAsInTheLedger = (world: World, post: Post, state: Book): void => {
  if (!isWhole(state)) return
  const must = world.ledgers.get(state.name)?.standingAt(state.revision)
  if (must !== undefined && standingIn(state) !== must)
    world.findings.found('standing is as judged anew', `${post.name} at revision ${state.revision} of ${state.name}`)
}

/** Each reactor's state, folded through crashes and checkpoints, is the fold from zero. */
export const checkFolds = (world: World): void => {
  for (const [name, ledger] of world.ledgers) {
    const hash = stateHash(ledger.pool())
    for (const post of world.posts) {
      const state = seenBy(world, post, name)?.state
      if (state === undefined || stateHash(state) !== hash)
        world.findings.found(
          'every fold is the fold from zero',
          `${post.name} at revision ${state?.revision} of ${name}`,
        )
    }
  }
}
