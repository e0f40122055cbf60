import { backoff_ms, type EventStore, Halted, type Scheduler, type StoredEvent } from '@novation/platform'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'

/** What the ledger is told about its own running, for metrics, health and logs. */
export interface AppendReport {
  readonly appended?: (stream: string, events: number, tries: number, took_ms: number) => void
  readonly uncertain?: (stream: string, reason: string) => void
}

/** The store takes less at once than these events weigh: nothing was written, and in one piece nothing ever will be. */
export class TooLargeToAppend extends Error {
  override readonly name = 'TooLargeToAppend'
  constructor(
    readonly limit_bytes: number,
    message: string,
  ) {
    super(message)
  }
}

/** A right does not come back in a moment, nor does a password: who is not let in knocks seldom. */
const forbidden_ms = 5_000

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
 * there, done; anybody else's, somebody else leads, and this ledger must stop (protocol 11). Throws `TooLargeToAppend`
 * where only a part of it would be let in.
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
    if (appended.left.tag === 'too-large')
      throw new TooLargeToAppend(appended.left.limit_bytes, `${stream}: ${appended.left.reason}`)
    report.uncertain?.(stream, appended.left.reason)
    if (signal.aborted)
      throw new Halted('stopped', `told to stop before ${stream} had answered: ${appended.left.reason}`)
    await scheduler.sleep(appended.left.tag === 'forbidden' ? forbidden_ms : backoff_ms(tries), signal)
  }
}
