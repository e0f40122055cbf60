import { type Command, contentText, type LedgerEvent, parseTime, sha256 } from '@novation/events'
import { apply } from './apply'
import { startBulk } from './bulk-plan'
import { partSize } from './bulk-size'
import { judge } from './judge'
import { moveStage } from './liquidation-state'
import { backstop } from './names'
import type { Outcome, Pool } from './pool'

/** History as it is read does not continue history as it is known: a gap, a fork, or an altered event. */
export class BrokenChain extends Error {
  override readonly name = 'BrokenChain'
  constructor(
    readonly revision: number,
    reason: string,
  ) {
    super(`event ${revision}: ${reason}`)
  }
}

/** Which wish it is: one sender's id names one intent for ever (protocol 5). */
export const keyOf = ({ actor, id }: Pick<Command, 'actor' | 'id'>): string => `${actor} ${id}`

/** What the wish says, whenever it was said: `at` is left out. */
export const contentHash = (command: Command): string => sha256(contentText(command))

const outcomeOf = (event: LedgerEvent, command: Command): Outcome => ({
  contentHash: contentHash(command),
  revision: event.revision,
  at: parseTime(event.at),
  ...(event.type === 'CommandRejected' ? { rejection: event.data.code } : {}),
})

/** The backstop had its turn and could not take it; a stale price is no answer, so then it is asked again. */
const noteBackstop = (pool: Pool, event: LedgerEvent): Pool => {
  const command = event.metadata.command
  if (event.type !== 'CommandRejected' || command?.type !== 'BidLiquidation') return pool
  if (command.actor !== `keeper:${backstop}` || event.data.code === 'stale-price') return pool
  const account = pool.accounts.get(pool.liquidations.get(command.data.liquidation) ?? '')
  return account?.liquidation?.stage === 'backstop' ? moveStage(pool, command.data.liquidation, 'deleverage') : pool
}

/** A part of a bulk begins where `events` stands without a command: so many entries are done. */
const noteChunk = (pool: Pool, { metadata: { command, events } }: LedgerEvent): Pool =>
  pool.bulk === undefined || events === undefined || command !== undefined
    ? pool
    : { ...pool, bulk: { ...pool.bulk, remaining: pool.bulk.remaining.slice(partSize(pool.parts, pool.bulk.what)) } }

/** What the chain itself knows of an event, beside what the event does: its place, its link, its command's outcome. */
export const note = (pool: Pool, event: LedgerEvent): Pool => {
  const { command } = event.metadata
  // The plan of a loss reads who is bankrupt, which a plain replay has not kept up.
  const started =
    event.type === 'BulkStarted' ? startBulk(judge(pool), event) : noteBackstop(noteChunk(pool, event), event)
  const { events } = event.metadata
  return {
    ...started,
    revision: event.revision,
    groupEnd: events === undefined ? started.groupEnd : event.revision + events - 1,
    head: event.metadata.hash,
    outcomes:
      command === undefined ? started.outcomes : started.outcomes.set(keyOf(command), outcomeOf(event, command)),
  }
}

/** Folds one event: the only way from one state of a pool to the next. Throws `BrokenChain` on anything but the very next event. */
export const evolve = (pool: Pool, event: LedgerEvent): Pool => {
  if (event.revision !== pool.revision + 1)
    throw new BrokenChain(event.revision, `expected revision ${pool.revision + 1}: events are missing or doubled`)
  if (event.metadata.previousHash !== pool.head)
    throw new BrokenChain(event.revision, `it links to ${event.metadata.previousHash}, but the head is ${pool.head}`)
  return note(apply({ ...pool, at: parseTime(event.at) }, event), event)
}

/** Whether the events of the last command have all been read: only then is the state one that was ever decided on. */
export const isWhole = (pool: Pool): boolean => pool.revision === pool.groupEnd

/** A state, and the last event of the history that made it: the chain of hashes admits no other. */
interface Reached {
  readonly event: LedgerEvent
  readonly pool: Pool
}

const decided = new Map<string, Reached>()
const followed = new Map<string, Reached>()

/** The state that a decision of this process came to, for those in it who follow. */
export const remember = (event: LedgerEvent, pool: Pool): void => void decided.set(pool.name, { event, pool })

/**
 * How a reactor follows the ledger: the same fold, with everybody judged whenever a command's events are complete.
 * Where this very event was decided, or followed by another reactor, in this process just before, the work is shared.
 */
export const follow = (pool: Pool, event: LedgerEvent): Pool => {
  const known = [decided, followed].map((reached) => reached.get(pool.name)).find((reached) => reached?.event === event)
  if (known !== undefined && pool.head === event.metadata.previousHash) return known.pool
  const next = evolve(pool, event)
  const judged = isWhole(next) ? judge(next) : next
  followed.set(pool.name, { event, pool: judged })
  return judged
}
