import type { Book, Pool } from '@novation/clearing'
import { topics } from '@novation/events'
import type { Bus, DeadReason, Delivery, EventStore, Scheduler } from '@novation/platform'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import { takeBatch } from './intake'
import { type RelayReport, runRelay } from './relay'
import { type LedgerWriter, openLedger, type WriterReport } from './writer'

export interface LedgerReport extends WriterReport, RelayReport {
  readonly deadLettered?: (reason: DeadReason) => void
  readonly ready?: (pool: Pool) => void
}

export interface LedgerService {
  readonly pools: readonly string[]
  readonly store: EventStore
  readonly bus: Bus
  readonly scheduler: Scheduler
  readonly report?: LedgerReport
  /** A pool before its first event, where it is not as everywhere (smaller parts of bulk work). */
  readonly initial?: (pool: string) => Book
}

/** Lets one side wait until the other has something, or until a while has passed. */
const bell = (scheduler: Scheduler, signal: AbortSignal) => {
  let ring: () => void = () => undefined
  return {
    ring: () => ring(),
    wait: async (ms: number): Promise<void> => {
      if (signal.aborted) return
      const rung = new AbortController()
      const wake = () => rung.abort()
      ring = wake
      signal.addEventListener('abort', wake, { once: true })
      await scheduler.sleep(ms, rung.signal)
      signal.removeEventListener('abort', wake)
    },
  }
}

/**
 * The ledger service: takes commands from the bus, decides and appends them, keeps time, and relays history to the bus,
 * for each of its pools. Ends when `signal` is aborted; rejects when one of its parts had to stop for good, and then all do.
 */
export const runLedger = async (
  { pools, store, bus, scheduler, report = {}, initial }: LedgerService,
  signal: AbortSignal,
): Promise<void> => {
  const stop = new AbortController()
  const ended = AbortSignal.any([signal, stop.signal])
  const posts = pools.map((pool) => ({ pool, rung: bell(scheduler, ended) }))
  const writers = new Map<string, LedgerWriter>()
  for (const { pool, rung } of posts) {
    const committed: WriterReport['committed'] = (state, events) => {
      rung.ring()
      report.committed?.(state, events)
    }
    const writer = await openLedger(pool, store, scheduler, ended, { ...report, committed }, initial)
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
  const parts = [
    bus.subscribe({ topic: topics.commands, group: 'novation-ledger', from: 'beginning' }, handle, ended),
    ...[...writers.values()].map((writer) => writer.keepTime()),
    ...posts.map(({ pool, rung }) => runRelay({ pool, store, bus, scheduler, report }, rung.wait, ended)),
  ]
  await Promise.all(parts.map((part) => part.catch(fail)))
  if (failure !== undefined) throw failure.error
}
