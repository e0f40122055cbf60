import { type Command, decodeEvent, genesis, type LedgerEvent, streamOf, topics } from '@novation/events'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import type { Bus, Delivery } from '../bus/bus'
import type { DeadReason } from '../bus/dead-letter'
import type { EventStore, RecordedEvent } from '../store/event-store'
import { inTurn } from '../time/in-turn'
import type { Scheduler } from '../time/scheduler'
import { askAnew, react, startAsking, unansweredIn } from './asking'
import { bury, type Progress } from './bury'
import { type Checkpoints, type Followed, noCheckpoints } from './checkpoints'
import { readEventRecord } from './event-record'
import { Halted } from './halt'
import { historyOf } from './history'
import { round_ms, startWaiting, type Waiting } from './overdue'
import type { Reactor } from './reactor'
import { sendAsks } from './send-asks'

/** What a service is told about its own running, for metrics, health and logs. */
export interface ReactorReport {
  readonly followed?: (pool: string, event: LedgerEvent) => void
  readonly asked?: (pool: string, commands: readonly Command[]) => void
  readonly refilled?: (pool: string, from: number, to: number) => void
  readonly deadLettered?: (reason: DeadReason) => void
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

const otherThanStored = (pool: string, revision: number): Halted =>
  new Halted('fork', `event ${revision} of ${pool} is not what the store holds there: a backup was restored`)

/**
 * Runs a reactor on the real feed: folds the store's history first, then follows `novation.events`. A duplicate is
 * passed over, a gap is refilled from the store, another history stops it for good (protocol 15). What it asks is
 * acknowledged before the event counts as followed (protocol 14). What has no outcome for a minute while nothing happens is
 * asked anew. Ends when `signal` is aborted.
 */
export const runReactor = async <S>(live: LiveReactor<S>, signal: AbortSignal): Promise<void> => {
  const { reactor, store, bus, scheduler, checkpoints = noCheckpoints<S>(), report = {} } = live
  const stop = new AbortController()
  const ended = AbortSignal.any([signal, stop.signal])
  const following = new Map<string, Followed<S>>()
  const hashes = new Map<string, Map<number, string>>()
  /** The revision at which what was read was last seen to be what the store holds. */
  const confirmed = new Map<string, number>()
  const waiting = new Map<string, Waiting>()
  const turn = inTurn()
  let failure: { readonly error: unknown } | undefined

  /** Whatever goes wrong for good ends the service, and is said when all else has come to its end. */
  const orStop = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      failure ??= { error }
      stop.abort()
    }
  }

  const send = (pool: string, commands: readonly Command[]): Promise<Progress> =>
    sendAsks(live, commands, (sent) => report.asked?.(pool, sent), ended)

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
    const commands = react(reactor, before.asking, event)
    remember(pool, event)
    report.followed?.(pool, event)
    return { followed: { ...before, revision: event.revision, hash: event.metadata.hash }, commands }
  }

  /**
   * Folds what the store holds beyond what is known; asks only what nobody has answered by its end. Where the service was
   * told to stop before that was asked, it has not been followed.
   */
  const catchUp = async (pool: string, before: Followed<S>): Promise<Followed<S> | 'stopped'> => {
    let state = before
    const unanswered = new Map<string, Command>()
    for await (const event of historyOf(store, pool, before.revision + 1)) {
      const next = step(pool, state, event)
      state = next.followed
      const { command, commandId, actor } = event.metadata
      // Anybody may use an id that this reactor uses too: only its own command is an answer to what it asks.
      if (command !== undefined && actor === reactor.name) unanswered.delete(commandId)
      for (const command of next.commands) unanswered.set(command.id, command)
    }
    if (state.revision > before.revision + 1) report.refilled?.(pool, before.revision + 1, state.revision)
    return (await send(pool, [...unanswered.values()])) === 'done' ? state : 'stopped'
  }

  const begin = async (pool: string): Promise<Followed<S> | 'stopped'> => {
    const saved = await checkpoints.load(pool)
    const fresh = { asking: startAsking(reactor, pool), revision: -1, hash: genesis }
    const head = await store.last(streamOf(pool))
    if (saved !== undefined && (head?.revision ?? -1) < saved.revision)
      throw new Halted(
        'fork',
        `the checkpoint of ${pool} is at revision ${saved.revision}, beyond the head of the store: a backup was restored`,
      )
    const state = await catchUp(pool, saved ?? fresh)
    if (state === 'stopped') return state
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
    throw otherThanStored(pool, revision)
  }

  const checkDuplicate = async (pool: string, { revision, hash }: Followed<S>, event: LedgerEvent): Promise<void> => {
    const known = hashes.get(pool)?.get(event.revision)
    if (known === undefined) return confirm(pool, revision, hash)
    if (known !== event.metadata.hash)
      throw new Halted('fork', `event ${event.revision} of ${pool} has another hash than when it was first read`)
  }

  /** What was followed has not all been asked: the state is ahead of its place, and no checkpoint is made of it. */
  const leave = (pool: string): void => void following.delete(pool)

  const refill = async (pool: string, before: Followed<S>): Promise<Followed<S> | 'stopped'> => {
    const state = await catchUp(pool, before)
    if (state === 'stopped') leave(pool)
    else following.set(pool, state)
    return state
  }

  /** An event is done with when what it asks is on the bus, and then its place is taken. */
  const followOne = async (event: LedgerEvent): Promise<Progress> => {
    const { pool } = event
    const known = following.get(pool)
    // Others follow it: of its own pools none is left but where the service was told to stop, and then nothing is taken.
    if (known === undefined) return 'done'
    const state = event.revision > known.revision + 1 ? await refill(pool, known) : known
    if (state === 'stopped') return state
    if (event.revision <= state.revision) {
      await checkDuplicate(pool, state, event)
      return 'done'
    }
    if (event.revision > state.revision + 1)
      throw new Halted(
        'broken-history',
        `event ${event.revision} of ${pool} was published, but the store ends at ${state.revision}`,
      )
    if (!confirmed.has(pool)) await confirm(pool, event.revision, event.metadata.hash)
    const next = step(pool, state, event)
    const sent = await send(pool, next.commands)
    if (sent === 'stopped') {
      leave(pool)
      return sent
    }
    following.set(pool, next.followed)
    await checkpoints.save(pool, next.followed)
    return 'done'
  }

  const take = async (delivery: Delivery): Promise<Progress> => {
    const event = readEventRecord(delivery)
    if (event._tag === 'Left')
      return bury(live, [{ record: delivery, reason: { code: 'malformed', text: event.left } }], ended)
    return followOne(event.right)
  }

  const handle = async (batch: NonEmptyArray<Delivery>): Promise<number> => {
    let done = 0
    await orStop(async () => {
      for (const delivery of batch) {
        if (ended.aborted || (await take(delivery)) === 'stopped') return
        done += 1
      }
    })
    return done
  }

  /** Nothing has happened since what was read last, and some of what was asked by then has no outcome: it is asked anew. */
  const askAgain = async (pool: string, last: RecordedEvent, overdue: ReadonlySet<string>): Promise<void> => {
    const known = following.get(pool)
    // Where the store is ahead, the outcome may be on its way.
    if (known === undefined || last.revision !== known.revision) return
    const event = decodeEvent(last)
    if (event._tag === 'Left') throw new Halted('broken-history', event.left)
    if (last.hash !== known.hash) throw otherThanStored(pool, last.revision)
    if ((await send(pool, askAnew(reactor, known.asking, overdue, event.right))) === 'stopped') leave(pool)
  }

  const goRound = async (): Promise<void> => {
    for (const [pool, { asking }] of following) {
      const wait = waiting.get(pool) ?? startWaiting()
      waiting.set(pool, wait)
      const overdue = wait.overdue(unansweredIn(asking), scheduler.now())
      // The store may be away for long, and what is published is followed meanwhile.
      const last = overdue.size === 0 ? undefined : await store.last(streamOf(pool))
      if (last !== undefined) await turn(() => orStop(() => askAgain(pool, last, overdue)))
    }
  }

  const goRounds = async (): Promise<void> => {
    for (;;) {
      await scheduler.sleep(round_ms, ended)
      if (ended.aborted) return
      await orStop(goRound)
    }
  }

  for (const pool of live.pools) if ((await begin(pool)) === 'stopped') break
  const rounds = goRounds()
  try {
    const subscription = { topic: topics.events, group: live.group, from: 'beginning' } as const
    await bus.subscribe(subscription, (batch) => turn(() => handle(batch)), ended)
  } finally {
    stop.abort()
    await rounds
  }
  if (failure !== undefined) throw failure.error
  for (const [pool, state] of following) await checkpoints.flush(pool, state)
}
