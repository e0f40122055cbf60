import { type Command, genesis, type LedgerEvent, streamOf, topics } from '@novation/events'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import type { Bus, Delivery, Message } from '../bus/bus'
import { deadLetter } from '../bus/dead-letter'
import type { EventStore } from '../store/event-store'
import type { Scheduler } from '../time/scheduler'
import { react, startAsking } from './asking'
import { type Checkpoints, type Followed, noCheckpoints } from './checkpoints'
import { readEventRecord } from './event-record'
import { Halted } from './halt'
import { historyOf } from './history'
import { publishSurely } from './publish-surely'
import type { Reactor } from './reactor'

/** What a service is told about its own running, for metrics, health and logs. */
export interface ReactorReport {
  readonly followed?: (pool: string, event: LedgerEvent) => void
  readonly asked?: (pool: string, commands: readonly Command[]) => void
  readonly refilled?: (pool: string, from: number, to: number) => void
  readonly deadLettered?: (reason: string) => void
  /** The pool is caught up with the store as it was when the service began. */
  readonly ready?: (pool: string, revision: number) => void
}

export interface LiveReactor<S> {
  readonly reactor: Reactor<S>
  readonly pools: readonly string[]
  /** The consumer group: instances of one group share the pools; shards of one service have a group each (protocol 16). */
  readonly group: string
  readonly store: EventStore
  readonly bus: Bus
  readonly scheduler: Scheduler
  readonly checkpoints?: Checkpoints<S>
  readonly report?: ReactorReport
}

/** How many hashes of events already followed are kept to tell a duplicate from a fork. */
const remembered = 1_024

const commandMessage = (command: Command): Message => ({
  key: command.pool,
  value: JSON.stringify(command),
  headers: { 'content-type': 'application/json' },
})

/**
 * Runs a reactor on the real feed: folds the store's history first, then follows `novation.events`. A duplicate is
 * passed over, a gap is refilled from the store, another history stops it for good (protocol 15). What it asks is
 * acknowledged before the event counts as followed (protocol 14). Ends when `signal` is aborted.
 */
