import { backoff_ms, type EventStore, Halted, type Scheduler, type StoredEvent } from '@novation/platform'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'

/** What the ledger is told about its own running, for metrics, health and logs. */
export interface AppendReport {
  readonly appended?: (stream: string, events: number, tries: number, took_ms: number) => void
  readonly uncertain?: (stream: string, reason: string) => void
}

/** Whether the very events we meant to write stand where we meant to write them. */
const areOurs = async (store: EventStore, stream: string, events: NonEmptyArray<StoredEvent>): Promise<boolean> => {
  let next = 0
  for await (const recorded of store.read(stream, events[0].revision)) {
    if (recorded.id !== events[next]?.id) return false
    next += 1
    if (next === events.length) return true
  }
  return false
}

/**
 * Appends until the outcome is known. Unknown: the same ids at the same expected revision again. Conflict: our own events
 * there, done; anybody else's, somebody else leads, and this ledger must stop (protocol 11).
 */
export const appendSurely = async (
  store: EventStore,
  scheduler: Scheduler,
  stream: string,
  events: NonEmptyArray<StoredEvent>,
  signal: AbortSignal,
  report: AppendReport = {},
): Promise<void> => {
  const began = scheduler.now()
  const expected = events[0].revision - 1
  for (let tries = 0; ; tries += 1) {
    const appended = await store.append(stream, events, expected)()
    if (appended._tag === 'Right') return report.appended?.(stream, events.length, tries + 1, scheduler.now() - began)
    if (appended.left.tag === 'conflict') {
      if (await areOurs(store, stream, events))
        return report.appended?.(stream, events.length, tries + 1, scheduler.now() - began)
      throw new Halted(
        'fenced',
        `${stream} stands at ${appended.left.actual}, not at ${expected}: another ledger writes it, and this one stops`,
      )
    }
    report.uncertain?.(stream, appended.left.reason)
    if (signal.aborted)
      throw new Halted('stopped', `told to stop before ${stream} had answered: ${appended.left.reason}`)
    await scheduler.sleep(backoff_ms(tries), signal)
  }
}
