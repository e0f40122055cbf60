import type { Book, Pool, Sign } from '@novation/clearing'
import { type CheckAll, openAhead, topics } from '@novation/events'
import type { Bus, DeadReason, Delivery, EventStore, Prover, Scheduler, Shelf } from '@novation/platform'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import { takeBatch } from './intake'
import type { OpeningReport } from './opening'
import { keepProving, type ProvingReport } from './proving'
import { type RelayReport, runRelay } from './relay'
import { openTail, type Tail } from './tail'
import { type LedgerWriter, openLedger, type WriterReport } from './writer'

export interface LedgerReport extends WriterReport, RelayReport, OpeningReport, ProvingReport {
  readonly deadLettered?: (reason: DeadReason) => void
  readonly ready?: (pool: Pool) => void
}

/** What a ledger is opened from, and who puts that aside and proves it. */
export interface Snapshots {
  readonly shelf: Shelf
  readonly prover: (pool: string) => Promise<Prover>
}

export interface LedgerService {
  readonly pools: readonly string[]
  readonly store: EventStore
  readonly bus: Bus
  readonly scheduler: Scheduler
  readonly report?: LedgerReport
  /** Without them, history is folded from its first event. */
  readonly snapshots?: Snapshots
  /** A pool before its first event, where it is not as everywhere (smaller parts of bulk work). */
  readonly initial?: (pool: string) => Book
  /** Signs what the ledger itself asks: that time passes. */
  readonly sign?: Sign
  /** Checks signatures while others are decided; on Node's own threads where nothing else is said. */
  readonly check?: CheckAll
}

/**
 * The ledger service: takes commands from the bus, decides and appends them, keeps time, relays history to the bus, and
 * has it proven, for each of its pools. Ends when `signal` is aborted; rejects when one of its parts had to stop for good, and then all do.
 */
export const runLedger = async (
  { pools, store, bus, scheduler, report = {}, snapshots, initial, sign, check }: LedgerService,
  signal: AbortSignal,
): Promise<void> => {
  const stop = new AbortController()
  const ended = AbortSignal.any([signal, stop.signal])
  const tailOf = (pool: string) => openTail(store, pool, scheduler, ended)
  const posts = pools.map((pool) => ({ pool, relayed: tailOf(pool), proven: tailOf(pool) }))
  const writers = new Map<string, LedgerWriter>()
  for (const { pool, relayed, proven } of posts) {
    const committed: WriterReport['committed'] = (state, events, stored) => {
      relayed.handed(stored)
      if (snapshots !== undefined) proven.handed(stored)
      report.committed?.(state, events, stored)
    }
    const reports = { ...report, committed }
    const shelf = snapshots?.shelf
    const ahead = openAhead(check)
    const writer = await openLedger(pool, store, scheduler, ended, reports, initial, shelf, sign, ahead)
    writers.set(pool, writer)
    report.ready?.(writer.pool())
  }

  let failure: { readonly error: unknown } | undefined
  const fail = (error: unknown): void => {
    failure ??= { error }
    stop.abort()
  }
  const intake = { writers, bus, scheduler, report }
  const handle = async (batch: NonEmptyArray<Delivery>): Promise<number> => {
    try {
      return (await takeBatch(intake, batch, ended)) === 'done' ? batch.length : 0
    } catch (error) {
      fail(error)
      return 0
    }
  }
  const prove = async (pool: string, tail: Tail): Promise<void> => {
    if (snapshots === undefined) return
    await keepProving(pool, snapshots.prover(pool), tail, () => writers.get(pool)?.durable() ?? -1, report, ended)
  }
  const parts = [
    bus.subscribe({ topic: topics.commands, group: 'novation-ledger', from: 'beginning' }, handle, ended),
    ...[...writers.values()].map((writer) => writer.keepTime()),
    ...posts.map(({ pool, relayed }) => runRelay({ pool, store, bus, scheduler, report }, relayed, ended)),
    ...posts.map(({ pool, proven }) => prove(pool, proven)),
  ]
  await Promise.all(parts.map((part) => part.catch(fail)))
  if (failure !== undefined) throw failure.error
}
