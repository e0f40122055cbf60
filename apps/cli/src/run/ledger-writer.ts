import { encodeEvent, type LedgerEvent, type Stored, streamOf } from '@novation/events'
import { appendSurely } from '@novation/ledger'
import type { EventStore, Scheduler } from '@novation/platform'

/** Where a run's events become durable: whole settlings, many to an append (protocol 9). */
export interface LedgerWriter {
  /** Takes the events of a whole settling; appends once there are enough. */
  readonly add: (events: readonly LedgerEvent[]) => Promise<void>
  /** Appends what is left. */
  readonly flush: () => Promise<void>
}

/** So many events make an append: past this, syncing the file costs little beside writing it. */
const groupSize = 1_000

/** An append whose outcome stays unknown so often is given up: the store is not there. */
const patience_tries = 8

export const ledgerWriter = (
  store: EventStore,
  scheduler: Scheduler,
  pool: string,
  durable: (events: readonly LedgerEvent[]) => Promise<void>,
): LedgerWriter => {
  let waiting: LedgerEvent[] = []

  const flush = async (): Promise<void> => {
    const events = waiting
    waiting = []
    const [first, ...rest]: readonly Stored[] = events.map(encodeEvent)
    if (first === undefined) return
    const patience = new AbortController()
    let tries = 0
    const uncertain = (): void => {
      tries += 1
      if (tries >= patience_tries) patience.abort()
    }
    await appendSurely(store, scheduler, streamOf(pool), [first, ...rest], patience.signal, { uncertain })
    await durable(events)
  }

  return {
    add: async (events) => {
      waiting.push(...events)
      if (waiting.length >= groupSize) await flush()
    },
    flush,
  }
}