export const runReactor = async <S>(live: LiveReactor<S>, signal: AbortSignal): Promise<void> => {
  const { reactor, store, bus, scheduler, checkpoints = noCheckpoints<S>(), report = {} } = live
  const stop = new AbortController()
  const ended = AbortSignal.any([signal, stop.signal])
  const following = new Map<string, Followed<S>>()
  const hashes = new Map<string, Map<number, string>>()
  /** The revision at which what was read was last seen to be what the store holds. */
  const confirmed = new Map<string, number>()
  let failure: unknown

  /** Whether all of it is on the bus for certain: not where the service was told to stop before it heard so. */
  const send = async (pool: string, commands: readonly Command[]): Promise<boolean> => {
    const [first, ...rest] = commands.map(commandMessage)
    if (first === undefined) return true
    await publishSurely(bus, scheduler, topics.commands, [first, ...rest], ended)
    if (ended.aborted) return false
    report.asked?.(pool, commands)
    return true
  }

  const remember = (pool: string, event: LedgerEvent): void => {
    const known = hashes.get(pool) ?? new Map<number, string>()
    known.set(event.revision, event.metadata.hash)
    known.delete(event.revision - remembered)
    hashes.set(pool, known)
  }

  const step = (pool: string, before: Followed<S>, event: LedgerEvent) => {
    if (event.metadata.previousHash !== before.hash)
      throw new Halted(
        'fork',
        `event ${event.revision} of ${pool} does not follow what was read before: a backup was restored, or history altered`,
      )
    const { asking, commands } = react(reactor, before.asking, event)
    remember(pool, event)
    report.followed?.(pool, event)
    return { followed: { asking, revision: event.revision, hash: event.metadata.hash }, commands }
  }

  /**
   * Folds what the store holds beyond what is known; asks only what nobody has answered by its end. Nothing where the
   * service was told to stop before that was asked: then it has not been followed.
   */
  const catchUp = async (pool: string, before: Followed<S>): Promise<Followed<S> | undefined> => {
    let state = before
    const unanswered = new Map<string, Command>()
    for await (const event of historyOf(store, pool, before.revision + 1)) {
      const next = step(pool, state, event)
      state = next.followed
      if (event.metadata.command !== undefined) unanswered.delete(event.metadata.commandId)
      for (const command of next.commands) unanswered.set(command.id, command)
    }
    if (state.revision > before.revision + 1) report.refilled?.(pool, before.revision + 1, state.revision)
    return (await send(pool, [...unanswered.values()])) ? state : undefined
  }

  const begin = async (pool: string): Promise<Followed<S> | undefined> => {
    const saved = await checkpoints.load(pool)
    const fresh = { asking: startAsking(reactor, pool), revision: -1, hash: genesis }
    const head = await store.last(streamOf(pool))
    if (saved !== undefined && (head?.revision ?? -1) < saved.revision)
      throw new Halted(
        'fork',
        `the checkpoint of ${pool} is at revision ${saved.revision}, beyond the head of the store: a backup was restored`,
      )
    const state = await catchUp(pool, saved ?? fresh)
    if (state === undefined) return undefined
    following.set(pool, state)
    report.ready?.(pool, state.revision)
    return state
  }

  /** Whether the store holds this very event: what is only on the bus may be of a history that a restored backup cut off. */
  const confirm = async (pool: string, revision: number, hash: string): Promise<void> => {
    if (confirmed.get(pool) === revision) return
    for await (const event of historyOf(store, pool, revision)) {
      if (event.metadata.hash !== hash) break
      confirmed.set(pool, revision)
      return
    }
    throw new Halted('fork', `event ${revision} of ${pool} is not what the store holds there: a backup was restored`)
  }

  const checkDuplicate = async (pool: string, { revision, hash }: Followed<S>, event: LedgerEvent): Promise<void> => {
    const known = hashes.get(pool)?.get(event.revision)
    if (known === undefined) return confirm(pool, revision, hash)
    if (known !== event.metadata.hash)
      throw new Halted('fork', `event ${event.revision} of ${pool} has another hash than when it was first read`)
  }

  const refill = async (pool: string, before: Followed<S>): Promise<Followed<S> | undefined> => {
    const state = await catchUp(pool, before)
    if (state !== undefined) following.set(pool, state)
    return state
  }

  /** Whether the event is done with: what it asks is on the bus, and then its place is taken. */
  const followOne = async (event: LedgerEvent): Promise<boolean> => {
    const { pool } = event
    const known = following.get(pool) ?? (await begin(pool))
    const state = known !== undefined && event.revision > known.revision + 1 ? await refill(pool, known) : known
    if (state === undefined) return false
    if (event.revision <= state.revision) {
      await checkDuplicate(pool, state, event)
      return true
    }
    if (event.revision > state.revision + 1)
      throw new Halted(
        'broken-history',
        `event ${event.revision} of ${pool} was published, but the store ends at ${state.revision}`,
      )
    if (!confirmed.has(pool)) await confirm(pool, event.revision, event.metadata.hash)
    const next = step(pool, state, event)
    if (!(await send(pool, next.commands))) return false
    following.set(pool, next.followed)
    await checkpoints.save(pool, next.followed)
    return true
  }

  const bury = async (delivery: Delivery, text: string): Promise<boolean> => {
    const buried = deadLetter(delivery, { code: 'malformed', text })
    await publishSurely(bus, scheduler, topics.deadLetters, [buried], ended)
    if (ended.aborted) return false
    report.deadLettered?.('malformed')
    return true
  }

  const handle = async (batch: NonEmptyArray<Delivery>): Promise<number> => {
    let done = 0
    try {
      for (const delivery of batch) {
        if (ended.aborted) return done
        const event = readEventRecord(delivery)
        const isDone =
          event._tag === 'Left'
            ? await bury(delivery, event.left)
            : !live.pools.includes(event.right.pool) || (await followOne(event.right))
        if (!isDone) return done
        done += 1
      }
    } catch (error) {
      failure = error
      stop.abort()
    }
    return done
  }

  for (const pool of live.pools) await begin(pool)
  await bus.subscribe({ topic: topics.events, group: live.group, from: 'beginning' }, handle, ended)
  if (failure !== undefined) throw failure
  for (const [pool, state] of following) await checkpoints.flush(pool, state)
}
