import { type Command, decodeEvent, genesis, type LedgerEvent, type Millis, streamOf, topics } from '@novation/events'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import type { Bus, Delivery } from '../bus/bus'
import type { DeadReason } from '../bus/dead-letter'
import type { EventStore, RecordedEvent } from '../store/event-store'
import { inTurn } from '../time/in-turn'
import type { Scheduler } from '../time/scheduler'
import { bury, type Progress } from './bury'
import { type Checkpoints, type Followed, noCheckpoints } from './checkpoints'
import { hasOpen, react, reactInSilence, startCrew, unanswered } from './crew'
import { readEventRecord } from './event-record'
import { Halted } from './halt'
import { historyOf } from './history'
import { round_ms, startWaiting, type Waiting } from './overdue'
import type { Fold, Reactor } from './reactor'
import { otherThanStored, sameHistory } from './same-history'
import { sendAsks } from './send-asks'

/** What a service is told about its own running, for metrics, health and logs. */
export interface ReactorReport {
  readonly followed?: (pool: string, event: LedgerEvent) => void
  readonly asked?: (commands: readonly Command[]) => void
  readonly refilled?: (pool: string, from: number, to: number) => void
  readonly deadLettered?: (reason: DeadReason) => void
  /** The pool is caught up with the store as it was when the service began. */
  readonly ready?: (pool: string, revision: number) => void
}

export interface LiveReactors<S> {
  /** The state that all of them read: it is folded once. */
  readonly fold: Fold<S>
  readonly reactors: readonly Reactor<S>[]
  readonly pools: readonly string[]
  /** The consumer group: instances of one group share the pools; shards of one service have a group each (protocol 16). */
  readonly group: string
  readonly store: EventStore
  readonly bus: Bus
  readonly scheduler: Scheduler
  readonly checkpoints?: Checkpoints<S>
  /** Signs what is asked in a state, by the clock. */
  readonly sign?: (state: S, command: Command, now: Millis) => Command
  readonly report?: ReactorReport
}

/** What has been followed and not been asked for yet: by id, what nobody has answered; and in which pools, with what was read of each on the bus. */
interface Pending {
  readonly asks: Map<string, Command>
  readonly pools: Map<string, Delivery[]>
}

const nothingPending = (): Pending => ({ asks: new Map(), pools: new Map() })

/**
 * Runs reactors on the real feed, on one state: folds the store's history first, then follows `novation.events`. A
 * duplicate is passed over, a gap is refilled from the store, another history stops them for good (protocol 15). What they
 * ask because of a batch is sent together, and acknowledged before its events count as followed (protocol 14). What has no
 * outcome for a minute while nothing happens is asked anew. Ends when `signal` is aborted.
 */
export const runReactors = async <S>(live: LiveReactors<S>, signal: AbortSignal): Promise<void> => {
  const { fold, reactors, store, bus, scheduler, checkpoints = noCheckpoints<S>(), report = {} } = live
  const stop = new AbortController()
  const ended = AbortSignal.any([signal, stop.signal])
  const following = new Map<string, Followed<S>>()
  const history = sameHistory(store)
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

  const signed = (command: Command): Command => {
    const known = following.get(command.pool)
    return known === undefined ? command : (live.sign?.(known.crew.state, command, scheduler.now()) ?? command)
  }

  const send = (commands: readonly Command[]): Promise<Progress> =>
    sendAsks(live, commands.map(signed), (sent) => report.asked?.(sent), ended)

  /** The next event of a pool: its place is taken, and what is asked because of it is pending. */
  const follow = ({ crew, hash }: Followed<S>, event: LedgerEvent, pending: Pending): Followed<S> => {
    history.follows(event, hash)
    const asked = react(fold, crew, event)
    report.followed?.(event.pool, event)
    const { command, commandId, actor } = event.metadata
    // Anybody may use an id that a reactor uses too: only its own command is an answer to what it asks.
    if (command !== undefined && pending.asks.get(commandId)?.actor === actor) pending.asks.delete(commandId)
    for (const each of asked) pending.asks.set(each.id, each)
    const followed = { crew, revision: event.revision, hash: event.metadata.hash }
    if (!pending.pools.has(event.pool)) pending.pools.set(event.pool, [])
    following.set(event.pool, followed)
    return followed
  }

  /**
   * Asks what is pending. Where the service was told to stop before all of it was on the bus, the states are ahead of their
   * places, and no checkpoint is made of them.
   */
  const settle = async ({ asks, pools }: Pending): Promise<Progress> => {
    const sent = await send([...asks.values()])
    if (sent === 'stopped') for (const pool of pools.keys()) following.delete(pool)
    return sent
  }

  /** Folds what the store holds beyond what is known, and asks only what nobody has answered by its end. */
  const catchUp = async (pool: string, before: Followed<S>): Promise<Followed<S> | 'stopped'> => {
    const pending = nothingPending()
    let state = before
    for await (const event of historyOf(store, pool, before.revision + 1)) state = follow(state, event, pending)
    if (state.revision > before.revision + 1) report.refilled?.(pool, before.revision + 1, state.revision)
    return (await settle(pending)) === 'done' ? state : 'stopped'
  }

  const begin = async (pool: string): Promise<Progress> => {
    const saved = await checkpoints.load(pool)
    const head = await store.last(streamOf(pool))
    if (saved !== undefined && (head?.revision ?? -1) < saved.revision)
      throw new Halted(
        'fork',
        `the checkpoint of ${pool} is at revision ${saved.revision}, beyond the head of the store: a backup was restored`,
      )
    const state = await catchUp(pool, saved ?? { crew: startCrew(fold, reactors, pool), revision: -1, hash: genesis })
    if (state === 'stopped') return state
    following.set(pool, state)
    report.ready?.(pool, state.revision)
    return 'done'
  }

  /** Takes an event of the feed where it stands next; fills what is missing before it. */
  const takeEvent = async (
    event: LedgerEvent,
    known: Followed<S>,
    pending: Pending,
    delivery: Delivery,
  ): Promise<void> => {
    const { pool, revision } = event
    if (revision <= known.revision) return history.repeats(event, known.revision, known.hash)
    if (revision > known.revision + 1)
      throw new Halted(
        'broken-history',
        `event ${revision} of ${pool} was published, but the store ends at ${known.revision}`,
      )
    if (!history.isConfirmed(pool)) await history.holds(pool, revision, event.metadata.hash)
    void follow(known, event, pending)
    pending.pools.get(pool)?.push(delivery)
  }

  const keepPlaces = async ({ pools }: Pending): Promise<void> => {
    for (const [pool, read] of pools) {
      const followed = following.get(pool)
      if (followed === undefined) continue
      checkpoints.hear?.(
        pool,
        read.map(({ value }) => value.toString('utf8')),
      )
      await checkpoints.save(pool, followed)
    }
  }

  /** Reads as many of a batch as can be read in one go, and asks what is due because of them: how many that were. */
  const takeSome = async (batch: readonly Delivery[]): Promise<number> => {
    const pending = nothingPending()
    const settled = async (count: number): Promise<number> => {
      if ((await settle(pending)) === 'stopped') return 0
      await keepPlaces(pending)
      return count
    }
    for (const [i, delivery] of batch.entries()) {
      const event = readEventRecord(delivery)
      if (event._tag === 'Left') {
        if (i > 0) return settled(i)
        const dead = { record: delivery, reason: { code: 'malformed', text: event.left } }
        return (await bury(live, [dead], ended)) === 'done' ? 1 : 0
      }
      const known = following.get(event.right.pool)
      // Others follow it: its own pools are all there until the service is told to stop, and then nothing is taken.
      if (known === undefined) continue
      if (event.right.revision <= known.revision + 1) {
        await takeEvent(event.right, known, pending, delivery)
        continue
      }
      if (i > 0) return settled(i)
      const filled = await catchUp(event.right.pool, known)
      if (filled === 'stopped') return 0
      await takeEvent(event.right, filled, pending, delivery)
    }
    return settled(batch.length)
  }

  const handle = async (batch: NonEmptyArray<Delivery>): Promise<number> => {
    let done = 0
    await orStop(async () => {
      while (done < batch.length && !ended.aborted) {
        const took = await takeSome(batch.slice(done))
        if (took === 0) return
        done += took
      }
    })
    return done
  }

  /** Nothing has happened since what was read last, and something is due that nobody has asked or answered. */
  const askInSilence = async (pool: string, last: RecordedEvent, overdue: ReadonlySet<string>): Promise<void> => {
    const known = following.get(pool)
    // Where the store is ahead, the outcome may be on its way.
    if (known === undefined || last.revision !== known.revision) return
    const event = decodeEvent(last)
    if (event._tag === 'Left') throw new Halted('broken-history', event.left)
    if (last.hash !== known.hash) throw otherThanStored(pool, last.revision)
    if ((await send(reactInSilence(known.crew, overdue, event.right))) === 'stopped') following.delete(pool)
  }

  const goRound = async (): Promise<void> => {
    for (const [pool, { crew }] of following) {
      const wait = waiting.get(pool) ?? startWaiting()
      waiting.set(pool, wait)
      const overdue = wait.overdue(unanswered(crew), scheduler.now())
      // The store may be away for long, and what is published is followed meanwhile.
      const last = hasOpen(crew, overdue) ? await store.last(streamOf(pool)) : undefined
      if (last !== undefined) await turn(() => orStop(() => askInSilence(pool, last, overdue)))
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
